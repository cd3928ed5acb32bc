"""What is missing, contradictory or doubtful in a request for a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from headstamp.formats.trace_tables.makers import maker_of, makers
from headstamp.formats.trace_tables.reference_tables import names
from headstamp.reports.trace_request_file import COLUMNS, request_csv
from headstamp.tracing.requests import RequestedTrace, check_request

TODAY = date(2026, 6, 1)
WHOLE = RequestedTrace(
    number="T-1",
    crime_code="0999",
    ori="IL0160000",
    officer="Sam Rowe",
    type="pistol",
    calibre="9 mm",
    serial="304-51234",
    maker="Ruger",
    model="P89",
    recovered=date(2026, 5, 4),
    recovery_city="Port Verity",
    recovery_state="IL",
)
GLOCK = {"maker": "Glock GmbH", "serial": "ABC123", "country": "Austria", "importer": "Glock Inc"}


def found(**changes):
    """Field and kind of each fault of a request that is whole but for some changes."""
    return {
        (one.field, one.kind) for one in check_request(replace(WHOLE, **changes), TODAY, maker_of)
    }


def test_nothing_is_wrong_with_a_whole_request():
    assert found() == set()
    assert found(**GLOCK) == set()


@pytest.mark.parametrize(
    "field",
    ["crime_code", "ori", "officer", "type", "calibre", "maker", "recovery_city", "recovery_state"],
)
def test_what_the_form_asks_for_is_missed(field):
    assert (field, "missing") in found(**{field: ""})
    assert (field, "missing") in found(**{field: "  "})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recovered": None}, ("recovered", "missing")),
        ({"recovered": date(2026, 6, 2)}, ("recovered", "contradiction")),
        ({"recovered": date(1899, 12, 31)}, ("recovered", "contradiction")),
        ({"serial": ""}, ("serial", "missing")),
        ({"serial": "UNKNOWN"}, ("serial", "missing")),
        ({"serial": "A" * 41}, ("serial", "contradiction")),
        ({"serial": "ABCDEF"}, ("serial", "contradiction")),
        ({"serial": "30?51234"}, ("serial", "doubt")),
        ({"serial": "P89"}, ("serial", "doubt")),
        ({"serial": "12"}, ("serial", "doubt")),
        ({"serial": "OBLITERATED"}, ("markings", "doubt")),
        ({"priority": "urgent"}, ("justification", "missing")),
        ({"ori": "IL01"}, ("ori", "contradiction")),
        ({"ori": "110160000"}, ("ori", "contradiction")),
        ({"crime_code": "09A9"}, ("crime_code", "contradiction")),
        ({"recovery_state": "XQ"}, ("recovery_state", "contradiction")),
        ({"maker": "Llama", "serial": "123456"}, ("importer", "missing")),
        ({"maker": "Somebody", "country": "Turkey"}, ("importer", "missing")),
        ({**GLOCK, "importer": ""}, ("importer", "missing")),
        ({**GLOCK, "importer": "", "country": ""}, ("importer", "doubt")),
        ({**GLOCK, "importer": "GLOCK gmbh"}, ("importer", "doubt")),
        ({**GLOCK, "country": "Germany"}, ("country", "doubt")),
        ({**GLOCK, "serial": "12345678"}, ("serial", "doubt")),
        ({"country": "Brazil", "importer": "Somebody"}, ("country", "doubt")),
        ({"calibre": "12 gauge"}, ("calibre", "doubt")),
        ({"calibre": "12GA"}, ("calibre", "doubt")),
        ({"calibre": "20 ga."}, ("calibre", "doubt")),
        ({"calibre": ".410"}, ("calibre", "doubt")),
        ({"type": "shotgun"}, ("calibre", "doubt")),
        ({"type": "shotgun", "calibre": ".22 Gallery"}, ("calibre", "doubt")),
        ({"recovery_state": "CAN"}, ("recovery_state", "contradiction")),
        ({"ori": "il0160000"}, ("ori", "contradiction")),
        ({"possessor": True}, ("possessor", "doubt")),
    ],
)
def test_what_is_wrong_is_found(changes, expected):
    assert expected in found(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"recovered": TODAY},
        {"recovered": date(1900, 1, 1)},
        {"serial": "NONE"},
        {"serial": "OBLITERATED", "markings": "Crown on the slide"},
        {"priority": "urgent", "justification": "Homicide of an officer"},
        {"recovery_state": "Illinois"},
        {**GLOCK, "importer": "", "country": "USA"},
        {"country": "U.S.A."},
        {"type": "shotgun", "calibre": "12 gauge", "maker": "Mossberg", "serial": "MV0123456"},
        {"type": "shotgun", "calibre": ".410", "maker": "Mossberg", "serial": "MV0123456"},
        {"type": "shotgun", "calibre": "12ga", "maker": "Mossberg", "serial": "MV0123456"},
        {
            "type": "revolver",
            "calibre": ".410",
            "maker": "Taurus",
            "serial": "AB123456",
            "country": "Brazil",
            "importer": "Taurus International",
        },
        {"possessor": True, "possessor_complete": True},
        {"maker": "A maker that nobody knows", "serial": "X1"},
    ],
)
def test_what_may_be_right_is_let_be(changes):
    assert found(**changes) == set()


def test_what_keeps_a_request_from_being_sent_is_said_first():
    faults = check_request(replace(WHOLE, serial="P89", ori=""), TODAY, maker_of)
    assert [one.kind for one in faults] == ["missing", "doubt", "doubt"]


def test_every_maker_of_the_facts_is_one_of_the_table_of_makers():
    assert set(makers()) <= set(names("makers"))


def test_the_file_takes_no_formula_and_no_name_that_was_not_given():
    text = request_csv([replace(WHOLE, officer="=cmd()", remarks='a "b"\nc')], {}).decode()
    header, row = text.split("\r\n", 1)
    assert header.split(",")[: len(COLUMNS)] == list(COLUMNS)
    assert "'=cmd()" in row
    assert row.endswith('"a ""b""\nc",,,,\r\n')
