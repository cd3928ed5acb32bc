"""Writing cases and sharing agreements: who works together on what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework.models import Case, CaseIncident, CaseMember, Incident, SharingAgreement
from headstamp.web.editing.versions import merged
from headstamp.web.refusals import Refusal
from headstamp.web.roles import CASE_ROLES


def add_case(*, number: str, title: str, by: User) -> Case:
    """Open a case; whoever opens it is its first member.

    Raises
    ------
    Refusal
        If the agency has a case with this number.
    """
    with writing():
        try:
            with transaction.atomic():
                made = Case.objects.create(
                    agency=by.agency, number=number, title=title, created_by=by
                )
        except IntegrityError as error:
            raise Refusal("Your agency has a case with this number already.") from error
        CaseMember.objects.create(case=made, user=by)
        record("casework.case_opened", by=by, about=made)
    return made


def change_case(
    case: Case,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Case:
    """Change a case's number or title, or close it."""
    _require_worker(case, by)
    with writing():
        current = Case.objects.get(pk=case.pk)
        different = merged(current, version=version, changes=changes, opened=opened)
        if not different:
            return current
        for name, value in different.items():
            setattr(current, name, value)
        current.version += 1
        try:
            with transaction.atomic():
                current.save()
        except IntegrityError as error:
            raise Refusal("Your agency has a case with this number already.") from error
        record("casework.case_changed", by=by, about=current, detail={"fields": sorted(different)})
    return current


def add_member(case: Case, *, person: User, by: User) -> None:
    """Let a person, also of another agency, work the case."""
    _require_worker(case, by)
    if person.role not in CASE_ROLES or not person.is_active:
        raise Refusal("Only people with case work can be members of a case.")
    with writing():
        _, is_new = CaseMember.objects.get_or_create(case=case, user=person)
        if not is_new:
            raise Refusal(f"{person.name} is a member already.")
        record("casework.member_added", by=by, about=case, detail={"person": str(person.pk)})


def remove_member(case: Case, *, person: User, by: User) -> None:
    """End a person's work on the case."""
    _require_worker(case, by)
    with writing():
        if not CaseMember.objects.filter(case=case).exclude(user=person).exists():
            raise Refusal("A case has one member at least.")
        ended, _ = CaseMember.objects.filter(case=case, user=person).delete()
        if not ended:
            raise Refusal(f"{person.name} is not a member of this case.")
        record("casework.member_removed", by=by, about=case, detail={"person": str(person.pk)})


def add_incident(case: Case, *, incident: Incident, by: User) -> None:
    """Take an incident into the case; its members may then see what is marked for the case.

    Raises
    ------
    Refusal
        If the incident is another agency's, which must take it in itself.
    """
    _require_worker(case, by)
    if incident.agency_id != by.agency_id:
        raise Refusal(f"{incident.agency} owns this incident and must take it into the case.")
    with writing():
        _, is_new = CaseIncident.objects.get_or_create(case=case, incident=incident)
        if not is_new:
            raise Refusal(f"Incident {incident.number} is in the case already.")
        record("casework.incident_joined", by=by, about=case, detail={"incident": str(incident.pk)})


def remove_incident(case: Case, *, incident: Incident, by: User) -> None:
    """Take an incident out of the case."""
    _require_worker(case, by)
    with writing():
        left, _ = CaseIncident.objects.filter(case=case, incident=incident).delete()
        if not left:
            raise Refusal(f"Incident {incident.number} is not in the case.")
        record("casework.incident_left", by=by, about=case, detail={"incident": str(incident.pk)})


def add_agreement(*, by: User, **fields: Any) -> SharingAgreement:
    """Let another agency see records of one's own agency.

    Raises
    ------
    Refusal
        If it is with oneself, or covers nothing.
    """
    if fields["recipient"].pk == by.agency_id:
        raise Refusal("An agreement is with another agency.")
    if not fields.get("markings"):
        raise Refusal("Choose at least one marking that is shared.")
    with writing():
        made = SharingAgreement.objects.create(owner=by.agency, created_by=by, **fields)
        record(
            "casework.agreement_made",
            by=by,
            about=made,
            detail={"recipient": str(made.recipient_id), "markings": list(made.markings)},
        )
    return made


def end_agreement(agreement: SharingAgreement, *, by: User) -> None:
    """End an agreement of one's own agency now."""
    if agreement.owner_id != by.agency_id:
        raise Refusal(f"{agreement.owner} made this agreement and alone can end it.")
    with writing():
        ended = SharingAgreement.objects.filter(pk=agreement.pk, ended_at=None)
        if not ended.update(ended_at=timezone.now()):
            raise Refusal("This agreement has ended already.")
        record("casework.agreement_ended", by=by, about=agreement)


def _require_worker(case: Case, by: User) -> None:
    member = CaseMember.objects.filter(case=case, user=by).exists()
    if not member and case.agency_id != by.agency_id:
        raise Refusal("Only members of the case and its agency change it.")
