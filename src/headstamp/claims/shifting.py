"""A period moved back by years, months or days."""

from __future__ import annotations

from datetime import timedelta

from headstamp.claims import days as calendar
from headstamp.claims.claim import Period
from headstamp.claims.days import Days
from headstamp.claims.periods import Told


def shifted(now: Period, meant: Told, said: str) -> Period:
    """The same dates so many years, months or days before."""
    days = Days(now.first, now.last)
    if meant.shift_years:
        days = calendar.years_earlier(days, meant.shift_years)
    elif meant.shift_months:
        whole = calendar.month_before(now.first, meant.shift_months)
        last = calendar.month_before(now.last, meant.shift_months)
        ends = now.last.day >= calendar.month(now.last.year, now.last.month).last.day
        days = Days(
            calendar.day_of(whole.first.year, whole.first.month, now.first.day),
            last.last if ends else calendar.day_of(last.first.year, last.first.month, now.last.day),
        )
    else:
        days = Days(*(one - timedelta(days=meant.shift_days) for one in (days.first, days.last)))
    return Period(days.first, days.last, said)
