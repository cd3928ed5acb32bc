"""How two records of dealers, and two of persons, agree field by field."""

from __future__ import annotations

import pytest
from tests.unit.linkage.levels import levels

from headstamp.errors import LinkageError
from headstamp.linkage.persons import PLAN, prepare
from headstamp.linkage.records import PersonRecord, columns


@pytest.mark.parametrize(
    ("field", "one", "other", "level"),
    [
        ("licence", {"licence": "3-36-100-01-9K-00123"}, {"licence": "336100011A00123"},
         "the same"),
        ("licence", {"licence": "336100019K00123"}, {"licence": "336100019K00132"},
         "one slip apart"),
        ("licence", {"licence": "336100019K00123"}, {"licence": "336100019K99999"}, "another"),
        ("licence", {"licence": ""}, {"licence": "336100019K00123"}, "not known"),
        ("name", {"name": "Alder Arms, LLC"}, {"name": "ALDER ARMS INC."}, "the same"),
        ("name", {"name": "Alder Arms"}, {"name": "Alder Amrs"}, "spelt alike"),
        ("name", {"name": "Alder Arms"}, {"name": "Birch Pawn"}, "another"),
        ("place", {"city": "Calder", "state": "IN"}, {"city": "CALDER", "state": "Indiana"},
         "the same city"),
        ("place", {"city": "Calder", "state": "IN"}, {"city": "Clader", "state": "IN"},
         "a city spelt alike, in the state"),
        ("place", {"city": "Calder", "county": "Lake County", "state": "IN"},
         {"city": "Ashby", "county": "Lake", "state": "IN"}, "the same county"),
        ("place", {"city": "Calder", "state": "IN"}, {"city": "Ashby", "state": "IN"},
         "the same state"),
        ("place", {"city": "Calder", "state": "IN"}, {"city": "Calder", "state": "IL"},
         "another state"),
        ("place", {"city": "Calder"}, {"city": "Calder", "state": "IL"}, "not known"),
    ],
)  # fmt: skip
def test_two_dealers_agree_as_far_as(field, one, other, level) -> None:
    assert levels("dealer", one, other)[field] == level
    assert levels("dealer", other, one)[field] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("Ana María", "O'Neil"), ("ANA MARIA", "ONEIL"), "the same"),
        (("Uma", "Brackmere"), ("Brackmere", "Uma"), "given and family name swapped"),
        (("Quentin", "Brackmere"), ("Quentni", "Brackmree"), "both spelt alike"),
        (("Uma", "Brackmere"), ("U", "Brackmere"), "the same family name and first letter"),
        (("Uma", "Brackmere"), ("Zane", "Brackmere"), "the same family name"),
        (("Uma", "Brackmere"), ("Uma", "Tallowgate"), "the same given name"),
        (("Uma", "Brackmere"), ("Zane", "Tallowgate"), "another name"),
        (("", "Brackmere"), ("Zane", "Brackmere"), "not known"),
    ],
)
def test_two_names_agree_as_far_as(one, other, level) -> None:
    first, second = (dict(zip(("given", "family"), name, strict=True)) for name in (one, other))
    assert levels("person", first, second)["name"] == level
    assert levels("person", second, first)["name"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1990-05-07", "1990-05-07", "the same day"),
        ("1990-05-07", "1990-07-05", "day and month swapped"),
        ("1990-05-17", "1990-05-71", "one slip apart"),
        ("1990-05-17", "1991-05-17", "one slip apart"),
        ("1990-05-17", "1990-05", "agrees as far as both know"),
        ("1990", "1990-05", "agrees as far as both know"),
        ("1990", "1990", "agrees as far as both know"),
        ("1990-05-17", "1990-06", "another date in the same year"),
        ("1990-05-17", "1990-11-28", "another date in the same year"),
        ("1990-05-17", "1975-11-28", "another year"),
        ("1990-05-17", "", "not known"),
    ],
)
def test_two_dates_of_birth_agree_as_far_as(one, other, level) -> None:
    assert levels("person", {"born": one}, {"born": other})["born"] == level
    assert levels("person", {"born": other}, {"born": one})["born"] == level


@pytest.mark.parametrize("born", ["17 May 1990", "1990/05/17", "90-05-17", "1990-5-7"])
def test_a_date_that_is_written_otherwise_is_refused_by_name(born) -> None:
    with pytest.raises(LinkageError, match="courts:7"):
        prepare(PersonRecord("courts", "7", "Uma", "Brackmere", born))


def test_persons_are_compared_by_name_birth_and_place_and_nothing_else() -> None:
    assert columns("person") == ("source", "id", "given", "family", "born", "place")
    assert [comparison.field for comparison in PLAN.comparisons] == ["name", "born", "place"]
