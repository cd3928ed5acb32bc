"""Preparing figures, and deciding on what somebody else has prepared."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.audit.chains import ENTRY
from headstamp.web.figures.lists.queries import jurisdictions
from headstamp.web.figures.models import (
    Content,
    Draft,
    ListVintage,
    Release,
    Restatement,
    Withdrawal,
)
from headstamp.web.figures.releases.kept import digest_of, document_of
from headstamp.web.figures.releases.pieces import PUBLIC, RESTATED
from headstamp.web.refusals import Refusal

MOVED_ON = (
    "Somebody else has decided on these figures since you opened them; they are shown as they "
    "are now."
)


def prepare(
    *,
    jurisdiction: str,
    last_day: date,
    known_on: date | None,
    note: str,
    by: User,
    people: int | None = None,
    people_year: int | None = None,
    people_source: str = "",
) -> Draft:
    """Have figures computed from the lists as they are now; a second person decides on them.

    Raises
    ------
    Refusal
        If there is no list, the day lies ahead, or the same figures wait for a decision already.
    """
    from headstamp.web.figures.releases.jobs import compute

    if jurisdiction not in jurisdictions():
        raise Refusal("There is no list of this jurisdiction. Import one first.")
    if max(last_day, known_on or last_day) > timezone.localdate():
        raise Refusal("That day lies ahead. Choose a day that is over.")
    with writing():
        waiting = Draft.objects.filter(
            jurisdiction=jurisdiction,
            last_day=last_day,
            state__in=(Draft.State.COMPUTING, Draft.State.PREPARED),
        )
        if waiting.exists():
            raise Refusal("Figures to this day wait for a decision already. Decide on them first.")
        draft = Draft.objects.create(
            jurisdiction=jurisdiction,
            last_day=last_day,
            known_on=known_on.isoformat() if known_on else "",
            note=note.strip(),
            people=people,
            people_year=people_year,
            people_source=people_source.strip(),
            prepared_by=by,
        )
        detail = {"jurisdiction": jurisdiction, "to": last_day.isoformat()}
        record("figures.release_begun", by=by, about=draft, detail=detail)
        compute.enqueue(str(draft.pk))
    return draft


def release(draft: Draft, *, version: int, by: User) -> Release:
    """Publish what somebody else has prepared; from then on it is frozen.

    Raises
    ------
    Refusal
        If the same person prepared it, somebody decided on it before, another release went out
        meanwhile, or a list it was counted in was withdrawn.
    """
    with writing():
        current = _undecided(draft, version)
        if current.prepared_by_id == by.pk:
            raise Refusal("You prepared these figures yourself; a second person must release them.")
        _refuse_overtaken(current)
        made = _publish(current, by)
        _keep_restatements(made)
        _decide(current, Draft.State.RELEASED, by)
        record(
            "figures.released",
            by=by,
            about=made,
            detail={ENTRY: made.expected_hash(), "draft": str(current.pk), "number": made.number},
        )
    return made


def refuse(draft: Draft, *, version: int, reason: str, by: User) -> None:
    """Do not publish what was prepared; whoever prepared it may take it back in this way too.

    Raises
    ------
    Refusal
        If somebody decided on it before, or no reason is given.
    """
    if not reason.strip():
        raise Refusal("Say why these figures are not released.")
    with writing():
        current = _undecided(draft, version)
        current.reason = reason.strip()[:300]
        _decide(current, Draft.State.REFUSED, by)
        record("figures.release_refused", by=by, about=current, purpose=current.reason)


def withdraw(published: Release, *, reason: str, by: User) -> None:
    """Take a release back: its address says that, when and why, and shows no figure any more.

    Raises
    ------
    Refusal
        If it was withdrawn before, or no reason is given.
    """
    if not reason.strip():
        raise Refusal("Say why the release is withdrawn; everybody can read it.")
    with writing():
        try:
            with transaction.atomic():
                made = Withdrawal.objects.create(
                    release=published, by=by, reason=reason.strip()[:300]
                )
        except IntegrityError as error:
            raise Refusal("This release was withdrawn already.") from error
        record("figures.release_withdrawn", by=by, about=published, purpose=made.reason)


def _undecided(draft: Draft, version: int) -> Draft:
    current = Draft.objects.select_related("prepared_by").get(pk=draft.pk)
    if current.version != version or current.is_over:
        raise Refusal(MOVED_ON)
    if current.state == Draft.State.COMPUTING:
        raise Refusal("These figures are being computed. Wait until they are there.")
    return current


def _refuse_overtaken(draft: Draft) -> None:
    """What restatements and numbers rest on must be what it was when they were computed."""
    if draft.state != Draft.State.PREPARED:
        raise Refusal("These figures could not be computed. Prepare them anew.")
    if draft.newest_id != newest_id(draft.jurisdiction):
        raise Refusal(
            "Another release went out since these figures were prepared. Refuse them, and prepare "
            "them anew."
        )
    used = ListVintage.objects.filter(
        jurisdiction=draft.jurisdiction, vintage__in=draft.lists, withdrawn_at=None
    )
    if set(draft.lists) - set(used.values_list("vintage", flat=True)):
        raise Refusal(
            "A list that these figures were counted in was withdrawn. Refuse them, and prepare "
            "them anew."
        )


def newest_id(jurisdiction: str) -> object:
    """The release that went out last."""
    found = Release.objects.filter(jurisdiction=jurisdiction).order_by("-released_at", "-number")
    return found.values_list("pk", flat=True).first()


def _publish(draft: Draft, by: User) -> Release:
    same = Release.objects.filter(jurisdiction=draft.jurisdiction, last_day=draft.last_day)
    last = same.order_by("-number").first()
    contents = Content.objects.filter(draft=draft).values_list("edition", "name", "file_id")
    return Release.objects.create(
        draft=draft,
        jurisdiction=draft.jurisdiction,
        place=draft.place,
        last_day=draft.last_day,
        number=last.number + 1 if last else 1,
        known_on=draft.known_on,
        note=draft.note,
        replaces=last,
        prepared_by=draft.prepared_by,
        released_by=by,
        sha256=digest_of(contents),
    )


def _keep_restatements(made: Release) -> None:
    Restatement.objects.bulk_create(
        Restatement(release=made, earlier_id=one["release"], rows=one["rows"])
        for one in document_of(made.draft, PUBLIC, RESTATED)
    )


def _decide(draft: Draft, state: str, by: User) -> None:
    draft.state, draft.decided_by, draft.decided_at = state, by, timezone.now()
    draft.version += 1
    draft.save()
