"""The gun trace report of the results in somebody's reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from headstamp.tracing.counting import tables
from headstamp.tracing.publishing import published
from headstamp.tracing.report import Edition, TraceReport
from headstamp.tracing.small_cells import spoken
from headstamp.tracing.time_to_crime import Measured
from headstamp.web.accounts.models import User
from headstamp.web.refusals import Refusal
from headstamp.web.traces.analysis.loading import Asked, Loaded, load


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report is wanted.

    Parameters
    ----------
    asked : Asked
    edition : str
    recovered : int or None
        Guns recovered there and then, where it is known: many are never submitted for tracing.
    measured : str
        Of time-to-crime.
    """

    asked: Asked
    edition: Edition = "internal"
    recovered: int | None = None
    measured: Measured = "calendar"


def report_of(user: User, wanted: Wanted) -> TraceReport:
    """Count the tables of a report.

    Raises
    ------
    Refusal
        If the reader has no result of the place and period, or fewer guns were recovered than
        submitted.
    """
    loaded = load(user, wanted.asked)
    if not len(loaded.traces):
        raise Refusal("No result that you may read is of this place and period.")
    try:
        counted = tables(loaded.traces, loaded.dealers, wanted.recovered, wanted.measured)
    except ValueError as error:
        raise Refusal(f"{error}."[:1].upper() + f"{error}."[1:]) from error
    first, last = _period(wanted.asked, loaded)
    place = wanted.asked.jurisdiction
    report = TraceReport(
        "All places" if place == "all" else place,
        first,
        last,
        "internal",
        counted,
        tuple(_notes(loaded, is_public=wanted.edition == "public")),
    )
    return published(report) if wanted.edition == "public" else report


def _period(asked: Asked, loaded: Loaded) -> tuple[date, date]:
    """The days asked for, or those of the first and the last recovery."""
    first = asked.first or loaded.traces.recovered_first.min().item()
    last = asked.last or loaded.traces.recovered_last.max().item()
    return first, last


def _notes(loaded: Loaded, *, is_public: bool) -> list[str]:
    notes = []
    if loaded.conflicts:
        notes.append(
            f"Traces with different results: {spoken(loaded.conflicts, is_public=is_public)}; the "
            "result that came last is counted."
        )
    if loaded.straddling:
        notes.append(
            f"Traces of the place not counted: {spoken(loaded.straddling, is_public=is_public)}; "
            "of the day of recovery only the month or the year is known, which reaches beyond the "
            "period."
        )
    return notes
