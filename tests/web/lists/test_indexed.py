"""Questions put so that an index answers them: the answers are those of the plain question."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q

from headstamp.web.accounts.models import Agency
from headstamp.web.evidence.models import Exhibit
from headstamp.web.evidence.queries import search_exhibits
from headstamp.web.lists import indexed

pytestmark = pytest.mark.django_db

CODES = ("AB", "ABC", "ab", "A_C", "A%C", "B", "a\\b", "ÄB", "AB\U0001f52b")


@pytest.fixture
def agencies(db):
    for code in CODES:
        Agency.objects.create(code=code, name=f"Agency {code}")


@pytest.mark.usefixtures("agencies")
@pytest.mark.parametrize(
    "text", ["A", "AB", "ab", "A_", "A%", "a\\", "Ä", "ABCD", "B", "AB\U0001f52b"]
)
def test_a_beginning_is_taken_letter_by_letter(text):
    found = Agency.objects.filter(code__begins=text).values_list("code", flat=True)
    assert sorted(found) == sorted(code for code in CODES if code.startswith(text))


@pytest.mark.usefixtures("agencies")
def test_a_beginning_is_looked_up_in_the_index():
    explained = Agency.objects.filter(code__begins="A").explain()
    if connection.vendor == "sqlite":
        assert "USING INDEX" in explained
        assert "SCAN" not in explained


@pytest.mark.usefixtures("agencies")
@pytest.mark.parametrize("many", [0, 1, 5000])
@pytest.mark.parametrize("values", [[], ["AB"], ["AB", "B"], ["AB", "none"]])
def test_one_of_some_values_is_found_whether_there_are_few_or_many(values, many, monkeypatch):
    monkeypatch.setattr(indexed, "MANY", many)
    found = Agency.objects.filter(indexed.one_of(Agency, "code", values))
    assert {one.code for one in found} == set(values) & set(CODES)


@pytest.mark.usefixtures("agencies")
@pytest.mark.parametrize(("few", "many", "common"), [(2, 9, 9), (1, 9, 9), (1, 1, 9), (1, 1, 1)])
def test_rows_are_found_by_keys_whether_there_are_few_or_many(few, many, common, monkeypatch):
    for name, value in (("FEW", few), ("MANY", many), ("COMMON", common)):
        monkeypatch.setattr(indexed, name, value)
    asked = []

    def ask(path):
        asked.append(path)
        return Q(code__in=["AB", "B"])

    keys = Agency.objects.filter(code__in=["AB", "B"]).values_list("pk", flat=True)
    found = Agency.objects.filter(indexed.Keys(keys, ask).at("pk"))
    assert {one.code for one in found} == {"AB", "B"}
    assert bool(asked) == (common == 1)
    assert not Agency.objects.filter(indexed.Keys(keys.none(), ask).at("pk"))


@pytest.mark.usefixtures("agencies")
def test_rows_with_known_keys_are_still_asked_what_the_list_asks():
    keys = {one.code: one.pk for one in Agency.objects.all()}
    rows = Agency.objects.filter(code__begins="A").exclude(code="ABC").order_by("-code")
    found = indexed.with_keys(rows, [keys["AB"], keys["ABC"], keys["B"], keys["A_C"]])
    assert [one.code for one in found] == ["A_C", "AB"]
    assert not indexed.with_keys(rows.none(), list(keys.values()))
    assert len(indexed.with_keys(Agency.objects.all(), list(keys.values()))) == len(CODES)
    assert rows.count() == 4


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL knows how many rows fit")
def test_rows_with_known_keys_are_found_by_these_alone():
    rows = Exhibit.objects.filter(kind="magazine")
    assert "exhibit_by_kind" in rows.explain()
    explained = indexed.with_keys(rows, [uuid4() for _ in range(50)]).explain()
    assert "sqlite_autoindex_evidence_exhibit" in explained
    assert "exhibit_by_kind" not in explained


def test_the_different_values_of_a_column_are_given_once(records):
    assert indexed.different_values(Exhibit, "calibre") == []
    for calibre in ("9 mm Luger", "", ".40 S&W", "9 mm Luger"):
        records.exhibit(calibre=calibre)
    assert sorted(indexed.different_values(Exhibit, "calibre")) == ["", ".40 S&W", "9 mm Luger"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 mm", {"9 mm Luger", "9 MM ÉTOILE"}),
        ("luger", {"9 mm Luger"}),
        ("étoile", {"9 MM ÉTOILE"}),
        (".4", {".40 S&W", ".45 Auto"}),
        ("m_", set()),
        ("gauge", set()),
    ],
)
@pytest.mark.parametrize("many", [0, 5000])
def test_a_calibre_is_found_by_any_part_of_it(text, expected, many, records, monkeypatch):
    monkeypatch.setattr(indexed, "MANY", many)
    for calibre in ("9 mm Luger", "9 MM ÉTOILE", ".40 S&W", ".45 Auto", ""):
        records.exhibit(calibre=calibre)
    found = search_exhibits(records.person("analyst"), calibre=text)
    assert {one.calibre for one in found} == expected
