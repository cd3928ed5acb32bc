"""The gun trace report of traces that were loaded, from wherever they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from headstamp.tracing.columns import Traces
from headstamp.tracing.counting import tables
from headstamp.tracing.publishing import published
from headstamp.tracing.report import Edition, TraceReport
from headstamp.tracing.small_cells import spoken
from headstamp.tracing.time_to_crime import Measured


class Loaded(Protocol):
    """Traces, each once, and what is to be known about them.

    ``dealers`` says what a dealer's key stands for. ``conflicts`` are traces with different
    results, ``straddling`` those of the place whose partial date may lie in the period, or not.
    """

    @property
    def traces(self) -> Traces: ...
    @property
    def dealers(self) -> dict[str, str]: ...
    @property
    def conflicts(self) -> int: ...
    @property
    def straddling(self) -> int: ...


def assemble(
    loaded: Loaded,
    *,
    jurisdiction: str,
    first: date,
    last: date,
    edition: Edition,
    recovered: int | None = None,
    measured: Measured = "calendar",
    sources: tuple[tuple[str, str, str], ...] = (),
) -> TraceReport:
    """Count every table of a report; of a public one small numbers are left out.

    Parameters
    ----------
    loaded : Loaded
    jurisdiction : str
    first, last : date
        Of the period of recovery, both included.
    edition : str
    recovered : int, optional
        Guns recovered there and then, where it is known: many are never submitted for tracing.
    measured : str
        Of time-to-crime.
    sources : tuple of (str, str, str)
        File name, day of retrieval, and SHA-256 of each table.

    Raises
    ------
    ValueError
        If fewer guns were recovered than submitted.
    """
    is_public = edition == "public"
    report = TraceReport(
        jurisdiction,
        first,
        last,
        "internal",
        tables(loaded.traces, loaded.dealers, recovered, measured),
        tuple(_notes(loaded, is_public=is_public)),
        sources,
    )
    return published(report) if is_public else report


def _notes(loaded: Loaded, *, is_public: bool) -> Iterator[str]:
    if loaded.conflicts:
        count = spoken(loaded.conflicts, is_public=is_public)
        yield f"Traces with different results: {count}; the last result is counted."
    if loaded.straddling:
        count = spoken(loaded.straddling, is_public=is_public)
        yield (
            f"Traces of the place not counted: {count}; of the day of recovery only the month or "
            "the year is known, which reaches beyond the period."
        )
