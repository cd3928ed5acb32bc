"""The reporting delay of a list, from its vintages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.choosing import Applied, relation
from headstamp.incidents.delays import Completeness, completeness, growths, listed_shares
from headstamp.incidents.records import Vintage
from headstamp.incidents.rule_sql import days_sql
from headstamp.incidents.windows import Window

MOST: Final = 60
"""Vintages that are looked at, the newest."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """What a list holds day by day, and how much of each recent day it can be expected to hold.

    Parameters
    ----------
    retrieved : date
    counts : mapping
        Events a day in the vintage that is counted.
    shares : mapping
        By age of the day in days; empty where it cannot be told.
    """

    retrieved: date
    counts: Mapping[date, int]
    shares: Mapping[int, float]

    @classmethod
    def of(
        cls,
        database: Any,
        data: Path,
        applied: Applied,
        there: Sequence[Vintage],
        known_on: str,
    ) -> Lateness:
        """Of the list a rule counts in; nothing that was retrieved later is used.

        A rule that knows when each record became known is not estimated: it is replayed.
        """
        rule, counted = applied.rule, applied.counted
        retrieved = date.fromisoformat(counted.day)
        earlier = [one for one in there if one.schema == counted.schema and one.day <= counted.day]
        if rule.known_by or len({one.day for one in earlier}) < 2:
            return cls(retrieved, {}, {})
        usable = [one for one in earlier if set(counted.fields) <= set(one.fields)][-MOST:]
        daily = []
        for one in usable:
            relations = {**applied.relations(data), rule.schema: relation(data, one)}
            rows = database.execute(days_sql(rule, relations, known_on)).fetchall()
            daily.append((date.fromisoformat(one.day), {day: number for _, day, number in rows}))
        return cls(retrieved, daily[-1][1], listed_shares(growths(daily)))

    def of_window(self, one: Window) -> Completeness | None:
        """How much of a window's events is listed; None where it cannot be told."""
        return completeness(one, self.retrieved, self.counts, self.shares)
