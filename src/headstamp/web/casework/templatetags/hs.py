"""Small things templates need everywhere."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone

register = template.Library()


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether a person holds a permission: ``{% if user|may:"evidence.add_scan" %}``."""
    return bool(getattr(user, "is_authenticated", False) and user.has_perm(permission))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with some values changed: ``?{% query page=2 %}``."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            values.pop(name, None)
        else:
            values[name] = str(value)
    return values.urlencode()


@register.filter
def imported_rows(found: Any) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table that a record was made of: number, and text of each column."""
    if isinstance(found.raw, dict):
        return [(found.source_row, found.raw)]
    return [(one["row"], one["values"]) for one in found.raw or ()]


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A value of a mapping by a key held in a variable."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


WRITTEN = {"minute": "%Y-%m-%d %H:%M", "hour": "%Y-%m-%d about %H:00", "month": "%Y-%m"}


@register.filter
def occurred(incident: Any) -> str:
    """When an incident occurred, as precisely as it is known."""
    local = timezone.localtime(incident.occurred_at)
    return str(local.strftime(WRITTEN.get(incident.precision, "%Y-%m-%d")))
