"""The gun trace report of a folder of trace tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_tables.loading import Asked, load
from headstamp.tracing.assembling import assemble
from headstamp.tracing.report import Edition, TraceReport
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
    sources = ((one.file_name, one.retrieved[:10], one.sha256) for one in loaded.batches)
    try:
        return assemble(
            loaded,
            jurisdiction=wanted.jurisdiction,
            first=wanted.first,
            last=wanted.last,
            edition=wanted.edition,
            recovered=wanted.recovered,
            measured=wanted.measured,
            sources=tuple(sources),
        )
    except ValueError as error:
        raise UnreadableTableError(f"--recovered {wanted.recovered}: {error}") from error
