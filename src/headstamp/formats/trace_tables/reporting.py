"""The gun trace report of a folder of trace tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_tables.loading import Asked, Loaded, load
from headstamp.tracing.counting import tables
from headstamp.tracing.publishing import published
from headstamp.tracing.report import Edition, TraceReport
from headstamp.tracing.small_cells import spoken
from headstamp.tracing.time_to_crime import Measured


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report is wanted.

    Parameters
    ----------
    jurisdiction : str
    first, last : date
        Of the period of recovery, both included.
    edition : str
    recovered : int or None
        Guns recovered there and then, where it is known: many are never submitted for tracing.
    measured : str
        Of time-to-crime.
    """

    jurisdiction: str
    first: date
    last: date
    edition: Edition = "public"
    recovered: int | None = None
    measured: Measured = "calendar"


def trace_report(data: Path, wanted: Wanted) -> TraceReport:
    """Count the tables of a report.

    Raises
    ------
    UnreadableTableError
        If there is no table or no trace of the place, or the numbers cannot be.
    """
    if wanted.last < wanted.first:
        raise UnreadableTableError(
            f"{wanted.first} to {wanted.last}: is no period; give the earlier day with --from"
        )
    asked = Asked(wanted.jurisdiction, wanted.first, wanted.last)
    loaded = load(data, asked, with_keys=False)
    try:
        counted = tables(loaded.traces, loaded.dealers, wanted.recovered, wanted.measured)
    except ValueError as error:
        raise UnreadableTableError(f"--recovered {wanted.recovered}: {error}") from error
    report = TraceReport(
        wanted.jurisdiction,
        wanted.first,
        wanted.last,
        "internal",
        counted,
        tuple(_notes(loaded, is_public=wanted.edition == "public")),
        tuple((one.file_name, one.retrieved[:10], one.sha256) for one in loaded.batches),
    )
    return published(report) if wanted.edition == "public" else report


def _notes(loaded: Loaded, *, is_public: bool) -> list[str]:
    notes = []
    if loaded.conflicts:
        notes.append(
            f"{_number(loaded.conflicts, is_public=is_public)} in these tables more than once with "
            "different results; the result imported last is counted."
        )
    if loaded.straddling:
        notes.append(
            f"{_number(loaded.straddling, is_public=is_public)} of the place not counted: of the "
            "day of recovery only the month or the year is known, which reaches beyond the period."
        )
    return notes


def _number(count: int, *, is_public: bool) -> str:
    if count == 1 and not is_public:
        return "One trace is"
    said = spoken(count, is_public=is_public)
    return f"{said[:1].upper()}{said[1:]} traces are"
