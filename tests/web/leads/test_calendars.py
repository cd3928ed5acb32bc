"""Working days: the holidays are those that the Office of Personnel Management published."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from headstamp.errors import WorkspaceError
from headstamp.web.leads.calendars import Calendar, federal, own_holidays, own_zones

# opm.gov, "Federal Holidays", each year as it was published there.
PUBLISHED = {
    2021: "0101 0118 0215 0531 0618 0705 0906 1011 1111 1125 1224 1231",
    2022: "0117 0221 0530 0620 0704 0905 1010 1111 1124 1226",
    2023: "0102 0116 0220 0529 0619 0704 0904 1009 1110 1123 1225",
    2024: "0101 0115 0219 0527 0619 0704 0902 1014 1111 1128 1225",
    2026: "0101 0119 0216 0525 0619 0703 0907 1012 1111 1126 1225",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_federal_holidays_are_those_that_were_published(year):
    published = {date(year, int(day[:2]), int(day[2:])) for day in PUBLISHED[year].split()}
    assert federal(year) == published


def test_a_holiday_counts_only_in_the_years_it_is_one():
    assert date(2020, 6, 19) not in federal(2020)
    assert date(1985, 1, 21) not in federal(1985)
    assert date(1986, 1, 20) in federal(1986)
    assert date(1977, 10, 24) in federal(1977)  # Veterans Day was a Monday in October then
    assert date(1977, 11, 11) not in federal(1977)


def test_an_agency_may_have_days_off_of_its_own():
    own = own_holidays(["2026-03-02", " PVPD:2026-11-27 ", ""])
    assert own == {"": {date(2026, 3, 2)}, "PVPD": {date(2026, 11, 27)}}
    zone = ZoneInfo("America/Chicago")
    assert Calendar(zone).is_working_day(date(2026, 11, 27))
    assert not Calendar(zone, own["PVPD"]).is_working_day(date(2026, 11, 27))


@pytest.mark.parametrize("entry", ["2026-02-30", "PVPD", "PVPD:tomorrow"])
def test_a_day_off_that_is_no_day_is_refused_with_an_example(entry):
    with pytest.raises(WorkspaceError, match=r"HEADSTAMP_HOLIDAYS.*2026-03-02"):
        own_holidays([entry])


def test_an_agency_may_be_in_another_zone():
    assert own_zones(["FFB:America/New_York"]) == {"FFB": ZoneInfo("America/New_York")}


@pytest.mark.parametrize("entry", ["FFB", "FFB:Chicago", "FFB:../etc", "FFB:"])
def test_a_zone_that_is_none_is_refused_with_an_example(entry):
    with pytest.raises(WorkspaceError, match=r"HEADSTAMP_AGENCY_ZONES.*New_York"):
        own_zones([entry])
