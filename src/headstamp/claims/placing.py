"""Where and when a claim is about: what stands nearest, else what the context says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from headstamp.claims import days as calendar
from headstamp.claims.claim import Period
from headstamp.claims.context import Context
from headstamp.claims.days import Days
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.periods import Told, period, told

FAR: Final = 1000.0
FIRST_TIME: Final = re.compile(r"\b(?:time|year|month|level|point|total|number)\s+since\b", re.I)
WHEN: Final = re.compile(r"\s*,?\s*when\b", re.IGNORECASE)


def place_of(
    scene: Scene, draft: Draft, context: Context, taken: set[int]
) -> tuple[tuple[str, ...], str]:
    """The places of a claim, and why where none was said beside it."""
    best, nearest = -1, FAR
    for index, code in enumerate(scene.codes):
        if code in "Llz" and index not in taken:
            away = _distance(scene, draft, index)
            if code == "L" and scene.chunks[index + 1 : index + 2] and _a_name(scene, index):
                away += 40
            if away < nearest:
                best, nearest = index, away
    if best >= 0 and scene.codes[best] == "z" and nearest < 12:
        return (), "a part of a city that is not known by this name"
    if best >= 0 and scene.codes[best] == "L":
        return (str(scene.chunks[best].kinds["places"]),), ""
    if context.place:
        return (context.place,), f"the place is {context.place}, spoken of before"
    return (), "no place is named"


def _a_name(scene: Scene, index: int) -> bool:
    """Whether a place is part of a name, as of the "Chicago Police Department"."""
    after = scene.chunks[index + 1].norm
    return after in ("police", "mayor", "sun", "tribune", "department", "times", "superintendent",
        "alderman", "public", "bulls", "cubs", "bears", "officials", "officers", "university")  # fmt: skip


def _distance(scene: Scene, draft: Draft, index: int) -> float:
    """Phrases between; behind counts more than ahead, another claim's number counts much."""
    if draft.first <= index <= draft.last:
        return 0.5
    low, high = (draft.last, index) if index > draft.last else (index, draft.first)
    between = scene.codes[low + 1 : high]
    away = float(high - low) * (1.0 if index > draft.last else 1.4)
    crossed = sum(
        1 for one in range(low + 1, high) if one in scene.used and scene.codes[one] in "q%rV"
    )
    away += 6 * crossed + 10 * between.count(";")
    if index <= 2 and index < draft.first:
        away = min(away, 9.0)
    return away


def period_of(
    scene: Scene, draft: Draft, context: Context, taken: set[int], today: date
) -> tuple[Period | None, str]:
    """The period of a claim, and why where it was not said beside it."""
    best, nearest = -1, FAR
    for index, code in enumerate(scene.codes):
        if code == "P" and index not in taken and not _compares(scene, draft, index, today):
            away = _distance(scene, draft, index)
            if away < nearest:
                best, nearest = index, away
    if best >= 0 and draft.relation == "change" and draft.base is None:
        if _since_before(scene, best, today):
            best = -1
    back = _told_back(scene, draft, context, today, nearest)
    if back is not None:
        return back, ""
    if best >= 0:
        return _counted_up(
            scene, draft, best, _cut(scene, said_period(scene, best, today), today)
        ), ""
    if context.period is not None:
        return replace(context.period, said=""), "the period is that spoken of before"
    if scene.sentence.perfect:
        year = period(calendar.year(today.year), "", today)
        return year, "no period is said; what 'has been' is taken to be this year"
    return None, "no period is said"


def _since_before(scene: Scene, index: int, today: date) -> bool:
    found = scene.left(index, "P[wHMlLGhiV]{0,7}")
    return found is not None and told(scene.chunks[found.start()].value, today).since


def _told_back(
    scene: Scene, draft: Draft, context: Context, today: date, nearest: float
) -> Period | None:
    """ "it was 75 the year before": seen from the period that was spoken of."""
    if draft.relation in ("change", "compared_with", "extreme") or context.period is None:
        return None
    for index, code in enumerate(scene.codes):
        if code == "P" and not comparison_at(scene, index):
            meant = told(scene.chunks[index].value, today)
            if meant.shifts and _distance(scene, draft, index) < min(9, nearest):
                chunk = scene.chunks[index]
                return shifted(context.period, meant, scene.text[chunk.start : chunk.end])
    return None


def _cut(scene: Scene, found: Period | None, today: date) -> Period | None:
    """A year that is counted "as of" or "through" a day said elsewhere in the sentence."""
    if found is None or not found.to_date:
        return found
    for index in range(1, len(scene.codes)):
        if (
            scene.codes[index - 1 : index + 1] == "PP"
            and told(scene.chunks[index - 1].value, today).through
        ):
            until = told(scene.chunks[index].value, today).days
            if until is not None and found.first <= until.last <= found.last:
                return replace(found, last=until.last)
    return found


def _counted_up(scene: Scene, draft: Draft, index: int, found: Period | None) -> Period | None:
    """ "reached 300 on Nov. 19": counted from the beginning of the year."""
    if found is not None and draft.year_total:
        return replace(found, first=found.first.replace(month=1, day=1), to_date=True)
    reached = set(scene.codes[draft.first : draft.last + 1]) & set("Re")
    if found is None or not reached or (found.last - found.first).days > 4 or index < draft.first:
        return found
    return replace(found, first=found.first.replace(month=1, day=1), to_date=True)


def _compares(scene: Scene, draft: Draft, index: int, today: date) -> bool:
    """Whether a phrase of time names what is compared with, not what is spoken of."""
    meant = told(scene.chunks[index].value, today)
    if meant.shifts or meant.same or meant.since or meant.through:
        return True
    if meant.days is None or scene.left(index, "s[iH]?") is not None:
        return True
    if scene.left(index, "wi?") and "set" in (chunk.norm for chunk in scene.chunks[index - 2 : index]):
        return True
    if _since_before(scene, index, today) and "S" in scene.codes[max(0, index - 8) : index]:
        return True
    if _since_before(scene, index, today) and FIRST_TIME.search(
        scene.text[: scene.chunks[index].start][-40:]
    ):
        return True
    pointed = scene.left(index, r"P[io]?")
    if pointed is not None and _points_back(told(scene.chunks[pointed.start()].value, today)):
        return True
    return comparison_at(scene, index) or index == draft.earlier_period


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
    days, last = _of_year(scene, index, days, today)
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
    days, first, last = _from_day_to_day(scene, index, days, today, first, last)
    following = scene.right(index, r"[,]?P[i]?P?")
    if following is not None:
        joined = [told(scene.chunks[one].value, today) for one in range(index + 1, following.end())
                  if scene.codes[one] == "P"]  # fmt: skip
        if len(joined) > 1 and joined[0].through and joined[1].days:
            days, last = Days(days.first, max(days.first, joined[1].days.last)), following.end() - 1
    source = scene.text[scene.chunks[first].start : scene.chunks[last].end]
    return period(days, source, today)


def _from_day_to_day(
    scene: Scene, index: int, days: Days, today: date, first: int, last: int
) -> tuple[Days, int, int]:
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
    return days, first, last


def _of_year(scene: Scene, index: int, days: Days, today: date) -> tuple[Days, int]:
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


def earlier_period(
    scene: Scene, draft: Draft, now: Period | None, today: date
) -> tuple[Period | None, str]:
    """The period that a change is measured against."""
    best, nearest = -1, FAR
    for index, code in enumerate(scene.codes):
        if code != "P" or not (comparison_at(scene, index) or index == draft.earlier_period
                               or _points_back(told(scene.chunks[index].value, today))
                               or (draft.base is None and _since_before(scene, index, today))):  # fmt: skip
            continue
        away = _distance(scene, draft, index)
        if away < nearest:
            best, nearest = index, away
    if best >= 0 and nearest < 30:
        found = _earlier_said(scene, best, now, today)
        if found is not None and (now is None or found != now):
            return found, ""
    if now is None:
        return None, ""
    return shifted(now, Told(None, shift_years=_length(now)), ""), (
        "no earlier period is said: the same dates a year before are taken"
    )


def _points_back(meant: Told) -> bool:
    return meant.shifts or meant.same


def _length(now: Period) -> int:
    return max(1, round((now.last - now.first).days / 365.25))


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


def _earlier_said(scene: Scene, index: int, now: Period | None, today: date) -> Period | None:
    phrases = [index]
    while (more := scene.right(phrases[-1], r"[io,]?P")) is not None:
        phrases.append(more.end() - 1)
    while (more := scene.left(phrases[0], r"P[io]?")) is not None and _points_back(
        told(scene.chunks[more.start()].value, today)
    ):
        phrases.insert(0, more.start())
    meant = [told(scene.chunks[one].value, today) for one in phrases]
    said = scene.text[scene.chunks[phrases[0]].start : scene.chunks[phrases[-1]].end]
    same = any(one.same for one in meant) or "time" in said or "point" in said
    shift = next((one for one in meant if one.shifts), None)
    days = next((one.days for one in meant if one.days is not None), None)
    if shift is not None and now is not None:
        return shifted(now, shift, said)
    if shift is not None:
        return shifted(Period(today, today, ""), shift, said) if shift.shift_days else None
    if same and now is not None:
        years = now.first.year - days.first.year if days is not None else 1
        return shifted(now, Told(None, shift_years=max(years, 1)), said)
    if days is None:
        return None
    days, last = _of_year(scene, index, days, today)
    return period(
        days,
        scene.text[scene.chunks[phrases[0]].start : scene.chunks[max(last, phrases[-1])].end],
        today,
    )
