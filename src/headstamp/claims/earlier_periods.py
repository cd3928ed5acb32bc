"""The period that a change is measured against."""

from __future__ import annotations

from datetime import date
from typing import Final

from headstamp.claims.claim import Period
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.periods import Told, period, told
from headstamp.claims.placing import FAR, distance
from headstamp.claims.said_periods import (
    comparison_at,
    first_since,
    of_year,
    points_back,
    since_before,
    year_to_date,
)
from headstamp.claims.shifting import shifted

LONGEST_YEAR: Final = 366
"""Days."""


def earlier_period(
    scene: Scene, draft: Draft, now: Period | None, today: date
) -> tuple[Period | None, str]:
    """The period that a change is measured against."""
    best, nearest = -1, FAR
    for index, code in enumerate(scene.codes):
        if code != "P" or not _is_earlier(scene, draft, index, today):
            continue
        away = distance(scene, draft, index)
        if away < nearest:
            best, nearest = index, away
    if best >= 0 and nearest < 30:
        found = _earlier_said(scene, best, now, today)
        if found is not None and (now is None or found != now):
            return found, ""
    if now is None:
        return None, ""
    if (now.last - now.first).days > LONGEST_YEAR:
        return None, "over several years: which of them are compared is not said"
    return shifted(now, Told(None, shift_years=_length(now)), ""), (
        "no earlier period is said: the same dates a year before are taken"
    )


def _is_earlier(scene: Scene, draft: Draft, index: int, today: date) -> bool:
    """Whether a phrase of time names what a change is measured against."""
    if comparison_at(scene, index) or index == draft.earlier_period:
        return True
    if points_back(told(scene.chunks[index].value, today)):
        return True
    since = draft.base is None and since_before(scene, index, today)
    return since and not first_since(scene, index)


def _length(now: Period) -> int:
    return max(1, round((now.last - now.first).days / 365.25))


def _earlier_said(scene: Scene, index: int, now: Period | None, today: date) -> Period | None:
    phrases = [index]
    while (more := scene.right(phrases[-1], r"[io,]?P")) is not None:
        phrases.append(more.end() - 1)
    while (more := scene.left(phrases[0], r"P[io]?")) is not None and points_back(
        told(scene.chunks[more.start()].value, today)
    ):
        phrases.insert(0, more.start())
    meant = [told(scene.chunks[one].value, today) for one in phrases]
    said = scene.text[scene.chunks[phrases[0]].start : scene.chunks[phrases[-1]].end]
    same = any(one.same for one in meant) or "time" in said or "point" in said
    shift = next((one for one in meant if one.shifts), None)
    days = next((one.days for one in meant if one.days is not None), None)
    told_years = (one.days for one in meant if one.days is not None and not one.so_far)
    whole = next((one for one in told_years if one.years), None)
    if whole is not None and any(one.so_far for one in meant):
        to_date = year_to_date(whole, today)
        return Period(to_date.first, to_date.last, said)
    if shift is not None and now is not None:
        return shifted(now, shift, said)
    if shift is not None:
        return shifted(Period(today, today, ""), shift, said) if shift.shift_days else None
    if same and now is not None:
        years = now.first.year - days.first.year if days is not None else 1
        return shifted(now, Told(None, shift_years=max(years, 1)), said)
    if days is None:
        return None
    days, last = of_year(scene, index, days, today)
    return period(
        days,
        scene.text[scene.chunks[phrases[0]].start : scene.chunks[max(last, phrases[-1])].end],
        today,
    )
