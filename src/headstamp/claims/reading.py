"""The readings of a claim: its measures, place and periods, with why."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from headstamp.claims import days as calendar
from headstamp.claims.chunks import Numeral
from headstamp.claims.claim import Period, Quantity, Reading
from headstamp.claims.context import Context
from headstamp.claims.days import Days
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.earlier_periods import earlier_period
from headstamp.claims.periods import period, told
from headstamp.claims.placing import period_of, place_of

AGAINST_LAST_YEAR: Final = (
    "no period is said; what is set against last year is taken to be this year so far"
)
YEARS: Final = re.compile(r"(\d{4})\s*(?:and|to|through|-|–)\s*(\d{4})")


def readings(
    scene: Scene, draft: Draft, context: Context, taken: set[int], today: date
) -> tuple[Reading, ...]:
    """How a claim can be understood, the likeliest first."""
    places, why_place = place_of(scene, draft, context, taken)
    now, why_period = period_of(scene, draft, context, taken | since_of(draft), today)
    earlier, why_earlier = None, ""
    if draft.relation == "change":
        earlier, why_earlier = earlier_period(scene, draft, now, today)
        now, earlier = _two_years(now, earlier)
        if now is None and earlier is not None:
            now, why_period = _this_year(earlier, today), AGAINST_LAST_YEAR
    elif draft.relation == "extreme":
        earlier = record_years(scene, draft, today)
    compared = _to_the_same_day(scene, draft, now, earlier)
    measures = draft.measured.counted.measures
    if measures[0] == "population":
        now, why_period = None, ""
    why = [why_place, why_period, why_earlier, draft.measured.counted.why, *draft.why]
    return tuple(
        Reading(
            measure=measure,
            places=places,
            period=now,
            relation=draft.relation,
            quantity=_quantity(scene, draft.numeral, draft.number),
            direction=draft.direction,
            comparison_period=one,
            comparison_quantity=_quantity(scene, draft.base, draft.base_number),
            comparison_places=draft.comparison_places,
            combined=draft.combined,
            why=_sentence([_said(scene, draft), *why]),
        )
        for measure in measures
        for one in compared
    )


def _to_the_same_day(
    scene: Scene, draft: Draft, now: Period | None, earlier: Period | None
) -> list[Period | None]:
    """A part of a year from its beginning is set against the same days of another, or all of it."""
    if now is None or earlier is None or now.first.day != 1 or now.last.month == 12:
        return [earlier]
    whole = Days(earlier.first, earlier.last) == calendar.year(earlier.first.year)
    words = scene.text[scene.chunks[draft.first].start : scene.chunks[draft.last].end + 60]
    if (
        not whole
        or now.first.month != 1
        or re.search(r"\b(?:all of|since|entire)\b", words.lower())
    ):
        return [earlier]
    back = now.first.year - earlier.first.year
    days = calendar.years_earlier(Days(now.first, now.last), back)
    return [Period(days.first, days.last, earlier.said), earlier]


def _this_year(earlier: Period, today: date) -> Period | None:
    """What is set against last year, or its days so far, where nothing else says when."""
    this, days = period(calendar.year(today.year), "", today), Days(earlier.first, earlier.last)
    if days == calendar.year(today.year - 1):
        return this if "last" in earlier.said.lower() else None
    so_far = calendar.years_earlier(Days(this.first, this.last), 1)
    return this if days == so_far else None


def _two_years(now: Period | None, earlier: Period | None) -> tuple[Period | None, Period | None]:
    """ "between 2019 and 2020": from the first year to the last."""
    found = YEARS.search(now.said) if now is not None else None
    if found is None or now is None:
        return now, earlier
    first, last = sorted(int(one) for one in found.groups())
    ends = [calendar.year(one) for one in (first, last)]
    return (
        Period(
            ends[1].first, min(ends[1].last, max(now.last, ends[1].first)), now.said, now.to_date
        ),
        Period(ends[0].first, ends[0].last, now.said),
    )


def _said(scene: Scene, draft: Draft) -> str:
    words = scene.text[scene.chunks[draft.first].start : scene.chunks[draft.last].end]
    shown = " ".join(words.split())
    return f"read from '{shown[:80]}'"


def _sentence(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _quantity(scene: Scene, numeral: Numeral | None, index: int | None) -> Quantity | None:
    if numeral is None or index is None:
        return None
    chunk = scene.chunks[index]
    return numeral.quantity(scene.text[chunk.start : chunk.end])


def since_of(draft: Draft) -> set[int]:
    """Phrases of time that say how far back a record goes."""
    return set(draft.since) if draft.since is not None else set()


def _back(spoken: Numeral, parts: list[float], today: date) -> Days:
    """So many years back, half a century too."""
    if not parts or spoken.span not in calendar.YEARS:
        return calendar.rolling(spoken.low, spoken.span, today)
    return calendar.rolling(spoken.low * parts[0] * calendar.YEARS[spoken.span], "year", today)


def record_years(scene: Scene, draft: Draft, today: date) -> Period | None:
    """The years a record is one of: since 2001, in two decades."""
    if draft.since is None:
        return None
    phrases = [scene.chunks[index] for index in draft.since]
    said = scene.text[phrases[0].start : phrases[-1].end]
    for chunk in phrases:
        if chunk.code == "u":
            spoken = chunk.value
            parts = [one.value / 100 for one in phrases if one.code == "f"]
            return period(_back(spoken, parts, today), said, today)
        if chunk.code == "P":
            meant = told(chunk.value, today)
            if meant.days is not None:
                since = any(told(one.value, today).since for one in phrases if one.code == "P")
                last = max(today, meant.days.first) if since else meant.days.last
                return period(Days(meant.days.first, last), said, today)
    return None
