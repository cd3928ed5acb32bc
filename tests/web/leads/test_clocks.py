"""Due times on a table of cases, each counted by hand on a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from headstamp.web.leads.calendars import Calendar
from headstamp.web.leads.clocks import Clock, NoticeClock, entry_due, notice_due, span

CHICAGO = Calendar(ZoneInfo("America/Chicago"))
NEW_YORK = Calendar(ZoneInfo("America/New_York"))
PHOENIX = Calendar(ZoneInfo("America/Phoenix"))
BRIDGED = Calendar(ZoneInfo("America/Chicago"), frozenset({date(2026, 11, 27)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# what it is: (calendar, recovered on its wall, the end of the second working day in UTC)
ENTRY = {
    "a Tuesday: Wednesday, Thursday": (CHICAGO, "2026-06-02 10:00", "2026-06-05 05:00"),
    "a Friday: Monday, Tuesday": (CHICAGO, "2026-06-05 15:00", "2026-06-10 05:00"),
    "a Saturday night counts from Monday": (CHICAGO, "2026-06-06 23:30", "2026-06-10 05:00"),
    "a Sunday counts from Monday": (CHICAGO, "2026-06-07 01:00", "2026-06-10 05:00"),
    "ten minutes into Monday is a Monday": (CHICAGO, "2026-06-08 00:10", "2026-06-11 05:00"),
    "late on Wednesday, Thursday in UTC": (CHICAGO, "2026-06-03 22:30", "2026-06-06 05:00"),
    "4 July on a Saturday, kept on Friday": (CHICAGO, "2026-07-01 09:00", "2026-07-07 05:00"),
    "4 July on a Sunday, kept on Monday": (CHICAGO, "2027-07-02 09:00", "2027-07-08 05:00"),
    "over the end of the year": (CHICAGO, "2026-12-30 09:00", "2027-01-05 06:00"),
    "New Year kept on 31 December": (CHICAGO, "2021-12-29 09:00", "2022-01-04 06:00"),
    "Christmas on a Saturday": (CHICAGO, "2021-12-22 09:00", "2021-12-28 06:00"),
    "29 February is a working day": (CHICAGO, "2024-02-28 09:00", "2024-03-02 06:00"),
    "no 29 February": (CHICAGO, "2025-02-27 09:00", "2025-03-04 06:00"),
    "clocks go forward between": (CHICAGO, "2026-03-06 09:00", "2026-03-11 05:00"),
    "clocks go back between": (CHICAGO, "2026-10-30 09:00", "2026-11-04 06:00"),
    "recovered in the hour that comes twice": (CHICAGO, "2026-11-01 01:30", "2026-11-04 06:00"),
    "a zone whose clocks do not change": (PHOENIX, "2026-03-06 09:00", "2026-03-11 07:00"),
    "Thanksgiving between": (CHICAGO, "2026-11-24 09:00", "2026-11-28 06:00"),
    "the day after it is off here": (BRIDGED, "2026-11-24 09:00", "2026-12-01 06:00"),
    "recovered on a holiday": (CHICAGO, "2026-11-26 09:00", "2026-12-01 06:00"),
    "19 June 2020 was no holiday": (CHICAGO, "2020-06-17 09:00", "2020-06-20 05:00"),
    "19 June 2021 was, and was kept on Friday": (CHICAGO, "2021-06-16 09:00", "2021-06-22 05:00"),
}


@pytest.mark.parametrize("case", ENTRY)
def test_entry_is_due_at_the_end_of_the_second_working_day(case):
    calendar, recovered, due = ENTRY[case]
    local = datetime.fromisoformat(recovered).replace(tzinfo=calendar.zone)
    assert entry_due(local, calendar) == at(due)


def test_one_recovery_is_another_day_in_another_zone_and_each_agency_has_its_own_clock():
    recovered = at("2026-06-04 04:30")  # Wednesday 23:30 in Chicago, Thursday 00:30 in New York
    assert entry_due(recovered, CHICAGO) == at("2026-06-06 05:00")  # Thursday, Friday
    assert entry_due(recovered, NEW_YORK) == at("2026-06-09 04:00")  # Friday, Monday


@pytest.mark.parametrize(
    ("recovered", "target", "limit"),
    [
        ("2026-06-05 20:00", "2026-06-06 20:00", "2026-06-07 20:00"),  # over a weekend
        ("2026-03-07 20:00", "2026-03-08 20:00", "2026-03-09 20:00"),  # clocks go forward
        ("2026-10-31 20:00", "2026-11-01 20:00", "2026-11-02 20:00"),  # clocks go back
        ("2026-12-31 23:00", "2027-01-01 23:00", "2027-01-02 23:00"),  # over a holiday
        ("2024-02-28 12:00", "2024-02-29 12:00", "2024-03-01 12:00"),  # leap day
    ],
)
def test_notice_is_counted_in_hours_that_pass(recovered, target, limit):
    local = at(recovered).astimezone(CHICAGO.zone)
    assert notice_due(local) == (at(target), at(limit))


NOW = at("2026-06-05 12:00")


@pytest.mark.parametrize(
    ("recovered", "noticed", "says", "tone"),
    [
        ("2026-06-05 06:30", None, "18 h left of 24 h", "lead"),
        ("2026-06-04 12:20", None, "20 min left of 24 h", "lead"),
        ("2026-06-04 12:00", None, "past 24 h, 24 h left of 48 h", "lead"),
        ("2026-06-03 15:00", None, "past 24 h, 3 h left of 48 h", "lead"),
        ("2026-06-03 12:00", None, "overdue by 0 min", "bad"),
        ("2026-06-01 12:00", None, "overdue by 2 days", "bad"),
        ("2026-06-04 12:00", "2026-06-04 16:00", "met, 20 h to spare of 24 h", "neutral"),
        ("2026-06-03 12:00", "2026-06-05 02:00", "met, 10 h to spare of 48 h", "neutral"),
        ("2026-06-01 12:00", "2026-06-04 12:00", "met, 24 h late", "bad"),
    ],
)
def test_the_clock_of_notice_says_what_is_left_in_words(recovered, noticed, says, tone):
    clock = NoticeClock.of(at(recovered), at(noticed) if noticed else None)
    assert clock.says(NOW) == says
    assert clock.tone(NOW) == tone


def test_what_is_due_now_is_late_and_what_was_met_in_time_never_becomes_late():
    assert Clock(NOW).is_late(NOW)
    assert not Clock(NOW).is_late(NOW - timedelta(seconds=1))
    assert not Clock(NOW, NOW - timedelta(seconds=1)).is_late(NOW + timedelta(days=9))
    assert Clock(NOW, NOW).is_late(NOW)


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (47 * 60 + 59, "47 h"), (48 * 60, "2 days")],
)
def test_a_span_is_said_in_the_unit_that_fits(minutes, says):
    assert span(timedelta(minutes=minutes)) == says
    assert span(timedelta(minutes=-minutes)) == says
