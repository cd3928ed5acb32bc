"""The chain of custody: who had an exhibit, from whom, and in what condition."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.audit.chain import START
from headstamp.web.audit.chains import ENTRY
from headstamp.web.evidence import custody_chain
from headstamp.web.evidence.models import CustodyTransfer, Exhibit, HandOver
from headstamp.web.refusals import Refusal

Action = CustodyTransfer.Action
first_fault = custody_chain.first_fault


def begin(exhibit: Exhibit, *, by: User, place: str = "", condition: str = "") -> CustodyTransfer:
    """The first link: the collector takes the exhibit. Called while the exhibit is made."""
    made = append_entry(
        exhibit,
        action=Action.COLLECTED,
        released_by=None,
        received_by=by,
        released_at=exhibit.collected_at,
        at=exhibit.collected_at,
        place=place,
        condition=condition,
    )
    _on_record(made, by)
    return made


def take_in(exhibit: Exhibit, *, by: User, condition: str = "") -> None:
    """Begin the chain of an imported exhibit with the person who has it now.

    Raises
    ------
    Refusal
        If the chain has begun, or it is another agency's exhibit.
    """
    with writing():
        current = Exhibit.objects.get(pk=exhibit.pk)
        if current.custody_count:
            raise Refusal("Its chain of custody has begun already.")
        if current.agency_id != by.agency_id:
            raise Refusal("Only the agency that owns the exhibit begins its chain.")
        now = timezone.now()
        made = append_entry(
            current,
            action=Action.TAKEN_IN,
            released_by=None,
            received_by=by,
            released_at=now,
            at=now,
            condition=condition,
        )
        _on_record(made, by)


def offer(exhibit: Exhibit, *, to: User, by: User, seal: str = "", condition: str = "") -> HandOver:
    """Offer an exhibit one holds to somebody; it changes hands when they take it.

    Raises
    ------
    Refusal
        If somebody else holds it, it is offered already, or the other cannot take it.
    """
    with writing():
        current = Exhibit.objects.get(pk=exhibit.pk)
        _require_holder(current, by)
        if HandOver.objects.filter(exhibit=current, settled_at=None).exists():
            raise Refusal("It is offered to somebody already; take that back first.")
        if to.pk == by.pk or not can_hold(to):
            raise Refusal("It can be handed to another person with case work alone.")
        made = HandOver.objects.create(
            exhibit=current, released_by=by, offered_to=to, seal=seal, condition=condition
        )
        record("evidence.hand_over_offered", by=by, about=current, detail={"to": str(to.pk)})
    return made


def settle(hand_over: HandOver, *, accepted: bool, by: User, condition: str = "") -> None:
    """Take an exhibit that was offered, or refuse it; the one who offered may take it back.

    Raises
    ------
    Refusal
        If it is not this person's to settle, or was settled before.
    """
    with writing():
        current = HandOver.objects.select_related("exhibit").get(pk=hand_over.pk)
        if current.settled_at is not None:
            raise Refusal("This hand-over is settled already.")
        mine = current.released_by_id if not accepted else None
        if by.pk not in (current.offered_to_id, mine):
            raise Refusal("Only the person it was offered to can take it.")
        if accepted and not can_hold(by):
            raise Refusal("Only people with case work hold exhibits.")
        current.settled_at, current.accepted = timezone.now(), accepted
        current.save(update_fields=["settled_at", "accepted"])
        detail = {}
        if accepted:
            _require_holder(current.exhibit, current.released_by)
            made = append_entry(
                current.exhibit,
                action=Action.HANDED_OVER,
                released_by=current.released_by,
                received_by=by,
                released_at=current.released_at,
                at=current.settled_at,
                seal=current.seal,
                condition=condition or current.condition,
            )
            detail = {ENTRY: made.hash}
        action = "evidence.hand_over_taken" if accepted else "evidence.hand_over_declined"
        record(action, by=by, about=current.exhibit, detail=detail)


def move(
    exhibit: Exhibit, *, action: str, by: User, place: str = "", seal: str = "", condition: str = ""
) -> CustodyTransfer:
    """Store an exhibit, take it out again, return or destroy it.

    Raises
    ------
    Refusal
        If this person does not hold it, or the step cannot follow the last one.
    """
    with writing():
        current = Exhibit.objects.get(pk=exhibit.pk)
        _require_holder(current, by)
        if HandOver.objects.filter(exhibit=current, settled_at=None).exists():
            raise Refusal("It is offered to somebody; take that back first.")
        moved = current.custody.exclude(action=Action.TAKEN_OVER)  # which moves nothing
        last = moved.order_by("-position").first()
        stored = last is not None and last.action == Action.STORED
        if action not in (Action.STORED, Action.REMOVED, Action.RETURNED, Action.DESTROYED):
            raise Refusal("Choose what was done with it.")
        if action == Action.STORED and not place.strip():
            raise Refusal("Say where it is stored.")
        if (action == Action.REMOVED) != stored:
            raise Refusal(
                "It is in storage; take it out first." if stored else "It is not in storage."
            )
        now = timezone.now()
        gone = action in (Action.RETURNED, Action.DESTROYED)
        made = append_entry(
            current,
            action=action,
            released_by=by,
            received_by=None if gone else by,
            released_at=now,
            at=now,
            place=place,
            seal=seal,
            condition=condition,
        )
        _on_record(made, by)
    return made


def _on_record(made: CustodyTransfer, by: User) -> None:
    """Put an entry on record with its hash, so that the record vouches for the chain."""
    detail = {"action": str(made.action), ENTRY: made.hash}
    record("evidence.custody_moved", by=by, about=made.exhibit, detail=detail)


def can_hold(person: User) -> bool:
    """Whether a person may have an exhibit in custody."""
    return person.is_active and person.has_perm("evidence.take_custody")


def _require_holder(exhibit: Exhibit, person: User) -> None:
    if exhibit.holder_id != person.pk:
        holder = exhibit.holder
        if holder is None:
            raise Refusal("Nobody holds this exhibit any more.")
        raise Refusal(f"{holder.name} ({holder.agency.code}) holds this exhibit, not you.")


def append_entry(exhibit: Exhibit, **facts: Any) -> CustodyTransfer:
    """Add an entry to the end of a chain; called inside ``writing``, by whom has checked it."""
    received, released = facts["received_by"], facts["released_by"]
    row = CustodyTransfer(
        exhibit=exhibit,
        position=exhibit.custody_count + 1,
        previous=exhibit.custody_head or START,
        received_by_agency=received.agency if received else None,
        released_by_agency=released.agency if released else None,
        **facts,
    )
    row.hash = row.expected_hash()
    row.save(force_insert=True)
    exhibit.custody_count, exhibit.custody_head = row.position, row.hash
    exhibit.holder = received
    exhibit.save(update_fields=["custody_count", "custody_head", "holder"])
    return row
