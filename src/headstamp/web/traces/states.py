"""The states of a trace request, as the tracing centre and records.md name them."""

from __future__ import annotations

from django.db.models import TextChoices

from headstamp.tracing import records


class TraceState(TextChoices):
    """Where a request stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    IN_PROCESS = "in_process", "In process"
    INFO_REQUESTED = "info_requested", "More information requested"
    COMPLETED_TO_PURCHASER = "completed_to_purchaser", "Completed to purchaser"
    COMPLETED_TO_DEALER = "completed_to_dealer", "Completed to dealer"
    NOT_TRACEABLE = "not_traceable", "Not traceable"
    CANCELLED = "cancelled", "Cancelled"


ENDED = frozenset(TraceState(one) for one in records.ENDED)
"""Nothing more is waited for."""

MAY_CHANGE = frozenset({TraceState.DRAFT, TraceState.INFO_REQUESTED})
"""What is asked can be changed while it has not been sent, or was sent back."""


class TracePriority(TextChoices):
    """How soon a trace is needed."""

    ROUTINE = "routine", "Routine"
    URGENT = "urgent", "Urgent"
