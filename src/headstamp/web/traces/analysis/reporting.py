"""The gun trace report of the results in somebody's reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from headstamp.tracing.assembling import assemble
from headstamp.tracing.report import Edition, TraceReport
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
    first, last = _period(wanted.asked, loaded)
    place = wanted.asked.jurisdiction
    try:
        return assemble(
            loaded,
            jurisdiction="All places" if place == "all" else place,
            first=first,
            last=last,
            edition=wanted.edition,
            recovered=wanted.recovered,
            measured=wanted.measured,
        )
    except ValueError as error:
        said = f"{error}."
        raise Refusal(said[:1].upper() + said[1:]) from error


def _period(asked: Asked, loaded: Loaded) -> tuple[date, date]:
    """The days asked for, or those of the first and the last recovery."""
    first = asked.first or loaded.traces.recovered_first.min().item()
    last = asked.last or loaded.traces.recovered_last.max().item()
    return first, last
