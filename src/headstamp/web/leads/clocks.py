"""When a lead has to have reached people, and evidence the collection. Pure: no Django, no clock.

Notice is counted in hours that pass, whatever the clocks on the wall do meanwhile. Entry is counted
in working days of the agency that recovered the evidence, on its own wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from headstamp.web.leads.calendars import Calendar

NOTICE_TARGET: Final = timedelta(hours=24)
NOTICE_LIMIT: Final = timedelta(hours=48)
ENTRY_DAYS: Final = 2

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def notice_due(recovered: datetime) -> tuple[datetime, datetime]:
    """When every affected investigator should have notice, and must have it at the latest."""
    start = recovered.astimezone(UTC)
    return start + NOTICE_TARGET, start + NOTICE_LIMIT


def entry_due(recovered: datetime, calendar: Calendar, days: int = ENTRY_DAYS) -> datetime:
    """The end of the second working day after the day of the recovery.

    Parameters
    ----------
    recovered : datetime
        Aware.
    calendar : Calendar
        Of the agency that recovered it. The day of the recovery itself is not counted.

    Returns
    -------
    datetime
        UTC; the midnight at which that day ends, so that its last day is the one before it.
    """
    day = recovered.astimezone(calendar.zone).date()
    left = days
    while left:
        day += DAY
        left -= calendar.is_working_day(day)
    return midnight(day + DAY, calendar)


def midnight(day: date, calendar: Calendar) -> datetime:
    """When a day begins on an agency's wall, in UTC."""
    return datetime.combine(day, time(), calendar.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """One due time, and when it was met, if it was."""

    due: datetime
    met: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether it was met too late, or is not met and over."""
        return (self.met or now) >= self.due

    def is_running(self) -> bool:
        """Whether it is still to be met."""
        return self.met is None

    def says(self, now: datetime) -> str:
        """The clock in words: what is left, by how much it was met or missed."""
        if self.met is None:
            apart = span(self.due - now)
            return f"{apart} left" if now < self.due else f"overdue by {apart}"
        apart = span(self.due - self.met)
        return f"met, {apart} late" if self.met >= self.due else f"met, {apart} to spare"


def span(length: timedelta) -> str:
    """A length of time as one says it: minutes below an hour, then hours, then days."""
    length = abs(length)
    if length < HOUR:
        return f"{int(length / timedelta(minutes=1))} min"
    if length < 2 * DAY:
        return f"{int(length / HOUR)} h"
    return f"{length.days} days"


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """Both due times of notice as one text."""

    target: Clock
    limit: Clock

    @classmethod
    def of(cls, recovered: datetime, noticed: datetime | None) -> NoticeClock:
        """From the recovery on."""
        target, limit = notice_due(recovered)
        return cls(Clock(target, noticed), Clock(limit, noticed))

    def says(self, now: datetime) -> str:
        """The one that counts now: 24 hours until they are over, then 48."""
        if not self.target.is_late(now):
            return f"{self.target.says(now)} of 24 h"
        if self.limit.is_late(now):
            return self.limit.says(now)
        past = "past 24 h, " if self.limit.is_running() else ""
        return f"{past}{self.limit.says(now)} of 48 h"

    def tone(self, now: datetime) -> str:
        """The colour of that text, which says nothing the text does not."""
        if self.limit.is_late(now):
            return "bad"
        return "neutral" if self.target.met else "lead"
