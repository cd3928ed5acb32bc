"""What ``headstamp traces`` prints of tables of traces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headstamp.formats.trace_tables.current import Conflict
    from headstamp.formats.trace_tables.importing import Imported
    from headstamp.tracing.indicators import Indicator, Kind
    from headstamp.tracing.networks import Network

SHOWN = 5

ALONE = "Each sign stands by itself; a trace is no sign that a dealer or a purchaser did wrong."


def imported_lines(made: Imported, file_name: str, place: Path) -> Iterator[str]:
    """What became of a file."""
    batch = made.batch
    if not made.is_new:
        yield f"{file_name}: was imported already, as {batch.id}; nothing was done."
        return
    yield (
        f"{batch.rows:,} traces of guns recovered from {batch.first} to {batch.last}; "
        f"{batch.rejected:,} rows set aside, {made.doubtful:,} kept with a doubt."
    )
    for fault in made.faults:
        yield f"  {fault}"
    if made.absent:
        yield f"  It has no column for {', '.join(made.absent)}."
    yield f"Kept in {place}."


def conflict_lines(number: int, found: Sequence[Conflict]) -> Iterator[str]:
    """Traces with different results."""
    if not number:
        yield "No trace is there with different results."
        return
    traces = "One trace is" if number == 1 else f"{number:,} traces are"
    yield f"{traces} there with different results; the last is counted:"
    for one in found:
        said = "; ".join(f"{each.says or 'nothing'} (row {each.row} of {each.batch})"
                         for each in one.versions)  # fmt: skip
        yield f"  {one.trace}, {one.field}: {said}"
    if number > len({one.trace for one in found}):
        yield "  All of them: headstamp traces conflicts"


def indicator_lines(found: dict[Kind, list[Indicator]], traces: int) -> Iterator[str]:
    """Signs by kind, the first of each."""
    from headstamp.reports.trace_wording import MARKING

    yield f"{MARKING}."
    yield f"Of {traces:,} traces:"
    for kind, signs in found.items():
        raised = len({one for sign in signs for one in sign.traces})
        yield f"  {kind}: {len(signs):,} signs, raised by {raised:,} traces"
        for sign in signs[:SHOWN]:
            ids = ", ".join(sign.traces[:SHOWN])
            more = f" and {len(sign.traces) - SHOWN} more" if len(sign.traces) > SHOWN else ""
            yield f"    {ids}{more}: {sign.because}"
        if len(signs) > SHOWN:
            yield f"    and {len(signs) - SHOWN:,} more (all with --json)"
    yield ALONE


def network_lines(found: Sequence[Network], traces: int) -> Iterator[str]:
    """Networks, the largest first."""
    from headstamp.reports.trace_wording import MARKING

    yield f"{MARKING}."
    guns = sum(len(one.guns) for one in found)
    yield f"Of {traces:,} traces: {len(found):,} networks of {guns:,} guns"
    for one in found[:SHOWN]:
        yield f"  {len(one.guns)} guns:"
        for edge in one.edges[: 2 * SHOWN]:
            yield f"    {edge.one} - {edge.other}: {edge.reason}, {edge.record}"
        if len(one.edges) > 2 * SHOWN:
            yield f"    and {len(one.edges) - 2 * SHOWN:,} more reasons"
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN:,} more (all with --json)"
    yield ALONE
