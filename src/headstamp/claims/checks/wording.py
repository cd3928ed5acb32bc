"""The sentences of a finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from headstamp.claims.answers import Answers, Fact
from headstamp.claims.claim import Measure, Period, Quantity

NOUNS: Final[dict[Measure, str]] = {
    "murders": "murders",
    "shooting_incidents": "shooting incidents",
    "shooting_victims": "people shot",
    "fatal_shooting_victims": "people shot and killed",
    "nonfatal_shooting_victims": "people shot and wounded",
    "population": "inhabitants",
    "other": "events",
}
_ONE: Final[dict[Measure, str]] = {
    "murders": "murder",
    "shooting_incidents": "shooting incident",
    "shooting_victims": "person shot",
    "fatal_shooting_victims": "person shot and killed",
    "nonfatal_shooting_victims": "person shot and wounded",
}
_MOST_SAID: Final = 40


def on(day: date) -> str:
    """A day in words: ``29 June 2017``."""
    return f"{day.day} {day:%B} {day.year}"


def time(first: date, last: date) -> str:
    """A window in words, with its preposition."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        return f"in {years}"
    if first == last:
        return f"on {on(first)}"
    begin = f"{first.day} {first:%B}" if first.year == last.year else on(first)
    return f"from {begin} to {on(last)}"


def number(value: float) -> str:
    """A count with thousands separators."""
    return f"{value:,.0f}"


def said(quantity: Quantity) -> str:
    """The number as it was said, shortened where it is very long."""
    words = quantity.said
    return words if len(words) <= _MOST_SAID else f"{words[:_MOST_SAID]}…"


def counted(count: int, measure: Measure) -> str:
    """``1 murder``, ``320 murders``."""
    noun = _ONE.get(measure) if count == 1 else None
    return f"{number(count)} {noun or NOUNS[measure]}"


def counted_at(fact: Fact) -> str:
    """``322 from 1 January to 29 June 2016``."""
    return f"{number(fact.count)} {time(fact.first, fact.last)}"


def statement(fact: Fact, answers: Answers) -> str:
    """What a fact says, as the beginning of a sentence."""
    where = answers.name(fact.place)
    if fact.measure == "population":
        return f"{where} had {number(fact.count)} inhabitants {time(fact.first, fact.last)}"
    return f"{where} had {counted(fact.count, fact.measure)} {time(fact.first, fact.last)}"


def base(fact: Fact) -> str:
    """What a fact rests on, in brackets."""
    if not fact.vintage:
        return f"({fact.title})"
    known = f"as known on {on(date.fromisoformat(fact.known_on))}"
    late = "; no list of an earlier day is at hand" if fact.later else ""
    return f"({fact.title}, rule {fact.rule}, {known}{late})"


def full(fact: Fact, answers: Answers) -> str:
    """A sentence with its base."""
    return f"{statement(fact, answers)} {base(fact)}."


def others(facts: Iterable[Fact]) -> str:
    """The numbers of further rules, in one sentence; empty without any."""
    parts = [f"{number(one.count)} ({one.title})" for one in facts]
    return f"By other rules: {'; '.join(parts)}." if parts else ""


def percent(change: float) -> str:
    """``12.0 % fewer``."""
    if abs(change) < 0.05:
        return "the same number"
    return f"{abs(change):.1f} % {'more' if change > 0 else 'fewer'}"


def when(period: Period) -> str:
    """A period in words."""
    return time(period.first, period.last)
