"""What the cells of a row mean."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from headstamp.formats.record_table import RawRow
from headstamp.web.evidence.imports.fields import EXHIBITS, FIELDS, INCIDENTS, suggested
from headstamp.web.evidence.imports.values import Reading, convert

NOW = datetime(2020, 1, 1, tzinfo=UTC)
BASE = {"number": "HX-1", "occurred_at": "5/6/2017 22:15"}


def converted(cells, kind="incidents", words=None, fault=""):
    columns = {name: name for name in cells}
    reading = Reading(kind, columns, "mdy", ZoneInfo("America/Chicago"), NOW, words or {})
    return convert(RawRow(2, cells, fault), reading)


def of_incident(**cells):
    return converted({**BASE, **cells})


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        *(("number", "202115056366.0", "202115056366"), ("number", "HX.0", "HX.0")),
        *(("area", "612.0", "612"), ("offence_code", "0110", "0110"), ("address", "5.0", "5.0")),
        *(("homicides", "3", 3), ("homicides", "3.0", 3), ("homicides", "1,000", 1000)),
        *(("homicides", "Y", 1), ("homicides", "No", 0), ("homicides", "true", 1)),
        *(("homicides", "FALSE", 0), ("homicides", "0", 0)),
        *(("latitude", "41.88", 41.88), ("longitude", "-87.6", -87.6)),
        *(("longitude", "'-87.6", -87.6), ("status", "Arrest", "cleared")),
        *(("latitude", "1e1", 10.0), ("longitude", "-087.6", -87.6)),
        *(
            ("status", "Open", "open"),
            ("status", " CLEARED ", "cleared"),
            ("status", "Arrest", "cleared"),
        ),
        *(("address", "'=HYPERLINK(1)", "=HYPERLINK(1)"), ("address", "\U0001f52b", "\U0001f52b")),
    ],
)
def test_a_cell_is_read_as_it_was_meant(name, text, value):
    found = of_incident(**{name: text})
    assert found.faults == ()
    assert found.values[name] == value


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        *(("homicides", "-1", "no whole number"), ("homicides", "1.5", "no whole number")),
        *(("homicides", "1001", "no whole number"), ("homicides", "many", "no number")),
        *(("homicides", "nan", "no number"), ("homicides", "inf", "no number")),
        *(("homicides", "1_000", "no number"), ("homicides", "1,00", "no number")),
        *(("latitude", "90.1", "no degree"), ("longitude", "-181", "no degree")),
        *(("latitude", "nan", "no number"), ("latitude", "41°", "no number")),
        *(("latitude", "1e400", "no number"), ("latitude", "1e99", "no degree")),
        *(("status", "1-SUSPENDED", "is none of"), ("occurred_at", "soon", "is no date")),
        *(("number", "x" * 41, "longer than 40"), ("address", "x" * 201, "longer than 200")),
        *(("occurred_at", "", "Occurred is missing"), ("number", "", "Incident number is missing")),
        *(("occurred_clock", "noon", "no time of a day"), ("reported_at", "2/30/2017", "no date")),
    ],
)
def test_a_cell_that_means_nothing_says_why(name, text, why):
    found = of_incident(**{name: text})
    assert why in " ".join(found.faults)


def test_every_fault_of_a_row_is_named_and_the_rest_is_read():
    found = of_incident(homicides="many", latitude="x", area="612")
    assert len(found.faults) == 2
    assert found.values["area"] == "612"


def test_the_shape_of_a_row_is_a_fault_too():
    found = converted(BASE, fault="has 2 values beyond the last column")
    assert found.faults == ("The row has 2 values beyond the last column.",)


@pytest.mark.parametrize(
    ("cells", "precision"),
    [
        ({"occurred_at": "5/6/2017"}, "day"),
        ({"occurred_at": "5/6/2017 22:15"}, "minute"),
        ({"occurred_at": "5/6/2017", "occurred_clock": "22:15"}, "minute"),
        ({"occurred_at": "5/6/2017", "occurred_clock": ""}, "day"),
    ],
)
def test_how_well_the_time_is_known_is_kept(cells, precision):
    assert of_incident(**cells).values["precision"] == precision


def test_words_can_be_explained_and_others_stay_unknown():
    words = {"status": {"1suspended": "suspended", "na": ""}}
    cells = {**BASE, "status": "1-SUSPENDED"}
    assert converted(cells, words=words).values["status"] == "suspended"
    said_nothing = converted({**BASE, "status": "N/A"}, words=words)
    assert said_nothing.faults == ()
    assert "status" not in said_nothing.values
    unknown = converted({**BASE, "status": "9-X"}, words=words)
    assert unknown.unknown == (("status", "9-X"),)


def test_a_required_choice_must_say_something():
    cells = {"incident": "HX-1", "number": "E-1", "kind": "n/a", "collected_at": "5/6/2017"}
    found = converted(cells, "exhibits", {"kind": {"na": ""}})
    assert "something must be said" in found.faults[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("Casing", "cartridge_case"), ("shell casing", "cartridge_case"), ("Gun", "firearm")),
        *(("Test fire", "test_fire"), ("projectile", "bullet"), ("OTHER", "other")),
    ],
)
def test_kinds_of_exhibits_are_known_by_their_usual_words(text, kind):
    cells = {"incident": "HX-1", "number": "E-1", "kind": text, "collected_at": "5/6/2017"}
    assert converted(cells, "exhibits").values["kind"] == kind


def test_a_column_that_is_not_mapped_is_not_read():
    reading = Reading("incidents", {"number": "A"}, "mdy", ZoneInfo("UTC"), NOW)
    assert convert(RawRow(2, {"A": "1", "B": "x"}), reading).values == {"number": "1"}


@pytest.mark.parametrize(
    ("columns", "kind", "expected"),
    [
        (
            ("ID", "Case Number", "Date", "Block", "IUCR", "Primary Type", "Beat", "District"),
            "incidents",
            {
                "number": "Case Number",
                "occurred_at": "Date",
                "address": "Block",
                "area": "District",
                "offence_code": "IUCR",
                "offence_title": "Primary Type",
            },
        ),
        (
            ("INCIDENT_KEY", "OCCUR_DATE", "OCCUR_TIME", "PRECINCT", "STATISTICAL_MURDER_FLAG"),
            "incidents",
            {
                "number": "INCIDENT_KEY",
                "occurred_at": "OCCUR_DATE",
                "occurred_clock": "OCCUR_TIME",
                "area": "PRECINCT",
                "homicides": "STATISTICAL_MURDER_FLAG",
            },
        ),
        (
            ("Incident No", "Item #", "Item Type", "Date Collected", "Caliber"),
            "exhibits",
            {
                "incident": "Incident No",
                "number": "Item #",
                "kind": "Item Type",
                "collected_at": "Date Collected",
                "calibre": "Caliber",
            },
        ),
        (("foo", "bar"), "incidents", {}),
        ((), "exhibits", {}),
    ],
)
def test_columns_are_recognised_by_their_usual_names(columns, kind, expected):
    assert suggested(columns, kind) == expected


def test_a_column_serves_one_field():
    found = suggested(("Incident Number", "Number"), "exhibits")
    assert len(set(found.values())) == len(found)


def test_fields_fit_the_records_they_fill():
    from headstamp.web.casework.models import Incident
    from headstamp.web.evidence.models import Exhibit

    for model, fields in ((Incident, INCIDENTS), (Exhibit, EXHIBITS)):
        known = {one.name: one for one in model._meta.get_fields()}
        for field in fields:
            if field.name == "occurred_clock":
                continue
            stored = known[field.name]
            if field.kind == "text" and field.name != "incident":
                assert field.longest <= stored.max_length, field.name
            if field.kind == "choice":
                allowed = {str(value) for value, _ in stored.choices}
                assert {value for _, value in field.choices} <= allowed
    assert set(FIELDS) == {"incidents", "exhibits"}
