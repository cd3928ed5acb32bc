"""What becomes of links moves leads: one is made, or one is held until somebody decides."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from headstamp.web.accounts.models import User
from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.comparisons.signals import link_moved
from headstamp.web.comparisons.states import LinkState
from headstamp.web.leads.making import make, open_lead_on
from headstamp.web.leads.models import Lead, LeadStep, Notification
from headstamp.web.leads.notifying import tell
from headstamp.web.leads.states import FALLEN
from headstamp.web.leads.steps import step


@receiver(link_moved)
def follow(sender: Any, link: BallisticLink, by: User, **kwargs: Any) -> None:
    """Runs inside the transaction of the link's step."""
    if link.state == LinkState.DISSEMINATED and open_lead_on(link) is None:
        make(link, by=by, by_hand=False, text="Made when the link was sent out.")
    elif link.state in FALLEN:
        for lead in Lead.objects.filter(bases__link=link):
            hold(lead, link, by=by)


def hold(lead: Lead, link: BallisticLink, *, by: User) -> None:
    """Say that a link fell; who works the lead, or knows of it, is told."""
    lead.on_hold = True
    shown = LinkState(link.state).label
    step(lead, LeadStep.Kind.FALLEN, by=by, said=f"The link is now: {shown}")
    told = User.objects.filter(lead_notices__lead=lead, lead_notices__notified_at__isnull=False)
    tell(lead, told.exclude(pk=by.pk), Notification.Kind.FALLEN, by=by)
