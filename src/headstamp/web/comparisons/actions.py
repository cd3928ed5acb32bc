"""What people do with a candidate, from the first look to an examiner's conclusion."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.audit.chains import ENTRY
from headstamp.web.comparisons.jobs import link_of
from headstamp.web.comparisons.models import BallisticLink, Comparison, Examination, LinkStep
from headstamp.web.comparisons.signals import link_moved
from headstamp.web.comparisons.states import AFTER, Conclusion, LinkState, may_follow
from headstamp.web.refusals import Refusal

MOVED_ON = (
    "Somebody else has worked on this link since you opened it; it is shown as it is now. "
    "Look again before you decide."
)


def open_link(comparison: Comparison, *, by: User) -> BallisticLink:
    """Put a candidate into the review queue that its likelihood ratio did not put there.

    Raises
    ------
    Refusal
        If one of its scans or exhibits is withdrawn.
    """
    for scan in (comparison.scan_a, comparison.scan_b):
        if scan.is_withdrawn or scan.exhibit.is_withdrawn:
            raise Refusal(f"A scan of {scan.exhibit.number} has been withdrawn.")
    with writing():
        link = link_of(comparison)
        record("comparisons.link_opened", by=by, about=link)
    return link


def review(link: BallisticLink, *, lead: bool, reason: str, version: int, by: User) -> None:
    """The first look: a lead, or none.

    Raises
    ------
    Refusal
        If it was reviewed already, or no reason is given.
    """
    state = LinkState.LEAD_UNCONFIRMED if lead else LinkState.REVIEWED_NO_LEAD
    with writing():
        current = _current(link, version)
        _require(current, LinkState.CORRELATED)
        current.reviewer = by
        _step(current, state, by=by, reason=reason)


def verify(link: BallisticLink, *, agreed: bool, reason: str, version: int, by: User) -> None:
    """The second look, by another person than the reviewer.

    Raises
    ------
    Refusal
        If the same person reviewed it, or it is not waiting for this.
    """
    state = LinkState.LEAD_VERIFIED if agreed else LinkState.REVIEWED_NO_LEAD
    with writing():
        current = _current(link, version)
        _require(current, LinkState.LEAD_UNCONFIRMED)
        if current.reviewer_id == by.pk:
            raise Refusal("You reviewed this lead yourself; a second person must verify it.")
        current.verifier = by
        _step(current, state, by=by, reason=reason)


def disseminate(link: BallisticLink, *, sent_to: str, reason: str, version: int, by: User) -> None:
    """Put on record that a verified lead was sent out, and to whom."""
    if not sent_to.strip():
        raise Refusal("Say to whom the lead is sent.")
    with writing():
        _step(
            _current(link, version), LinkState.DISSEMINATED, by=by, reason=reason, sent_to=sent_to
        )


def request_examination(link: BallisticLink, *, reason: str, version: int, by: User) -> None:
    """Ask a firearms examiner to compare the exhibits themselves."""
    with writing():
        _step(_current(link, version), LinkState.EXAMINATION_REQUESTED, by=by, reason=reason)


def withdraw(link: BallisticLink, *, reason: str, version: int, by: User) -> None:
    """Take a link out of use; everything that was concluded stays readable."""
    with writing():
        _step(_current(link, version), LinkState.WITHDRAWN, by=by, reason=reason)


def examine(
    link: BallisticLink, *, conclusion: str, method: str, bases: str, limits: str, by: User
) -> Examination:
    """An examiner's conclusion with its bases; it counts once another examiner verified it.

    Raises
    ------
    Refusal
        If no examination was requested, one waits for its verification, or the bases are missing.
    """
    if conclusion not in Conclusion.values:
        raise Refusal("Choose a conclusion of the AFTE range.")
    if not bases.strip():
        raise Refusal("Give the bases for the conclusion.")
    with writing():
        current = BallisticLink.objects.get(pk=link.pk)
        if current.state != LinkState.EXAMINATION_REQUESTED:
            raise Refusal("No examination is requested for this link.")
        _refuse_withdrawn(current)
        try:
            with transaction.atomic():
                made = Examination.objects.create(
                    link=current,
                    conclusion=conclusion,
                    method=method,
                    bases=bases,
                    limits=limits,
                    examiner=by,
                )
        except IntegrityError as error:
            raise Refusal("An examination waits for its verification already.") from error
        record("comparisons.examined", by=by, about=current, detail={"conclusion": conclusion})
    return made


def verify_examination(examination: Examination, *, agreed: bool, note: str, by: User) -> None:
    """Another examiner's own comparison; agreement makes the conclusion count.

    Raises
    ------
    Refusal
        If the same person examined, or it was verified before.
    """
    with writing():
        current = Examination.objects.select_related("link").get(pk=examination.pk)
        if current.examiner_id == by.pk:
            raise Refusal("You examined these exhibits yourself; another examiner must verify it.")
        if current.verified_at is not None:
            raise Refusal("This examination has been verified already.")
        if not agreed and not note.strip():
            raise Refusal("Say what you saw differently.")
        current.verifier, current.verified_at = by, timezone.now()
        current.agreed, current.verifier_note = agreed, note
        current.save()
        record(
            "comparisons.examination_verified",
            by=by,
            about=current.link,
            detail={"conclusion": current.conclusion, "agreed": agreed},
        )
        if agreed:
            reason = f"{current.get_conclusion_display()}; verified"
            _step(current.link, AFTER[current.conclusion], by=by, reason=reason)


def _refuse_withdrawn(link: BallisticLink) -> None:
    for exhibit in (link.exhibit_a, link.exhibit_b):
        if exhibit.is_withdrawn:
            raise Refusal(f"Exhibit {exhibit.number} has been withdrawn; withdraw the link too.")


def _current(link: BallisticLink, version: int) -> BallisticLink:
    current: BallisticLink = BallisticLink.objects.get(pk=link.pk)
    if current.version != version:
        raise Refusal(MOVED_ON)
    return current


def _require(link: BallisticLink, state: str) -> None:
    """Two steps lead to "no lead": each is taken from its own state alone."""
    if link.state != state:
        raise _out_of_order(link)


def _out_of_order(link: BallisticLink) -> Refusal:
    return Refusal(f"This link is “{link.get_state_display()}”; that step cannot follow.")


def _step(link: BallisticLink, state: str, *, by: User, reason: str, **facts: Any) -> None:
    """Move a link on; called inside ``writing``."""
    if not may_follow(link.state, state):
        raise _out_of_order(link)
    if not reason.strip():
        raise Refusal("Give your reason.")
    if state != LinkState.WITHDRAWN:
        _refuse_withdrawn(link)
    link.state, link.updated_at = state, timezone.now()
    link.version += 1
    link.save()
    step = LinkStep.objects.create(
        link=link,
        position=link.steps.count() + 1,
        state=state,
        by=by,
        reason=reason.strip()[:500],
        **facts,
    )
    detail = {"state": str(state), ENTRY: step.expected_hash()}
    record("comparisons.link_moved", by=by, about=link, detail=detail)
    link_moved.send(sender=BallisticLink, link=link, by=by)
