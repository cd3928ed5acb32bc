"""Figures as lines of text, with all that must stand beside each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headstamp.incidents.figures import Against, Figure


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """Each rule with its figures, the list they come from and its remarks."""
    for _, group in groupby(figures, key=lambda one: one.rule.name):
        yield from _of_rule(list(group))


def _of_rule(figures: Sequence[Figure]) -> Iterator[str]:
    first = figures[0]
    yield f"{first.rule.title} ({first.rule.unit})"
    for one in figures:
        yield f"  {_area(one)}{one.period.replace('_', ' ')}, {_dates(one)}: {_count(one)}"
        if one.count is not None:
            yield from (f"    {_against(each)}" for each in one.against)
    yield (
        f"  Rule {first.rule.name} v{first.rule.version}; as known on {first.known_on}; list "
        f"{first.vintage.id} ({first.vintage.file_name})."
    )
    for text in dict.fromkeys(text for one in figures for text in one.remarks):
        of = dict.fromkeys(one.period.replace("_", " ") for one in figures if text in one.remarks)
        whole = len(of) == len({one.period for one in figures})
        yield f"  {'' if whole else ', '.join(of) + ': '}{text}"
    yield ""


def _area(one: Figure) -> str:
    return f"{one.area}, " if one.area else ""


def _dates(one: Figure) -> str:
    return f"{one.window.first} to {one.window.last}"


def _count(one: Figure) -> str:
    if one.count is None:
        return f"not known, {one.against[0].reason}"
    low, high = one.interval
    said = f"{one.count:,} ({low:,.0f} to {high:,.0f})"
    if one.rate is not None:
        low, high = one.rate.interval
        said += f", {one.rate.value:.1f} per 100,000 ({low:.1f} to {high:.1f})"
    return said


def _against(one: Against) -> str:
    name = one.name.replace("_", " ")
    found = one.comparison
    if found is None:
        return f"{name:<15} {one.wording}"
    if not found.now and not found.then:
        return f"{name:<15} {0:>8}  none then and none now: {one.wording}"
    then = f"{found.then / len(one.windows):,.1f}".removesuffix(".0")
    change = f"{found.percent_change:+.1f} %" if isfinite(found.ratio) else ""
    ends = [f"{end:+.1f} %" if isfinite(end) else "no limit" for end in found.percent_interval]
    return (
        f"{name:<15} {then:>8}  {change:>8}  ({' to '.join(ends)}; {_p(found.p_value)})  "
        f"{one.wording}"
    )


def _p(value: float) -> str:
    return "p < 0.0001" if value < 0.0001 else f"p {value:.2g}"
