"""A record that is marked anew takes along what was given its marking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.casework.record import Record


def carry_down(found: Record, *, former: str, by: User) -> None:
    """Mark what lies below a record like it; called in the transaction that marked it anew.

    Whoever restricts an incident means its scenes, photographs, exhibits and scans too. Only
    those that still carry the former marking follow: the others were marked by somebody on purpose.
    """
    new = {
        "marking": found.marking,
        "version": F("version") + 1,
        "updated_at": timezone.now(),
        "updated_by": by,
    }
    changed = _follow(type(found), [found.pk], former, new)
    if changed:
        detail = {"from": former, "to": found.marking, **changed}
        record("casework.marking_carried", by=by, about=found, detail=detail)


def _follow(
    above: type[Record], keys: Iterable[UUID], former: str, new: dict[str, Any]
) -> Counter[str]:
    """Mark what was given the marking of these records; how many of each kind."""
    changed: Counter[str] = Counter()
    for kind in Record.__subclasses__():
        if not kind.carries or kind._meta.get_field(kind.carries).related_model is not above:
            continue
        below = kind.objects.filter(**{f"{kind.carries}__in": keys}, marking=former)
        followers = list(below.values_list("pk", flat=True))
        if followers:
            kind.objects.filter(pk__in=followers).update(**new)
            changed[kind._meta.model_name or ""] += len(followers)
            changed += _follow(kind, followers, former, new)
    return changed
