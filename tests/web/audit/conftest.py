"""Rows of every table that only grows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

EVENTS = "audit_auditevent"
CUSTODY = "evidence_custodytransfer"
STEPS = "comparisons_linkstep"


@pytest.fixture
def events(db: None) -> Callable[[int], Any]:
    """``events(n)`` puts that many events on record; gives all of them in order."""
    from headstamp.web.audit.actions import record
    from headstamp.web.audit.models import AuditEvent

    def make(count: int) -> Any:
        for number in range(count):
            record("tests.done", by=None, detail={"number": number})
        return AuditEvent.objects.order_by("sequence")

    return make


@pytest.fixture
def link(exhibit: Any) -> Any:
    """A link of two exhibits with its first step."""
    from headstamp.web.comparisons.models import BallisticLink, LinkStep

    made = BallisticLink.objects.create(exhibit_a=exhibit(), exhibit_b=exhibit())
    LinkStep.objects.create(link=made, position=1, state=made.state)
    return made


@pytest.fixture
def row_of(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """``row_of(table)``: one row of it."""

    def make(table: str) -> Any:
        if table == EVENTS:
            return request.getfixturevalue("events")(3)[1]
        if table == CUSTODY:
            return request.getfixturevalue("exhibit")().custody.get()
        return request.getfixturevalue("link").steps.get()

    return make
