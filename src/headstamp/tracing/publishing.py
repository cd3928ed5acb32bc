"""The public edition of a report: aggregates without names, and without small cells."""

from __future__ import annotations

from dataclasses import replace

from headstamp.tracing.report import Row, Table, TraceReport
from headstamp.tracing.small_cells import SMALLEST, hidden


def published(report: TraceReport) -> TraceReport:
    """A report as everybody may read it.

    Dealers are counted together and never named; numbers from 1 to 4 are left out, with as many
    others as it takes to keep them unknown; the names of the files are left out.

    Parameters
    ----------
    report : TraceReport
    """
    return replace(
        report,
        edition="public",
        tables=tuple(_published(table) for table in report.tables),
        sources=tuple(("", retrieved, sha256) for _, retrieved, sha256 in report.sources),
    )


def _published(table: Table) -> Table:
    if 0 < table.bases[0].count < SMALLEST:
        return _withheld(table, f"Fewer than {SMALLEST} guns are in this table")
    named = table
    if table.key == "dealers":
        *dealers, _ = table.rows
        if 0 < len(dealers) < SMALLEST:
            return _withheld(table, f"Fewer than {SMALLEST} dealers are in this table")
        named = _together(table)
    if not named.adds_up:
        return replace(named, rows=tuple(_alone(row) for row in named.rows))
    counts = [row.count or 0 for row in named.rows]
    rows = [
        replace(row, count=None) if is_out else row
        for row, is_out in zip(named.rows, hidden(counts), strict=True)
    ]
    # Where rows stand by their size, the place of one that is left out would give its size away.
    if not named.in_order:
        rows.sort(key=lambda row: (row.count is None, "" if row.count is not None else row.label))
    return replace(named, rows=tuple(rows))


def _withheld(table: Table, reason: str) -> Table:
    note = f"{reason}: it is not published."
    return replace(table, rows=(), notes=(note,), is_withheld=True, bases=())


def _together(table: Table) -> Table:
    """The dealers with most traces in one row."""
    *named, others = table.rows
    together = Row(
        f"The {len(named)} dealers with most traces, together",
        sum(row.count or 0 for row in named),
    )
    rows = (together, others) if named else (others,)
    return replace(table, rows=rows, in_order=True)


def _alone(row: Row) -> Row:
    return replace(row, count=None) if row.count and row.count < SMALLEST else row
