"""A period and an earlier one, counted by the same rule as known on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from headstamp.claims.answers import Answers, Basis, Fact, Window
from headstamp.claims.checks import wording
from headstamp.claims.checks.gathering import as_known, earlier, facts, windows
from headstamp.claims.claim import Period, Reading
from headstamp.incidents.comparison import NO_CHANGE, CountComparison, compare_counts


@lru_cache(maxsize=4096)
def _compare(now: int, then: int, days_now: int = 1, days_then: int = 1) -> CountComparison:
    """A text repeats itself; an interval takes a millisecond."""
    return compare_counts(now, [then], days_now, [days_then])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts by one rule.

    Parameters
    ----------
    now, then : Fact
    """

    now: Fact
    then: Fact

    @property
    def comparison(self) -> CountComparison:
        """Of the counts as they stand."""
        return _compare(self.now.count, self.then.count)

    @property
    def percent(self) -> float:
        """Change of the count; NaN where there was none before."""
        return self.comparison.percent_change

    @property
    def is_change(self) -> bool:
        """Whether chance alone does not give it, by window and by day."""
        days = [(one.last - one.first).days + 1 for one in (self.now, self.then)]
        per_day = _compare(self.now.count, self.then.count, *days)
        return self.comparison.is_change and per_day.is_change

    @property
    def direction(self) -> str:
        """Of the counts, whether or not it is a detectable change."""
        if self.now.count == self.then.count:
            return "same"
        return "up" if self.now.count > self.then.count else "down"


def pairs(reading: Reading, period: Period, basis: Basis) -> tuple[list[Pair], tuple[str, ...]]:
    """Every pair, those of the preferred day first, and why there are no more."""
    before = compared_with(reading, period)
    asked = windows(period, basis.written_on)
    looked_now = facts(reading.measure, reading.places, asked, basis)
    found: list[Pair] = []
    reasons = list(looked_now.reasons)
    for one in looked_now.facts:
        known_on = date.fromisoformat(one.known_on) if one.known_on else basis.written_on
        window = _window_before(period, before, one.last, known_on)
        looked = as_known(reading.measure, reading.places, window, basis)
        reasons += looked.reasons
        found += [Pair(one, other) for other in looked.facts if other.rule == one.rule]
    return list(dict.fromkeys(found)), tuple(dict.fromkeys(reasons))


def earlier_windows(reading: Reading, period: Period, basis: Basis) -> tuple[Window, ...]:
    """The earlier window, for each in which the text may have had its number."""
    before = compared_with(reading, period)
    return tuple(
        _window_before(period, before, one.last, one.known_on)
        for one in windows(period, basis.written_on)
    )


def compared_with(reading: Reading, now: Period) -> Period:
    """The earlier period; where a whole year stands against part of one, its same dates."""
    then = reading.comparison_period
    if then is None:
        return earlier(now)
    whole = _dates(then) == (1, 1, 12, 31) and then.first.year == then.last.year
    if whole and now.to_date and (now.first.month, now.first.day) == (1, 1):
        moved = now
        for _ in range(now.first.year - then.first.year):
            moved = earlier(moved)
        return moved
    return then


def _window_before(now: Period, before: Period, until: date, known_on: date) -> Window:
    """The earlier window, cut where the later one is."""
    last = before.last - (now.last - until)
    if _dates(now) == _dates(before) and (until.month, until.day) != (2, 29):
        last = until.replace(year=until.year - (now.last.year - before.last.year))
    return Window(before.first, max(last, before.first), known_on)


def _dates(period: Period) -> tuple[int, int, int, int]:
    first, last = period.first, period.last
    return first.month, first.day, last.month, last.day


def preferred(found: list[Pair]) -> list[Pair]:
    """The first pair of each rule."""
    firsts: dict[str, Pair] = {}
    for one in found:
        firsts.setdefault(one.now.rule, one)
    return list(firsts.values())


def described(pair: Pair, answers: Answers) -> str:
    """What a pair says, as two sentences."""
    now, then = pair.now, pair.then
    bases = [wording.base(now)] + ([wording.base(then)] if then.title != now.title else [])
    before = wording.counted_at(then)
    said = f"{wording.statement(now, answers)}, {before} {', '.join(bases)}."
    change = how_much(now.count, then.count, pair.is_change)
    return f"{said} {change}".strip()


def how_much(now: int, then: int, is_change: bool | None = None) -> str:
    """A change with its interval, and whether it is one."""
    if not then or not now:
        return ""
    found = _compare(now, then)
    low, high = found.percent_interval
    interval = f"95 % interval {low:+.1f} to {high:+.1f} %"
    told = "." if (found.is_change if is_change is None else is_change) else f": {NO_CHANGE}."
    return f"That is {wording.percent(found.percent_change)} ({interval}){told}"
