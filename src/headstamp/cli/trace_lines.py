"""What ``headstamp traces`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headstamp.formats.trace_workbooks.reading import TraceWorkbook
    from headstamp.tracing.flows import SourceRecoveryMatrix

SHOWN = 15
"""Source states in a printed table, as in ATF's yearly reports; JSON has them all."""

DISCLAIMER = (
    "Not every crime gun is recovered, and not every recovered gun is traced; traced guns are no "
    "random sample, and a trace is no sign that a dealer or a purchaser did wrong."
)


def read_lines(made: Sequence[TraceWorkbook], into: Path) -> Iterator[str]:
    """Each workbook, and what in it does not add up."""
    for one in made:
        sources, recoveries = one.matrix.counts.shape
        yield (
            f"{one.matrix.year}: {one.matrix.counts.sum():,} guns, {sources} sources by "
            f"{recoveries} places of recovery ({one.file_name}); "
            + (f"{len(one.problems)} cells do not add up:" if one.problems else "all adds up.")
        )
        for problem in one.problems:
            should = "" if problem.should_say is None else f", should say {problem.should_say:,}"
            yield f"  {problem.cell} says {problem.says}{should} ({problem.reason})"
        for note in one.notes:
            yield f"  Note: {note}"
    yield f"Kept in {into}."


def flow_rows(matrix: SourceRecoveryMatrix, state: str, *, sold: bool) -> dict[str, Any]:
    """The flows of one year for scripts; of all states where none is given.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    state : str
        Code; empty for all.
    sold : bool
        Whether the guns sold there are meant, else those recovered there.
    """
    from headstamp.tracing.flows import destinations_of, sources_of

    if not state:
        return {"year": matrix.year, "base": int(matrix.counts.sum()), "states": _states(matrix)}
    found = destinations_of(matrix, state) if sold else sources_of(matrix, state)
    base = matrix.sold_in(state) if sold else matrix.recovered_in(state)
    return {
        "year": matrix.year,
        "sold_in" if sold else "recovered_in": state,
        "base": base.count,
        "base_name": base.name,
        "destinations" if sold else "sources": [
            {
                "state": flow.recovery if sold else flow.source,
                "count": flow.share.part,
                "share": flow.share.value,
                "interval": list(flow.share.interval),
            }
            for flow in found
        ],
        **_balance(matrix, state),
    }


def _states(matrix: SourceRecoveryMatrix) -> list[dict[str, Any]]:
    names = dict.fromkeys([*matrix.recoveries, *matrix.sources])
    return [
        {"state": one, "base": matrix.recovered_in(one).count, **_balance(matrix, one)}
        for one in names
    ]


def _balance(matrix: SourceRecoveryMatrix, state: str) -> dict[str, Any]:
    from headstamp.tracing.flows import net_import, out_of_state

    share, net = out_of_state(matrix, state), net_import(matrix, state)
    return {
        "out_of_state": {
            "count": share.part, "share": share.value, "interval": list(share.interval),
        },
        "net_import": {
            "imported": net.imported, "exported": net.exported, "net": net.net,
            "interval": list(net.interval),
        },
    }  # fmt: skip


def flow_lines(rows: dict[str, Any]) -> Iterator[str]:
    """The same as a table."""
    if "states" in rows:
        yield from _all_states(rows)
        return
    sold = "sold_in" in rows
    state = rows["sold_in"] if sold else rows["recovered_in"]
    what = "first sold" if sold else "recovered"
    yield f"{rows['year']}: of {rows['base']:,} guns {what} in {state} whose source state is known"
    flows = rows["destinations"] if sold else rows["sources"]
    done = "recovered" if sold else "sold"
    for one in flows[:SHOWN]:
        low, high = (100 * end for end in one["interval"])
        yield (
            f"  {one['state']:4}{one['count']:8,}  {100 * one['share']:5.1f} %  "
            f"({low:.1f} to {high:.1f})  {done} there"
        )
    if len(flows) > SHOWN:
        rest = sum(one["count"] for one in flows[SHOWN:])
        yield f"  and {rest:,} in {len(flows) - SHOWN} others (all with --json)"
    yield from _balance_lines(rows)
    yield DISCLAIMER


def _balance_lines(rows: dict[str, Any]) -> Iterator[str]:
    net = rows["net_import"]
    low, high = net["interval"]
    yield (
        f"  {net['imported']:,} came in from other states, {net['exported']:,} left for others: "
        f"{net['net']:+,} ({low:+,.0f} to {high:+,.0f})"
    )


def _all_states(rows: dict[str, Any]) -> Iterator[str]:
    yield f"{rows['year']}: {rows['base']:,} guns whose source state is known"
    yield "  state  recovered  from elsewhere             in less out"
    for one in rows["states"]:
        share, net = one["out_of_state"], one["net_import"]
        low, high = net["interval"]
        part = f"{100 * share['share']:.1f} %" if one["base"] else "-"
        yield (
            f"  {one['state']:5}{one['base']:11,}{share['count']:9,} = {part:>7}"
            f"{net['net']:+15,} ({low:+,.0f} to {high:+,.0f})"
        )
    yield DISCLAIMER
