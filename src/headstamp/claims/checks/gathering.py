"""The facts for a reading: by every rule, on the days on which the text may have had them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from headstamp.claims.answers import Basis, Fact, Looked, Window
from headstamp.claims.claim import Measure, Period
from headstamp.claims.tolerances import NEIGHBOURING


def runs(period: Period, written_on: date) -> bool:
    """Whether a period had not ended when the text was written, or had just."""
    return period.to_date or period.last >= written_on - timedelta(days=1)


def windows(period: Period, written_on: date) -> list[Window]:
    """The window of a period, on each day on which the text may have had its number.

    A period that was over is looked at as known on the day of the text. One that was running is
    looked at up to, and as known on, each of the days before the text, the latest first, and then
    the text's own day, of which hardly any list knows yet.
    """
    if not runs(period, written_on):
        return [Window(period.first, period.last, written_on)]
    known = [written_on - timedelta(days=back) for back in (*range(1, NEIGHBOURING + 1), 0)]
    return [
        Window(period.first, min(period.last, day), day)
        for day in known
        if min(period.last, day) >= period.first
    ]


def facts(measure: Measure, places: Sequence[str], asked: Sequence[Window], basis: Basis) -> Looked:
    """Every fact for a measure in a place, or in several places together."""
    looked = [as_known(measure, places, one, basis) for one in asked]
    found = dict.fromkeys(fact for one in looked for fact in one.facts)
    reasons = dict.fromkeys(reason for one in looked for reason in one.reasons)
    return Looked(tuple(found), tuple(reasons))


def as_known(measure: Measure, places: Sequence[str], window: Window, basis: Basis) -> Looked:
    """The facts of one window as known on one day."""
    looked = [basis.answers.figures(measure, place, window) for place in places]
    reasons = tuple(reason for one in looked for reason in one.reasons)
    return Looked(tuple(together([one.facts for one in looked])), reasons)


def together(by_place: Sequence[Sequence[Fact]]) -> list[Fact]:
    """Facts of one place as they are; of several, their sums.

    What is added up is of one kind: statements about cities with each other, counts with counts.
    """
    if len(by_place) == 1:
        return list(by_place[0])
    made = []
    for counted in (False, True):
        kinds = [[one for one in each if one.is_count == counted] for each in by_place]
        made += [_sum(one) for one in product(*(kind[:1] for kind in kinds))]
    return made


def _sum(parts: Sequence[Fact]) -> Fact:
    return replace(
        parts[0],
        place="+".join(one.place for one in parts),
        count=sum(one.count for one in parts),
        rule=" + ".join(dict.fromkeys(one.rule for one in parts)),
        title=" + ".join(f"{one.count:,}: {one.title}" for one in parts),
        vintage=" + ".join(dict.fromkeys(filter(None, (one.vintage for one in parts)))),
        later=any(one.later for one in parts),
    )


def by_rule(found: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Facts by their rule, in the order in which they were looked at."""
    groups: dict[str, list[Fact]] = {}
    for one in found:
        groups.setdefault(one.rule, []).append(one)
    return groups


def earlier(period: Period) -> Period:
    """The same dates a year earlier."""
    return Period(_year_before(period.first), _year_before(period.last), "", period.to_date)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)
