"""Links on pages of the evidence, which knows nothing of them."""

from __future__ import annotations

from typing import Any

from django import template

from headstamp.reports.wording import LEAD_SENTENCE
from headstamp.web.comparisons import queries
from headstamp.web.comparisons.wording import MEANING, TONES, support

register = template.Library()

register.filter("support", support)


@register.filter
def tone(state: str) -> str:
    """The colour of a link's state."""
    return TONES.get(state, "neutral")


@register.filter
def meaning(state: str) -> str:
    """What a link's state permits to be said."""
    return MEANING[state]


@register.filter
def other_side(link: Any, exhibit: Any) -> Any:
    """The exhibit at the other end of a link."""
    return link.exhibit_b if link.exhibit_a_id == exhibit.pk else link.exhibit_a


@register.filter
def other_incident_seen(link: Any, exhibit: Any) -> bool:
    """Whether the person may see the incident at the other end of a link."""
    if link.exhibit_a_id == exhibit.pk:
        return bool(link.exhibit_b_incident_seen)
    return bool(link.exhibit_a_incident_seen)


@register.inclusion_tag("comparisons/_links_of.html", takes_context=True)
def links_of(context: dict[str, Any], exhibit: Any) -> dict[str, Any]:
    """The links of an exhibit, as far as the person may see them."""
    user = context["user"]
    return {
        "exhibit": exhibit,
        "links": queries.links_of(user, exhibit)[:50],
        "lead_sentence": LEAD_SENTENCE,
        "user": user,
    }


@register.inclusion_tag("comparisons/_candidates_of.html", takes_context=True)
def candidates_of(context: dict[str, Any], scan: Any) -> dict[str, Any]:
    """What the search of a scan found."""
    user = context["user"]
    found = list(queries.candidates_of(user, scan))
    return {"scan": scan, "candidates": found, "user": user}
