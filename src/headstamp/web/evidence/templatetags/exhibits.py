"""Exhibits on pages of the casework, which knows nothing of them."""

from __future__ import annotations

from typing import Any

from django import template

from headstamp.web.evidence import queries

register = template.Library()


@register.inclusion_tag("evidence/_exhibits_of.html", takes_context=True)
def exhibits_of(context: dict[str, Any], incident: Any) -> dict[str, Any]:
    """The exhibits of an incident, as far as the person may see them."""
    user = context["user"]
    found = list(queries.exhibits_of(user, incident)[:201])
    return {
        "user": user,
        "incident": incident,
        "exhibits": found[:200],
        "more": len(found) > 200,
        "is_owner": incident.agency_id == user.agency_id and not incident.is_withdrawn,
    }
