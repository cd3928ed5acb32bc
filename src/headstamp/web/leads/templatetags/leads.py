"""Leads on pages of links, which know nothing of them, and clocks in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from headstamp.reports.wording import LEAD_SENTENCE
from headstamp.web.leads import queries, sheet
from headstamp.web.leads.clocks import Clock, NoticeClock
from headstamp.web.leads.forms import MakeForm
from headstamp.web.leads.states import MAY_LEAD, Reason

register = template.Library()

register.filter("last_day", sheet.last_day)


@register.filter
def notice_clock(one: Any, now: datetime) -> str:
    """The clock of notice of a lead in words."""
    return NoticeClock.of(one.recovered_at, one.noticed_at).says(now)


@register.filter
def notice_tone(one: Any, now: datetime) -> str:
    """Its colour."""
    return NoticeClock.of(one.recovered_at, one.noticed_at).tone(now)


@register.simple_tag
def agency_clocks(lead: Any, one: Any, now: datetime) -> dict[str, Any]:
    """The clocks of one agency in words, with their colours."""
    notice = NoticeClock.of(lead.recovered_at, one.noticed_at)
    entry = Clock(one.entry_due_at, one.entered_at)
    return {
        "notice": notice.says(now),
        "notice_tone": notice.tone(now),
        "entry": entry.says(now),
        "entry_tone": "bad" if entry.is_late(now) else "neutral",
    }


@register.filter
def reason(name: str) -> str:
    """A reason of a priority in words."""
    return Reason(name).label if name in Reason.values else name


@register.filter
def waits_for(lead: Any, user: Any) -> str:
    """What a person is to do with a lead."""
    return queries.waits_for(lead, user)


@register.filter
def incidents(lead: Any) -> list[str]:
    """Numbers of the incidents of a listed lead that the person may see."""
    found = [lead.exhibit_a.incident.number] if lead.exhibit_a_incident_seen else []
    found += [lead.exhibit_b.incident.number] if lead.exhibit_b_incident_seen else []
    return list(dict.fromkeys(found))


@register.filter
def lead_tone(lead: Any) -> str:
    """The colour of a lead's state."""
    return "bad" if lead.on_hold and lead.is_open else "lead" if lead.is_open else "neutral"


@register.inclusion_tag("leads/_leads_on.html", takes_context=True)
def leads_on(context: dict[str, Any], link: Any) -> dict[str, Any]:
    """The leads that rest on a link, and the form that makes one."""
    user = context["user"]
    if not user.has_perm("leads.view"):
        return {"user": user}
    found = list(queries.leads_on(user, link))
    may_make = link.state in MAY_LEAD and not any(one.is_open for one in found)
    return {
        "user": user,
        "link": link,
        "leads": found,
        "make_form": MakeForm() if may_make else None,
        "lead_sentence": LEAD_SENTENCE,
        "csrf_token": context.get("csrf_token"),
    }
