"""Phrases of time put together: "so far in 2016", "from January through June"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from headstamp.claims import days as calendar
from headstamp.claims.claim import Period
from headstamp.claims.days import Days
from headstamp.claims.draft import Scene
from headstamp.claims.periods import Told, period, told

FIRST_TIME: Final = re.compile(
    r"\b(?:time|year|month|level|point|total|number|seen|been)\s+since\b", re.IGNORECASE
)
WHEN: Final = re.compile(r"\s*,?\s*when\b", re.IGNORECASE)


def said_period(scene: Scene, index: int, today: date) -> Period | None:
    """The period of a phrase, put together with "so far", "through" and the like beside it."""
    meant = told(scene.chunks[index].value, today)
    if meant.days is None:
        return None
    days, first = _begun_before(scene, index, meant.days, today)
    days, last = of_year(scene, index, days, today)
    if days.first == days.last and scene.left(index, "y") is not None:
        days = Days(calendar.year(days.last.year).first, days.last)
    if meant.so_far:
        days, first, last = _so_far(scene, index, (days, first, last), today)
    days, first, last = _from_day_to_day(scene, index, days, today) or (days, first, last)
    days, last = _until(scene, index, days, last, today)
    source = scene.text[scene.chunks[first].start : scene.chunks[last].end]
    return period(days, source, today)


def _begun_before(scene: Scene, index: int, days: Days, today: date) -> tuple[Days, int]:
    """ "since January", "through May": what stands before says where it begins or ends."""
    for step in range(index - 1, index - 6, -1):
        if step >= 0 and scene.codes[step] == "P":
            before = told(scene.chunks[step].value, today)
            if before.since and not WHEN.match(scene.text, scene.chunks[index].end):
                return Days(days.first, max(today, days.first)), step
            if before.through:
                return _ending(scene, step, days.last), step
            break
        if step >= 0 and scene.codes[step] not in ("iFwh" if index - step < 3 else "wi"):
            break
    return days, index


def _ending(scene: Scene, index: int, last: date) -> Days:
    """ "the week ending June 25", "the 28 days through June 25"; else from the year's beginning."""
    before = scene.chunks[index - 1] if index else None
    if before is not None and before.norm in ("week", "month", "quarter", "year"):
        return calendar.rolling(1, before.norm, last)
    if before is not None and before.code == "u":
        return calendar.rolling(before.value.low, before.value.span, last)
    return Days(calendar.year(last.year).first, last)


def _so_far(
    scene: Scene, index: int, held: tuple[Days, int, int], today: date
) -> tuple[Days, int, int]:
    """ "so far in 2016", "2016 year to date": of which year."""
    days, first, last = held
    named = scene.right(index, r"[i,]?P")
    if named is not None:
        other = told(scene.chunks[named.end() - 1].value, today)
        if other.days is not None:
            days, last = other.days, named.end() - 1
    named = scene.left(index, "P")
    if named is not None:
        other = told(scene.chunks[named.start()].value, today)
        if other.days is not None and other.days.years:
            return year_to_date(other.days, today), named.start(), last
    return days, first, last


def year_to_date(whole: Days, today: date) -> Days:
    """The days of a year up to those of the day a text was written."""
    this_year = Days(calendar.year(today.year).first, today)
    return calendar.years_earlier(this_year, max(today.year - whole.first.year, 0))


def _until(scene: Scene, index: int, days: Days, last: int, today: date) -> tuple[Days, int]:
    """ "this year through May"."""
    following = scene.right(index, r"[,]?P[i]?P?")
    if following is None:
        return days, last
    joined = [
        told(scene.chunks[one].value, today)
        for one in range(index + 1, following.end())
        if scene.codes[one] == "P"
    ]
    if len(joined) > 1 and joined[0].through and joined[1].days:
        return Days(days.first, max(days.first, joined[1].days.last)), following.end() - 1
    return days, last


def _from_day_to_day(
    scene: Scene, index: int, days: Days, today: date
) -> tuple[Days, int, int] | None:
    """ "between Friday evening and Sunday night"."""
    for found in (scene.right(index, r"w?[ATP]w?P"), scene.left(index, r"Pw?[ATP]w?")):
        if found is None:
            continue
        at = found.end() - 1 if found.start() > index else found.start()
        other = told(scene.chunks[at].value, today).days
        begin = min(index, at)
        opens = begin and scene.chunks[begin - 1].norm in ("between", "from")
        if other is None or not opens or other.first == days.first:
            continue
        low, high = (days, other) if index < at else (other, days)
        if low.first > high.last and low.first - timedelta(days=7) <= high.first:
            low = Days(low.first - timedelta(days=7), low.last)
        if low.first <= high.last:
            return Days(low.first, high.last), begin, max(index, at)
    return None


def of_year(scene: Scene, index: int, days: Days, today: date) -> tuple[Days, int]:
    """ "Labor Day weekend last year", "in June, 2016": the year said after it."""
    chunk = scene.chunks[index]
    after = scene.right(index, r"[io,]?P")
    rule, parts = chunk.value
    dated = any(part.term == "YEAR" for part in parts) or rule not in ("simple", "month")
    if after is None or dated or days.years:
        return days, index
    year_rule, year_parts = scene.chunks[after.end() - 1].value
    meant = told((year_rule, year_parts), today).days
    if meant is None or not meant.years or meant.first.year == days.first.year:
        return days, index
    if parts[0].term == "HOLIDAY":
        weekend = "weekend" in parts[0].norm
        return calendar.holiday(parts[0].value, meant.first.year, weekend), after.end() - 1
    return calendar.years_earlier(days, days.first.year - meant.first.year), after.end() - 1


def since_before(scene: Scene, index: int, today: date) -> bool:
    found = scene.left(index, "P[wHMlLGhiV]{0,7}")
    return found is not None and told(scene.chunks[found.start()].value, today).since


def first_since(scene: Scene, index: int) -> bool:
    """Whether "since" says how long something had not been, as in "not seen since 1997"."""
    start = scene.chunks[index].start
    return FIRST_TIME.search(scene.text, max(0, start - 40), start) is not None


def points_back(meant: Told) -> bool:
    return meant.shifts or meant.same


def comparison_at(scene: Scene, index: int) -> bool:
    """Whether "than", "from" or "compared with" stands before a phrase of time."""
    than = scene.left(index, r"v[iowP]{0,3}")
    if than is not None and scene.chunks[than.start()].norm.endswith("than"):
        return True
    listed = scene.left(index, r"P[io]?")
    if listed is not None and comparison_at(scene, listed.start()):
        return True
    if scene.left(index, r"[tc](?:[q%r]?[iv]{0,2}|[Eb]{0,2}|[LlHw]?[hi]?)[io]?") is not None:
        return True
    if any(part.term == "TODATE" for part in scene.chunks[index].value[1]):
        return False
    if scene.left(index, r"(?:F|c)[q%r]?(?:[LlHwk]?M?)[iv]{0,2}") is not None:
        return scene.codes[0] != "F" or index > 3
    over = scene.left(index, r"(?:[VJN%X])(?:[LlPdM]|i[LlM])*v") is not None
    rule, parts = scene.chunks[index].value
    rolls = "past" in parts[0].norm or any(part.term == "NUM" for part in parts)
    return over and rule in ("last", "year", "month") and not rolls
