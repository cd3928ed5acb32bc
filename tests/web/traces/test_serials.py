"""Guns are found by a serial number that was read wrongly, or only in part."""

from __future__ import annotations

import pytest
from django.urls import reverse

from headstamp.web.traces.serials import search

pytestmark = pytest.mark.django_db


def found(user, text):
    """Serial number and agreement of each gun that a text finds."""
    return [(one.firearm.serial, one.how) for one in search(user, text).matches]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("BQ150", [("BQ150", "same")]),
        ("b q-150", [("BQ150", "same")]),
        ("8Q15O", [("BQ150", "look-alike")]),
        ("BQ1?0", [("BQ150", "in part")]),
        ("?Q1S0", [("BQ150", "in part")]),
        ("BQ151", []),
        ("BQ15", []),
        ("BQ1500", []),
    ],
)
def test_a_number_finds_what_it_may_be(typed, expected, records):
    records.firearm(serial="BQ150")
    assert found(records.person("analyst"), typed) == expected


def test_a_partial_number_on_file_is_found_by_the_whole_one(records):
    records.firearm(serial="BQ1?0", serial_status="partial")
    assert found(records.person("analyst"), "BQ150") == [("BQ1?0", "in part")]
    assert found(records.person("analyst"), "BQ151") == []


def test_a_long_number_with_many_look_alikes_is_found_too(records):
    serial = "O0I1B8S5Z2G6O0I1B8S5"
    records.firearm(serial=serial)
    analyst = records.person("analyst")
    assert found(analyst, serial) == [(serial, "same")]
    assert found(analyst, "00118855226600118855") == [(serial, "look-alike")]


@pytest.mark.parametrize("text", ["NONE", "UNKNOWN", "OBLITERATED", "??????", "A?", "X" * 60])
def test_what_is_no_number_finds_nothing_and_says_so(text, records, signed_in):
    records.firearm(serial="", serial_status="obliterated")
    analyst = records.person("analyst")
    assert search(analyst, text).fault
    page = signed_in(analyst).get(reverse("traces:serials"), {"q": text})
    assert "Nothing was looked for" in page.text


def test_out_of_reach_is_not_found(records):
    records.firearm("OTHER", serial="BQ150")
    assert found(records.person("analyst"), "BQ150") == []


def test_the_page_of_a_gun_shows_the_same_number_and_what_looks_like_it(records, signed_in):
    own = records.firearm(maker="Glock", serial="BQ150")
    same = records.firearm(maker="GLOCK", serial="bq-150")
    alike = records.firearm(maker="Glock", serial="8Q150")
    page = signed_in(records.person("analyst")).get(reverse("traces:gun", args=[own.exhibit_id]))
    first, _, second = page.text.partition("Numbers that look like it")
    assert same.exhibit.number in first
    assert alike.exhibit.number in second
    assert alike.exhibit.number not in first


def test_an_exhibit_that_is_no_described_firearm_has_no_such_page(records, signed_in):
    client = signed_in(records.person("analyst"))
    case = records.exhibit()
    assert client.get(reverse("traces:gun", args=[case.pk])).status_code == 404


def test_what_the_guns_own_trace_found_is_no_other_gun(records, signed_in):
    request = records.trace(upto="submitted")
    gun = request.exhibit.firearm
    records.trace_table(
        f"{request.number},2026-05-04,{gun.maker},{gun.serial}",
        f"OTHER-1,2026-05-04,{gun.maker},{gun.serial}",
        header="trace_id,recovery_date,maker,serial",
        run=True,
    )
    page = signed_in(records.person("analyst")).get(reverse("traces:gun", args=[gun.exhibit_id]))
    elsewhere = page.text.partition("The same serial number elsewhere")[2]
    assert "Trace OTHER-1" in elsewhere
    assert f"Trace {request.number}" not in elsewhere
