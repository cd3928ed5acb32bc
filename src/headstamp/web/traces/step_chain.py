"""Whether the steps of every trace request are what was written, and lead to its state."""

from __future__ import annotations

from collections.abc import Iterator

from headstamp.web.audit.chains import ChainFault, step_faults
from headstamp.web.traces.models import TraceStep


def faults() -> Iterator[ChainFault]:
    """What is wrong with the steps of each request, by its id."""
    return step_faults(TraceStep.objects.all(), "request", "traces.request_moved")
