"""Custody taken over from somebody who cannot hand an exhibit over any more.

People leave, and their accounts are disabled while exhibits are in their name. A commander of the
agency that owns such an exhibit puts on record who has it now, and why; the entry says that the
former holder had no hand in it.
"""

from __future__ import annotations

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.audit.chains import ENTRY
from headstamp.web.casework.actions import require_owner
from headstamp.web.evidence.custody import append_entry, can_hold
from headstamp.web.evidence.models import CustodyTransfer, Exhibit, HandOver
from headstamp.web.refusals import Refusal


def why_stuck(exhibit: Exhibit) -> str:
    """Why its holder cannot hand an exhibit over; empty if they can, or nobody holds it."""
    holder = exhibit.holder
    if holder is None:
        return ""
    if not holder.is_active:
        return "this account is disabled"
    if holder.is_lapsed:
        return "this account was not used for so long that it is disabled"
    return "" if can_hold(holder) else "this account has no case work any more"


def may_take_over(exhibit: Exhibit, user: User) -> bool:
    """Whether a person may put on record who has an exhibit instead of its holder."""
    owns = exhibit.agency_id == user.agency_id
    return owns and bool(why_stuck(exhibit)) and user.has_perm("evidence.take_custody_over")


def take_over(
    exhibit: Exhibit, *, to: User, reason: str, by: User, seal: str = "", condition: str = ""
) -> CustodyTransfer:
    """Give an exhibit whose holder cannot hand it over to somebody of the agency that owns it.

    Raises
    ------
    Refusal
        If its holder can hand it over, nobody holds it, the other cannot hold it, no reason is
        given, or it is another agency's.
    """
    require_owner(exhibit, by)
    if not reason.strip():
        raise Refusal("Say why it is taken over.")
    with writing():
        current = Exhibit.objects.select_related("holder__agency").get(pk=exhibit.pk)
        _require_stuck(current)
        if to.agency_id != current.agency_id or to.is_lapsed or not can_hold(to):
            raise Refusal("Choose somebody of your agency who has case work and can sign in.")
        former, now = current.holder_id, timezone.now()
        _end_offer(current, by)
        made = append_entry(
            current,
            action=CustodyTransfer.Action.TAKEN_OVER,
            released_by=None,
            received_by=to,
            released_at=now,
            at=now,
            seal=seal,
            condition=condition,
            decided_by=by,
            reason=reason.strip(),
        )
        record(
            "evidence.custody_taken_over",
            by=by,
            about=current,
            purpose=reason.strip(),
            detail={"from": str(former), "to": str(to.pk), ENTRY: made.hash},
        )
    return made


def _require_stuck(exhibit: Exhibit) -> None:
    holder = exhibit.holder
    if holder is None:
        raise Refusal("Nobody holds this exhibit.")
    if not why_stuck(exhibit):
        raise Refusal(
            f"{holder.name} ({holder.agency.code}) holds this exhibit now and can hand it over; "
            "ask them."
        )


def _end_offer(exhibit: Exhibit, by: User) -> None:
    """Settle what the former holder has offered: they cannot hand it over any more."""
    for one in HandOver.objects.filter(exhibit=exhibit, settled_at=None):
        one.settled_at, one.accepted = timezone.now(), False
        one.save(update_fields=["settled_at", "accepted"])
        record("evidence.hand_over_declined", by=by, about=exhibit)
