"""Rows that stand several times with one number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headstamp.formats.record_table import RawRow
from headstamp.web.evidence.imports.events import INCIDENTS, VICTIMS, events, suggested_rows
from headstamp.web.evidence.imports.values import Converted

EARLY, LATE = datetime(2017, 5, 6, 1, tzinfo=UTC), datetime(2017, 5, 6, 3, tzinfo=UTC)


def row(number, place, *faults, at=EARLY, **values):
    values = {"number": number, "occurred_at": at, "precision": "minute", **values}
    return Converted(RawRow(place, {"No": number, "Row": str(place)}), values, tuple(faults))


def sorted_out(rows, rows_are):
    found, bad = events(rows, rows_are)
    numbers = [[one.row.number for one in event.rows] for event in found]
    return numbers, [one.row.number for one in bad], found, bad


def test_an_incident_that_stands_twice_the_same_is_one():
    numbers, bad, found, _ = sorted_out([row("A", 2), row("B", 3), row("A", 4)], INCIDENTS)
    assert (numbers, bad) == ([[2, 4], [3]], [])
    assert found[0].raw == [
        {"row": 2, "values": {"No": "A", "Row": "2"}},
        {"row": 4, "values": {"No": "A", "Row": "4"}},
    ]
    assert found[1].raw == {"No": "B", "Row": "3"}


def test_an_incident_that_stands_twice_and_differs_is_to_mend():
    numbers, bad, _, faulty = sorted_out([row("A", 2), row("A", 3, at=LATE)], INCIDENTS)
    assert (numbers, bad) == ([[2]], [3])
    assert faulty[0].faults == ("Row 2 has this number and says otherwise.",)


def test_victims_of_one_number_are_one_incident_at_its_earliest_time():
    rows = [row("A", 2, at=LATE, area="7"), row("A", 3, at=EARLY), row("A", 4, at=LATE, area="8")]
    numbers, bad, found, _ = sorted_out(rows, VICTIMS)
    assert (numbers, bad) == ([[2, 3, 4]], [])
    assert found[0].values["occurred_at"] == EARLY
    assert found[0].values["area"] == "7"  # the earliest row says nothing of it
    assert [one["row"] for one in found[0].raw] == [2, 3, 4]


def test_killed_and_wounded_are_added_up():
    rows = [row("A", 2, homicides=1), row("A", 3, homicides=0), row("A", 4, homicides=0)]
    rows += [row("A", 5), row("B", 6, homicides=1)]  # of row 5 it is not said
    _, _, found, _ = sorted_out(rows, VICTIMS)
    counted = [(one.values["homicides"], one.values["nonfatal"]) for one in found]
    assert counted == [(1, 2), (1, 0)]


def test_a_column_of_the_wounded_is_believed():
    rows = [row("A", 2, homicides=0, nonfatal=0, shot_at=1), row("A", 3, homicides=0, nonfatal=1)]
    _, _, found, _ = sorted_out(rows, VICTIMS)
    values = found[0].values
    assert (values["homicides"], values["nonfatal"], values["shot_at"]) == (0, 1, 1)


def test_victims_without_counts_are_not_counted():
    _, _, found, _ = sorted_out([row("A", 2), row("A", 3)], VICTIMS)
    assert not {"homicides", "nonfatal", "shot_at"} & set(found[0].values)


def test_of_an_incident_with_a_row_to_mend_all_rows_wait_for_it():
    rows = [row("A", 2), row("A", 3, "Occurred is missing."), row("B", 4)]
    numbers, bad, _, faulty = sorted_out(rows, VICTIMS)
    assert (numbers, bad) == ([[4]], [2, 3])
    assert faulty[0].faults == ("Row 3 is of the same incident; they come in together.",)
    assert faulty[1].faults == ("Occurred is missing.",)


def test_an_incident_with_a_row_to_mend_comes_in_without_it():
    rows = [row("A", 2, "Area is too long."), row("A", 3), row("B", 4, "Occurred is missing.")]
    numbers, bad, _, _ = sorted_out(rows, INCIDENTS)
    assert (numbers, bad) == ([[3]], [2, 4])


@pytest.mark.parametrize("rows_are", [INCIDENTS, VICTIMS])
def test_no_row_is_lost(rows_are):
    rows = [
        row("ABCD"[n % 4], n, *(["x"] if n % 7 == 0 else []), at=[EARLY, LATE][n % 3 == 0])
        for n in range(2, 40)
    ]
    rows.append(Converted(RawRow(40, {}), {}, ("Incident number is missing.",)))
    numbers, bad, _, faulty = sorted_out(rows, rows_are)
    assert sorted([*bad, *(n for event in numbers for n in event)]) == list(range(2, 41))
    assert all(one.faults for one in faulty)


def test_the_order_of_rows_changes_no_sum():
    rows = [row("A", n, homicides=n % 2, at=[EARLY, LATE][n % 2]) for n in range(2, 9)]
    _, _, forward, _ = sorted_out(rows, VICTIMS)
    _, _, backward, _ = sorted_out(rows[::-1], VICTIMS)
    assert forward[0].values == backward[0].values


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("A", 2), row("A", 3)], VICTIMS),
        ([row("A", 2), row("B", 3)], INCIDENTS),
        ([row("A", 2, homicides=1), row("A", 3, homicides=0)], VICTIMS),
        ([row("A", 2, homicides=3), row("A", 3, homicides=3)], INCIDENTS),
        ([], INCIDENTS),
    ],
)
def test_rows_are_taken_for_victims_when_numbers_repeat_and_nobody_counts(rows, expected):
    assert suggested_rows(rows) == expected


def test_more_rows_than_an_incident_can_have_are_to_mend():
    rows = [row("A", n, homicides=1) for n in range(2, 1010)]
    numbers, bad, _, _ = sorted_out(rows, VICTIMS)
    assert numbers == []
    assert len(bad) == 1008
