"""Areas and their codes."""

from __future__ import annotations

import pytest

from headstamp.incidents.areas import NO_AREAS, NOT_STATED, Area, Areas, area_code

AREAS = Areas(
    (Area("1", "Saltworks", 900), Area("25", "O'Hare"), Area("26", "Twin"), Area("27", "twin"))
)


@pytest.mark.parametrize(
    ("written", "code"),
    [("001", "1"), (1, "1"), (25.0, "25"), ("25.0", "25"), (" 7a ", "7A"), ("0", ""), ("10", "10")],
)
def test_a_code_is_as_rows_hold_it(written, code):
    assert area_code(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("001", "1"),
        ("SALTWORKS", "1"),
        ("salt works", "1"),
        ("OHARE", "25"),
        ("Elsewhere", "Elsewhere"),
    ],
)
def test_an_area_is_known_by_its_code_or_its_name(written, code):
    assert AREAS.code_of(written) == code


def test_a_name_that_two_areas_have_tells_neither():
    assert AREAS.code_of("Twin") == "Twin"


def test_a_list_is_of_these_areas_when_most_of_its_areas_have_a_boundary():
    assert AREAS.are_those_of(["1", "25", "Elsewhere", NOT_STATED])
    assert not AREAS.are_those_of(["1", "Elsewhere", "Nowhere"])
    assert not NO_AREAS.are_those_of(["1"])


def test_areas_that_a_list_never_names_are_listed():
    assert AREAS.lacking(["1", "26", "Elsewhere"]) == ["25", "27"]
