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
    chunk = scene.chunks[index]
    meant = told(chunk.value, today)
    days, first, last = meant.days, index, index
    if days is None:
        return None
    for step in (index - 1, index - 2):
        if step >= 0 and scene.codes[step] == "P":
            before = told(scene.chunks[step].value, today)
            if before.since and not WHEN.match(scene.text, chunk.end):
                days, first = Days(days.first, max(today, days.first)), step
            elif before.through and index - step <= 2:
                days, first = Days(calendar.year(days.last.year).first, days.last), step
            break
        if step >= 0 and scene.codes[step] not in "iFwh":
            break
    days, last = of_year(scene, index, days, today)
    if meant.so_far and (named := scene.right(index, r"[i,]?P")) is not None:
        other = told(scene.chunks[named.end() - 1].value, today)
        if other.days is not None:
            days, last = other.days, named.end() - 1
    if meant.so_far and (named := scene.left(index, r"P")) is not None:
        other = told(scene.chunks[named.start()].value, today)
        if other.days is not None and other.days.years:
            back = today.year - other.days.first.year
            days = calendar.years_earlier(Days(days.first, today), max(back, 0))
            first = named.start()
    spanned = _from_day_to_day(scene, index, days, today)
    days, first, last = spanned or (days, first, last)
    following = scene.right(index, r"[,]?P[i]?P?")
    if following is not None:
        joined = [told(scene.chunks[one].value, today) for one in range(index + 1, following.end())
                  if scene.codes[one] == "P"]  # fmt: skip
        if len(joined) > 1 and joined[0].through and joined[1].days:
            days, last = Days(days.first, max(days.first, joined[1].days.last)), following.end() - 1
    source = scene.text[scene.chunks[first].start : scene.chunks[last].end]
    return period(days, source, today)


def _from_day_to_day(
    scene: Scene, index: int, days: Days, today: date
) -> tuple[Days, int, int] | None:
    """ "between Friday evening and Sunday night"."""
    for found in (scene.right(index, r"w?[ATP]P"), scene.left(index, r"Pw?[ATP]")):
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
