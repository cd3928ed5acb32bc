"""Telling people of leads: in the page, and by e-mail where it is set up."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.leads.jobs import send_mail
from headstamp.web.leads.models import Lead, Notification
from headstamp.web.leads.steps import sees
from headstamp.web.roles import Role


def tell(lead: Lead, people: Iterable[User], kind: str, *, by: User | None) -> None:
    """Tell people of a lead, once each; called inside ``writing``."""
    told = {person.pk: person for person in people if person.is_active}
    if not told:
        return
    mail = Notification.Mail.WAITING if settings.SENDS_MAIL else Notification.Mail.NONE
    made = [
        Notification(person=person, lead=lead, kind=kind, mail=mail) for person in told.values()
    ]
    Notification.objects.bulk_create(made)
    detail = {"kind": str(kind), "people": sorted(str(key) for key in told)}
    record("leads.notified", by=by, about=lead, detail=detail)
    for one in made if mail else ():
        send_mail.enqueue(str(one.pk))


def notify_concerned(lead: Lead, *, by: User | None) -> None:
    """Tell the investigators who were named and not told yet, and stop the clocks this stops."""
    waiting = list(lead.notices.filter(notified_at=None).select_related("person"))
    kind = Notification.Kind.CONCERNED
    if lead.public_safety:
        kind = Notification.Kind.PUBLIC_SAFETY
    tell(lead, [one.person for one in waiting], kind, by=by)
    lead.notices.filter(pk__in=[one.pk for one in waiting]).update(notified_at=timezone.now())
    stop_clocks(lead)


def stop_clocks(lead: Lead) -> None:
    """An agency has notice once its investigators who are named have it; then the lead has.

    Whoever is named later is told at once, and does not start a clock again that has stopped.
    """
    now = timezone.now()
    told = lead.notices.filter(notified_at__isnull=False).values("agency_id")
    lead.concerned.filter(noticed_at=None, agency__in=told).update(noticed_at=now)
    if lead.noticed_at is None and not lead.concerned.filter(noticed_at=None).exists():
        lead.noticed_at = now
        lead.save(update_fields=["noticed_at"])


def warn_commanders(lead: Lead, *, by: User) -> None:
    """A lead that touches public safety is told to the commanders of its agencies at once."""
    agencies = [lead.agency_id, *lead.concerned.values_list("agency_id", flat=True)]
    found = User.objects.filter(is_active=True, role=Role.COMMANDER, agency__in=agencies)
    seeing = [person for person in found.exclude(pk=by.pk) if sees(person, lead)]
    tell(lead, seeing, Notification.Kind.PUBLIC_SAFETY, by=by)


def mark_read(user: User) -> None:
    """Everything a person was told of counts as read."""
    with writing():
        count = user.notifications.filter(read_at=None).update(read_at=timezone.now())
        record("leads.notifications_read", by=user, detail={"count": count})
