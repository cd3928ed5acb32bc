"""The results in somebody's reach as columns of numbers, with the people they may read alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet

from headstamp.formats.trace_tables.jurisdictions import Place, place_of
from headstamp.tracing.columns import Traces
from headstamp.tracing.records import Trace
from headstamp.tracing.time_to_crime import PartialDate
from headstamp.web.accounts.models import User
from headstamp.web.lists.indexed import there_is
from headstamp.web.traces.models import TracePeople, TraceResult
from headstamp.web.traces.queries import last_results, people

READ: Final = (
    *("id", "gun", "recovered_first", "recovered_last", "sold_first", "sold_last", "type"),
    *("calibre", "category", "serial_status", "recovery_state", "recovery_city"),
    *("recovery_county", "dealer_key", "dealer", "dealer_city", "dealer_state", "licence"),
    *("possessor_age", "purchaser_is_possessor", "multiple_sale", "theft_report", "status"),
    *("recovery_latitude", "recovery_longitude", "dealer_latitude", "dealer_longitude"),
    "trace_number",
)
"""What is read of a result; a table may have a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which traces are wanted.

    Parameters
    ----------
    jurisdiction : str
        As ``formats.trace_tables.jurisdictions`` has it; ``all`` for every place.
    first, last : date or None
        Days of recovery; without one there is no limit.
    """

    jurisdiction: str = "all"
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Traces, each once, and what is to be known about them.

    Parameters
    ----------
    traces : Traces
        Ids are those of results.
    numbers : dict
        The number of the trace of each id.
    dealers : dict
        What a dealer's key stands for, in words.
    straddling : int
        Traces of the place whose partial date of recovery lies in the period, or not.
    conflicts : int
        Those of these traces that have another result beside the one that counts.
    without_people : int
        Those whose purchaser and possessor the reader may not read.
    """

    traces: Traces
    numbers: dict[str, str]
    dealers: dict[str, str]
    straddling: int
    conflicts: int
    without_people: int


def load(user: User, asked: Asked, *, with_people: bool = False) -> Loaded:
    """Load the results in reach that are asked for.

    Parameters
    ----------
    with_people : bool
        Whether purchasers and possessors are told apart, where the reader may read them; a count
        needs only to know whether there is one, and each is then named ``+``.
    """
    found = _in_period(last_results(user).order_by(), asked)
    place = place_of(asked.jurisdiction)
    rows = [row for row in found.values(*READ) if _is_there(row, place)]
    inside = [row for row in rows if _is_within(row, asked)]
    keys, hidden = _people(user, found, with_people)
    return Loaded(
        Traces.of([_trace(row, keys) for row in inside]),
        {str(row["id"]): row["trace_number"] for row in inside},
        dict(_dealers(inside)),
        len(rows) - len(inside),
        _conflicts({row["id"] for row in inside}) if inside else 0,
        sum(row["id"] in hidden for row in inside),
    )


def _in_period(found: QuerySet[TraceResult], asked: Asked) -> QuerySet[TraceResult]:
    """Results whose recovery may lie in the period."""
    if asked.first:
        found = found.filter(recovered_last__gte=asked.first)
    if asked.last:
        found = found.filter(recovered_first__lte=asked.last)
    return found


def _is_within(row: dict[str, Any], asked: Asked) -> bool:
    """Whether the recovery lies in the period, whatever of its date is known."""
    return not (
        (asked.first and row["recovered_first"] < asked.first)
        or (asked.last and row["recovered_last"] > asked.last)
    )


def _is_there(row: dict[str, Any], place: Place) -> bool:
    return (
        (not place.state or row["recovery_state"] == place.state)
        and (not place.county or _plain(row["recovery_county"]) == _plain(place.county))
        and (not place.city or _plain(row["recovery_city"]) == _plain(place.city))
    )


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


Keys = dict[Any, tuple[str, str]]


def _people(user: User, found: QuerySet[TraceResult], with_people: bool) -> tuple[Keys, set[Any]]:
    """Keys by result, and the results whose people the reader may not read.

    That somebody is known is no secret, who it is is one: counts need the first alone.
    """
    every = TracePeople.objects.filter(result__in=found)
    if not with_people:
        rows = every.values_list("pk", "purchaser", "possessor")
        return {pk: ("+" * bool(one), "+" * bool(other)) for pk, one, other in rows}, set()
    read = people(user).filter(result__in=found)
    keys = {pk: (a, b) for pk, a, b in read.values_list("pk", "purchaser", "possessor")}
    named = every.exclude(purchaser="", possessor="").values_list("pk", flat=True)
    return keys, set(named) - set(keys)


def _trace(row: dict[str, Any], keys: Keys) -> Trace:
    purchaser, possessor = keys.get(row["id"], ("", ""))
    return Trace(
        id=str(row["id"]),
        recovered=PartialDate(row["recovered_first"], row["recovered_last"]),
        sold=PartialDate(row["sold_first"], row["sold_last"]) if row["sold_first"] else None,
        gun=row["gun"],
        type=row["type"],
        calibre=row["calibre"],
        category=row["category"],
        serial_status=row["serial_status"],
        recovery_state=row["recovery_state"],
        dealer=row["dealer_key"],
        dealer_state=row["dealer_state"],
        purchaser=purchaser,
        possessor=possessor,
        possessor_age=row["possessor_age"],
        purchaser_is_possessor=row["purchaser_is_possessor"],
        multiple_sale=row["multiple_sale"],
        theft_report=row["theft_report"],
        status=row["status"],
        recovered_at=_point(row, "recovery"),
        sold_at=_point(row, "dealer"),
    )


def _point(row: dict[str, Any], whose: str) -> tuple[float, float] | None:
    latitude, longitude = row[f"{whose}_latitude"], row[f"{whose}_longitude"]
    return None if latitude is None or longitude is None else (latitude, longitude)


def _dealers(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for row in rows:
        if key := row["dealer_key"]:
            licence = f"licence {row['licence']}" if row["licence"] else ""
            parts = (
                row["dealer"] or "name not known",
                *(row["dealer_city"], row["dealer_state"], licence),
            )
            yield key, ", ".join(filter(None, parts))


def _conflicts(ids: set[Any]) -> int:
    """Those of some results that are not the only one of their trace."""
    earlier = TraceResult.objects.filter(
        agency=OuterRef("agency"),
        trace_number=OuterRef("trace_number"),
        is_last=False,
        withdrawn_at=None,
    )
    disputed = TraceResult.objects.filter(there_is(earlier), is_last=True)
    return len(ids.intersection(disputed.values_list("pk", flat=True)))


def places(user: User, most: int = 8) -> list[str]:
    """Cities that most results in reach are of."""
    found = last_results(user).filter(~Q(recovery_city="")).order_by()
    counted = found.values("recovery_city", "recovery_state").annotate(guns=Count("pk"))
    rows = counted.order_by("-guns", "recovery_city")[:most]
    return [", ".join(filter(None, (one["recovery_city"], one["recovery_state"]))) for one in rows]
