"""Keeping a result, and withdrawing it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.claims.checking import check_text
from headstamp.web.claims.models import KeptCheck
from headstamp.web.refusals import Refusal
from headstamp.web.roles import Role


def keep(*, text: str, written_on: date, place: str, by: User) -> KeptCheck:
    """Check a text once more, and keep what is found at an address of its own.

    Everybody with the address reads it, so it is checked against what was released alone.
    """
    claims, _ = check_text(text, written_on, place, inside=False)
    with writing():
        kept = KeptCheck.objects.create(
            text=text,
            sha256=sha256(text.encode()).hexdigest(),
            written_on=written_on,
            place=place,
            claims=claims,
            kept_by=by,
        )
        detail = {"sha256": kept.sha256, "claims": len(claims)}
        record("claims.kept", by=by, about=kept, detail=detail)
    return kept


def withdraw(kept: KeptCheck, *, reason: str, by: User) -> None:
    """Take a result out of use: its address says so from then on, with the reason.

    Raises
    ------
    Refusal
        If somebody else kept it, it was withdrawn before, or no reason is given.
    """
    if kept.kept_by_id != by.pk and by.role != Role.COMMANDER:
        raise Refusal("Somebody else kept this result; they or a commander can withdraw it.")
    if not reason.strip():
        raise Refusal("Say why the result is withdrawn.")
    with writing():
        current = KeptCheck.objects.get(pk=kept.pk)
        if current.is_withdrawn:
            raise Refusal("This result was withdrawn already.")
        current.withdrawn_at = timezone.now()
        current.withdrawn_by = by
        current.withdrawn_reason = reason.strip()[:300]
        current.save()
        record("claims.withdrawn", by=by, about=current, purpose=current.withdrawn_reason)
