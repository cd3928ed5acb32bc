"""Where and when a claim is about: what stands nearest, else what the context says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from headstamp.claims import days as calendar
from headstamp.claims.claim import Period
from headstamp.claims.context import Context
from headstamp.claims.days import Days
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.periods import period, told
from headstamp.claims.said_periods import (
    comparison_at,
    first_since,
    points_back,
    said_period,
    since_before,
)
from headstamp.claims.shifting import shifted
from headstamp.claims.vocabulary import words_of

STATES: Final = words_of("states")
AFTER_A_PLACE: Final = words_of("after_a_place")
"""Words that make a place part of a name, as of the \"Chicago Police\"."""
FAR: Final = 1000.0


def place_of(
    scene: Scene, draft: Draft, context: Context, taken: set[int]
) -> tuple[tuple[str, ...], str]:
    """The places of a claim, and why where none was said beside it."""
    best, nearest, finer, before = -1, FAR, FAR, context.place
    for index, code in enumerate(scene.codes):
        if code not in "Llz" or index in taken or _a_state(scene, index):
            continue
        if any(chunk.norm == ";" for chunk in scene.chunks[draft.last + 1 : index]):
            before = context.place_before
            break  # the next clause speaks of another place
        away = distance(scene, draft, index)
        if code == "L" and scene.chunks[index + 1 : index + 2] and _a_name(scene, index):
            away += 40
        if code == "z":
            finer = min(finer, away)
        if away < nearest:
            best, nearest = index, away
    if finer <= nearest + 2 and finer < 12:
        return (), "a part of a city that is not known by this name"
    if best >= 0 and scene.codes[best] == "L":
        return (str(scene.chunks[best].kinds["places"]),), ""
    if before:
        return (before,), f"the place is {before}, spoken of before"
    return (), "no place is named"


def _a_state(scene: Scene, index: int) -> bool:
    """Whether it is the state of the city before it: "Peoria, Illinois"."""
    city = scene.left(index, "L,") is not None
    return city and scene.chunks[index].kinds.get("places") in STATES


def _a_name(scene: Scene, index: int) -> bool:
    """Whether a place is part of a name, as of the "Chicago Police Department"."""
    after = scene.chunks[index + 1].norm
    return after in AFTER_A_PLACE


def distance(scene: Scene, draft: Draft, index: int) -> float:
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
            away = distance(scene, draft, index)
            if away < nearest:
                best, nearest = index, away
    if (label := _label(scene, draft)) is not None:
        best, nearest = label, 0.0
    changes = draft.relation == "change" and draft.base is None
    if best >= 0 and changes and since_before(scene, best, today):
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


def _label(scene: Scene, draft: Draft) -> int | None:
    """The year that stands as a label before a number, as in "2017: 320, 2016: 322"."""
    found = scene.left(draft.core, "P;")
    labelled = found is not None and scene.chunks[draft.core - 1].norm == ":"
    return found.start() if found is not None and labelled else None


def _told_back(
    scene: Scene, draft: Draft, context: Context, today: date, nearest: float
) -> Period | None:
    """ "it was 75 the year before": seen from the period that was spoken of."""
    if draft.relation in ("change", "compared_with", "extreme") or context.period is None:
        return None
    for index, code in enumerate(scene.codes):
        if code == "P" and not comparison_at(scene, index):
            meant = told(scene.chunks[index].value, today)
            if meant.shifts and distance(scene, draft, index) < min(9, nearest):
                chunk = scene.chunks[index]
                return shifted(context.period, meant, scene.text[chunk.start : chunk.end])
    return None


def _cut(scene: Scene, found: Period | None, today: date) -> Period | None:
    """A year that is counted "as of" or "through" a day said elsewhere in the sentence."""
    if found is None or not (found.to_date or _whole_year(found)):
        return found
    for index in range(1, len(scene.codes)):
        if (
            scene.codes[index - 1 : index + 1] == "PP"
            and told(scene.chunks[index - 1].value, today).through
        ):
            until = told(scene.chunks[index].value, today).days
            if until is not None and not found.to_date:
                until = calendar.years_earlier(until, until.last.year - found.last.year)
            if until is not None and found.first <= until.last <= found.last:
                return replace(found, last=until.last)
    return found


def _whole_year(one: Period) -> bool:
    return Days(one.first, one.last) == calendar.year(one.first.year)


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
    if points_back(meant) or meant.days is None or meant.since or meant.through:
        return True
    if scene.left(index, "s[iH]?") is not None or _was_set(scene, index):
        return True
    recalls = "S" in scene.codes[max(0, index - 8) : index] or first_since(scene, index)
    if recalls and since_before(scene, index, today):
        return True
    pointed = scene.left(index, r"P[io]?")
    if pointed is not None and points_back(told(scene.chunks[pointed.start()].value, today)):
        return True
    bracketed = draft.earlier_period is not None and (
        draft.earlier_period <= index <= (draft.base_number or -1)
    )
    return bracketed or comparison_at(scene, index) or index == draft.earlier_period


def _was_set(scene: Scene, index: int) -> bool:
    """ "the record set in 1993"."""
    near = (chunk.norm for chunk in scene.chunks[max(0, index - 2) : index])
    return scene.left(index, "wi?") is not None and "set" in near
