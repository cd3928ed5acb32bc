"""Counts that were made by hand from real lists, by the rules that are shipped."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from headstamp.formats.incident_lists.counting import Question, count
from headstamp.formats.incident_lists.differences import differences
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.vintages import vintages
from headstamp.incidents.figures import Figure

LISTS = {
    "chicago_people_shot_vintage_2017-06-27.csv": "2017-06-27",
    "chicago_people_shot_vintage_2017-06-28.csv": "2017-06-28",
    "chicago_people_shot_vintage_2017-06-29.csv": "2017-06-29",
    "chicago_portal_homicides_export_2016-01.csv": "2016-01-31",
    "chicago_portal_homicides_export_2021-06.csv": "2021-06-30",
    "chicago_shooting_incidents_foia_2010_2019.csv": "2019-12-31",
    "chicago_homicides_foia_2001_2019.csv": "2019-12-31",
    "chicago_homicide_status_foia_2010_2022.xlsx": "2022-05-31",
    "nypd_shooting_incident_data_historic_2006_2018.csv": "2019-06-30",
    "philadelphia_shootings_2015_2023.csv": "2023-08-31",
}


@pytest.fixture(scope="module")
def data(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All real lists, each imported as the vintage it is."""
    folder = tmp_path_factory.mktemp("figures") / "data"
    for name, day in LISTS.items():
        made = import_list(shared_data / "incidents" / name, folder, retrieved=day)
        assert made.is_new, name
    return folder


def found(
    data: Path, rule: str, to: str, known_on: str = "", period: str = "year_to_date"
) -> Figure:
    """The figure of a rule."""
    city = next(name for name in ("chicago", "new-york", "philadelphia") if rule.startswith(name))
    answer = count(data, Question(city, date.fromisoformat(to), known_on=known_on))
    return next(one for one in answer.figures if (one.rule.name, one.period) == (rule, period))


@pytest.mark.parametrize(
    ("rule", "to", "known_on", "number"),
    [
        ("chicago-people-shot-all", "2017-06-27", "2017-06-27", 1714),
        ("chicago-people-shot-all", "2017-06-28", "2017-06-28", 1721),
        ("chicago-people-shot-all", "2017-06-29", "2017-06-29", 1742),
        ("chicago-people-shot-all", "2017-06-29", "2017-06-27", 1714),
        ("chicago-people-shot-all", "2017-06-29", "2017-06-28", 1721),
        ("chicago-people-shot-police", "2016-06-29", "", 1935),
        ("chicago-murders-police-public", "2017-06-29", "2017-06-29", 320),
        ("chicago-murders-police-public", "2016-06-29", "2017-06-29", 322),
        ("chicago-murders-open-data", "2015-12-31", "2016-01-31", 475),
        ("chicago-murders-open-data", "2015-12-31", "", 496),
        ("chicago-shooting-incidents-police", "2015-12-31", "", 2426),
        ("chicago-shooting-incidents-police", "2016-12-31", "", 3547),
        ("new-york-shooting-victims", "2016-12-31", "", 1208),
        ("new-york-shooting-incidents", "2016-12-31", "", 997),
        ("new-york-shooting-murders", "2016-12-31", "", 223),
        ("philadelphia-shooting-victims", "2016-12-31", "", 1342),
        ("philadelphia-shooting-victims-killed", "2016-12-31", "", 262),
    ],
)
def test_a_shipped_rule_gives_the_known_count(data, rule, to, known_on, number):
    assert found(data, rule, to, known_on).count == number


def test_320_murders_after_322_are_no_detectable_change(data):
    figure = found(data, "chicago-murders-police-public", "2017-06-29", "2017-06-29")
    last_year = figure.against[0].comparison
    assert (figure.count, last_year.then) == (320, 322)
    assert last_year.percent_change == pytest.approx(-0.62, abs=0.005)
    assert last_year.percent_interval == pytest.approx((-14.9, 16.0), abs=0.05)
    assert last_year.p_value == pytest.approx(0.938, abs=0.0005)
    assert figure.against[0].wording == "no detectable change"


def test_the_murders_of_2015_are_counted_in_one_vintage_at_a_time(data):
    first = found(data, "chicago-murders-open-data", "2015-12-31", "2016-01-31")
    later = found(data, "chicago-murders-open-data", "2015-12-31")
    assert first.vintage.file_name.endswith("2016-01.csv")
    assert later.vintage.file_name.endswith("2021-06.csv")


def test_victims_killed_and_wounded_add_up_to_those_of_whom_it_is_said(data, shared_data):
    parts = ("new-york-shooting-murders", "new-york-shooting-victims-wounded")
    assert sum(found(data, rule, "2016-12-31").count for rule in parts) == 1208
    name = "philadelphia_shootings_2015_2023.csv"
    with (shared_data / "incidents" / name).open(encoding="utf-8", newline="") as stream:
        unsaid = [row for row in csv.DictReader(stream) if not row["fatal"]]
    in_2016 = [row for row in unsaid if row["date_"].startswith("2016")]
    parts = ("philadelphia-shooting-victims-killed", "philadelphia-shooting-victims-wounded")
    assert sum(found(data, rule, "2016-12-31").count for rule in parts) == 1342 - len(in_2016)


def test_murders_without_the_list_of_their_codes_are_not_counted(data):
    figure = found(data, "chicago-murders-police-public", "2021-06-29")
    assert figure.count is None
    assert figure.against[0].wording == (
        "chicago-homicides-foia is of 2019-12-31, before this period ended"
    )


def rows_of(path: Path) -> Counter[tuple[str, ...]]:
    """What a person sees of each row of the newsroom's list, whatever its columns are called."""
    with path.open(encoding="utf-8", newline="") as stream:
        listed = csv.DictReader(stream)
        named = {name.upper().replace("SHOOTING ", ""): name for name in listed.fieldnames or ()}
        columns = [named[name] for name in ("DATE", "HOUR", "LOCATION", "LAT")]
        return Counter(tuple(row[name] for name in columns) for row in listed)


@pytest.mark.parametrize(("earlier", "later"), [(27, 28), (28, 29), (27, 29)])
def test_what_changed_between_vintages_is_listed_row_by_row(data, shared_data, earlier, later):
    there = {one.day: one for one in vintages(data, schema="chicago-people-shot")}
    one, other = there[f"2017-06-{earlier}"], there[f"2017-06-{later}"]
    before, after = (rows_of(shared_data / "incidents" / each.file_name) for each in (one, other))
    kinds = Counter(change.kind for change in differences(data, one, other))
    assert kinds == {"added": (after - before).total(), "removed": (before - after).total()}


def test_note_rows_without_a_date_are_set_aside(data):
    one = next(iter(vintages(data, schema="chicago-shooting-incidents-foia")))
    assert one.rejected == 43
