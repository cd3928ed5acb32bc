"""Drafts and releases, for those inside."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from headstamp.web.accounts.models import User
from headstamp.web.figures.models import Draft, Release


def drafts() -> QuerySet[Draft]:
    """Every draft, newest first."""
    return Draft.objects.select_related(
        "prepared_by__agency", "decided_by__agency", "replaces", "release__withdrawal"
    )


def given_last() -> dict[str, Any]:
    """The jurisdiction and population of the newest draft, to begin the next one with."""
    names = ("jurisdiction", "people", "people_year", "people_source")
    return Draft.objects.order_by("-prepared_at").values(*names).first() or {}


def waiting_for(user: User) -> QuerySet[Draft]:
    """Drafts on which this person can decide: what somebody else has prepared."""
    found = drafts().filter(state=Draft.State.PREPARED)
    return found.exclude(prepared_by=user) if user.has_perm("figures.release") else found.none()


def releases() -> QuerySet[Any]:
    """Every release, newest first, with what became of it."""
    found = Release.objects.select_related("withdrawal__by", "prepared_by", "released_by")
    return found.prefetch_related("replaced_by").order_by("-released_at")
