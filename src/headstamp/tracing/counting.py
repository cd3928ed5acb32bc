"""The tables of a gun trace report, counted from traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.tracing.bases import Base, BaseName
from headstamp.tracing.columns import Coded, Traces, Truths
from headstamp.tracing.dealers import gini
from headstamp.tracing.records import FINISHED
from headstamp.tracing.report import TOP_DEALERS, TOP_KINDS, TOP_STATES, Row, Table
from headstamp.tracing.states import name_of
from headstamp.tracing.time_to_crime import BUCKETS, Measured
from headstamp.tracing.times import Times, times

AGES: Final = (
    ("17 and under", 0, 17), ("18 to 21", 18, 21), ("22 to 24", 22, 24), ("25 to 30", 25, 30),
    ("31 to 40", 31, 40), ("41 to 50", 41, 50), ("over 50", 51, 999),
)  # fmt: skip
"""The bands of ATF's yearly state reports."""

NOT_STATED: Final = "not stated"


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """How far each trace came: each stage is a part of the one before, but the last three.

    Parameters
    ----------
    submitted, traced, purchaser, dealer, source_state, dated : bool (traces,)
    """

    submitted: Truths
    traced: Truths
    purchaser: Truths
    dealer: Truths
    source_state: Truths
    dated: Truths


def stages(traces: Traces, time: Times) -> Stages:
    """How far each trace came.

    Drafts and cancelled requests were not submitted. Traced is what has ended; a trace without a
    status is taken to have ended when it has any result.
    """
    submitted = ~traces.status.equals("draft", "cancelled")
    answered = traces.purchaser_is_possessor.equals("yes", "no")
    result = traces.dealer.known | traces.dealer_state.known | traces.purchaser.known | answered
    result |= ~np.isnat(traces.sold_first)
    ended = traces.status.equals(*FINISHED) | (~traces.status.known & result)
    traced = submitted & ended
    to_purchaser = traces.status.equals("completed_to_purchaser")
    return Stages(
        submitted,
        traced,
        traced & (to_purchaser | traces.purchaser.known | answered),
        traced & traces.dealer.known,
        traced & traces.dealer_state.known,
        traced & time.dated,
    )


def tables(
    traces: Traces,
    dealers: dict[str, str],
    recovered: int | None = None,
    measured: Measured = "calendar",
) -> tuple[Table, ...]:
    """Every table of a report.

    Parameters
    ----------
    traces : Traces
        Of the jurisdiction and the period.
    dealers : dict
        What a dealer's key stands for.
    recovered : int, optional
        Guns recovered there and then, submitted for tracing or not, where it is known.
    measured : str
        Of time-to-crime.

    Raises
    ------
    ValueError
        If fewer guns were recovered than submitted.
    """
    time = times(traces, measured)
    found = stages(traces, time)
    all_of_them = () if recovered is None else (Base("recovered", recovered),)
    if recovered is not None and recovered < found.submitted.sum():
        raise ValueError(
            f"{recovered:,} guns recovered are fewer than the {found.submitted.sum():,} submitted"
        )
    submitted = (_base("submitted", found.submitted), *all_of_them)
    by_state = (_base("source_state_identified", found.source_state), *all_of_them)
    by_dealer = (_base("dealer_identified", found.dealer), *all_of_them)
    return (
        _how_far(found, submitted),
        Table("years", "Guns by year of recovery", submitted[:1],
              _years(traces, found.submitted), in_order=True),
        Table("types", "Types", submitted, _kinds(traces.type, found.submitted)),
        Table("calibres", "Calibres", submitted[:1], _kinds(traces.calibre, found.submitted)),
        Table("categories", "Crimes", submitted[:1], _kinds(traces.category, found.submitted)),
        Table("source_states", "States of the first sale", by_state,
              _most(_named(traces.dealer_state, found.source_state, name_of), TOP_STATES,
                    "other states")),
        Table("dealers", "Dealers", by_dealer,
              _most(_named(traces.dealer, found.dealer, lambda key: dealers.get(key, key)),
                    TOP_DEALERS, "all other dealers"), (_concentration(traces, found.dealer),)),
        _times(found, time, measured),
        _ages(traces, found.submitted),
        _possessors(traces, found.purchaser),
    )  # fmt: skip


def _base(name: BaseName, where: Truths) -> Base:
    return Base(name, int(where.sum()))


def _how_far(found: Stages, bases: tuple[Base, ...]) -> Table:
    rows = (
        ("submitted for tracing", found.submitted), ("traced", found.traced),
        ("purchaser identified", found.purchaser), ("dealer identified", found.dealer),
        ("source state identified", found.source_state),
        ("dated: first sale and recovery", found.dated),
    )  # fmt: skip
    counted = tuple(Row(label, int(where.sum())) for label, where in rows)
    return Table("bases", "How far the traces came", bases, counted, adds_up=False, in_order=True)


def _years(traces: Traces, where: Truths) -> tuple[Row, ...]:
    first = traces.recovered_first[where].astype("datetime64[Y]").astype(np.int64) + 1970
    last = traces.recovered_last[where].astype("datetime64[Y]").astype(np.int64) + 1970
    years, counts = np.unique(first[first == last], return_counts=True)
    rows = [Row(str(year), int(count)) for year, count in zip(years, counts, strict=True)]
    unknown = int((first != last).sum())
    return (*rows, *([Row("year not known", unknown)] if unknown else []))


def _counts(column: Coded, where: Truths) -> NDArray[np.int64]:
    codes = column.codes[where]
    return np.bincount(codes[codes >= 0], minlength=len(column.names))


def _named(column: Coded, where: Truths, named: Callable[[str], str] = str) -> list[Row]:
    counts = _counts(column, where).tolist()
    return [Row(named(name), n) for name, n in zip(column.names, counts, strict=True) if n]


def _kinds(column: Coded, where: Truths) -> tuple[Row, ...]:
    *rows, others = _most(_named(column, where), TOP_KINDS, "others")
    missing = Row(NOT_STATED, int((where & ~column.known).sum()))
    return (*rows, *(row for row in (others, missing) if row.count))


def _most(rows: list[Row], top: int, others: str) -> tuple[Row, ...]:
    """The largest rows, then the rest in one."""
    ordered = sorted(rows, key=lambda row: (-(row.count or 0), row.label))
    rest = sum(row.count or 0 for row in ordered[top:])
    return (*ordered[:top], Row(others, rest))


def _concentration(traces: Traces, where: Truths) -> str:
    counts = _counts(traces.dealer, where)
    with_a_trace = counts[counts > 0]
    if not with_a_trace.size:
        return "No dealer was identified."
    return (
        f"{with_a_trace.size:,} dealers have a trace; Gini coefficient over them "
        f"{gini(with_a_trace.tolist()):.2f}. A large shop sells many guns, and has many traces."
    )


def _times(found: Stages, time: Times, measured: Measured) -> Table:
    dated, open_ended = found.dated, time.first_bucket != time.last_bucket
    closed = np.bincount(time.first_bucket[dated & ~open_ended], minlength=len(BUCKETS))
    rows = [Row(label, int(count)) for label, count in zip(BUCKETS, closed, strict=True)]
    between = int((dated & open_ended).sum())
    exact = time.days[dated & time.exact]
    notes = [f"A year is {'a calendar year' if measured == 'calendar' else '365 days'}."]
    if exact.size >= 5:
        notes.append(
            f"Of {exact.size:,} exact times the mean is {exact.mean():,.0f} days, the median "
            f"{np.median(exact):,.0f}."
        )
    return Table(
        "time_to_crime", "Time from the first sale to the recovery",
        (_base("dated", dated),),
        (*rows, *([Row("left open by a partial date", between)] if between else [])),
        tuple(notes), in_order=True,
    )  # fmt: skip


def _ages(traces: Traces, where: Truths) -> Table:
    ages = np.floor(traces.possessor_age[where & ~np.isnan(traces.possessor_age)])
    rows = tuple(
        Row(label, int(((ages >= low) & (ages <= high)).sum())) for label, low, high in AGES
    )
    base = Base("possessor_age_known", len(ages))
    return Table("ages", "Age of the possessor", (base,), rows, in_order=True)


def _possessors(traces: Traces, where: Truths) -> Table:
    answer = traces.purchaser_is_possessor
    same, other = (int((where & answer.equals(word)).sum()) for word in ("yes", "no"))
    rows = (
        Row("the purchaser", same),
        Row("another person", other),
        Row("not known", int(where.sum()) - same - other),
    )
    return Table("possessors", "Who had the gun", (_base("purchaser_identified", where),), rows,
                 in_order=True)  # fmt: skip
