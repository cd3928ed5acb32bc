"""What became of an imported list, and what changed between two, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.differences import Difference
    from headstamp.formats.incident_lists.importing import Imported
    from headstamp.incidents.records import Vintage


def imported(made: Imported, file_name: str, place: Path) -> Iterator[str]:
    """What was kept, what was set aside and why."""
    one = made.vintage
    if not made.is_new:
        yield f"{file_name}: is kept already, as {one.id} of {one.schema}."
        return
    yield f"{one.schema}: {one.rows:,} rows from {one.first} to {one.last}, kept in {place}."
    if one.rejected:
        yield f"{one.rejected:,} rows are set aside in {place / 'rejected.csv'}."
    if made.doubtful:
        yield f"{made.doubtful:,} rows are kept without a value that could not be read."
    if made.repeated:
        yield (
            f"{made.repeated:,} rows say what an earlier row says: "
            + (
                "they are set aside."
                if "victim" in one.fields
                else "they are kept, since the list does not number its rows."
            )
        )
    if made.absent:
        yield f"The file has no column for: {', '.join(made.absent)}."
    yield from (f"  {fault}" for fault in made.faults)


def changed(found: Iterable[Difference], earlier: Vintage, later: Vintage) -> Iterator[str]:
    """Each row that differs, and how many do."""
    counts = {"added": 0, "changed": 0, "removed": 0}
    for each in found:
        counts[each.kind] += 1
        yield f"{each.kind:<8} {each.key:<10} {_said(each.before, each.after)}"
    numbers = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
    yield f"{earlier.rows:,} rows became {later.rows:,}: {numbers}."


def _said(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if before and after:
        return "; ".join(f"{name}: {before[name]!r} became {after[name]!r}" for name in after)
    return ", ".join(str(value) for value in (after or before).values())
