"""Invented traces, a few words each."""

from __future__ import annotations

from typing import Any

from headstamp.tracing.columns import Traces
from headstamp.tracing.records import Trace
from headstamp.tracing.time_to_crime import PartialDate


def trace(number: str, **more: Any) -> Trace:
    """A pistol recovered on 1 June 2017; dates are given as text."""
    for name in ("recovered", "sold"):
        if isinstance(more.get(name), str):
            more[name] = PartialDate.of(more[name])
    return Trace(**{"id": number, "recovered": PartialDate.of("2017-06-01"), "type": "pistol",
                    **more})  # fmt: skip


def columns(*given: Trace) -> Traces:
    """The same as columns."""
    return Traces.of(given)
