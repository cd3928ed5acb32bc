"""Traces on pages of exhibits, which know nothing of them, and ages in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from headstamp.reports.trace_charts.words import percent
from headstamp.reports.trace_wording import DISCLAIMER, MARKING, RESTRICTION
from headstamp.tracing.ageing import GOAL_DAYS, ageing
from headstamp.tracing.time_to_crime import PartialDate, time_to_crime
from headstamp.web.traces import queries
from headstamp.web.traces.states import TraceState

register = template.Library()

register.filter("percent", percent)


def _aged(request: Any) -> Any:
    return ageing(request.state, request.sent_on, request.ended_on, timezone.localdate(), GOAL_DAYS)


@register.filter
def trace_age(request: Any) -> str:
    """How long a request has been out, in words."""
    found = _aged(request)
    days = f"{found.days} day{'' if found.days == 1 else 's'}"
    if found.state == "not_sent":
        return "not sent"
    if found.state == "finished":
        return f"took {days}"
    return f"{days}, goal {found.goal}" if found.state == "within" else f"{days}, over the goal"


@register.filter
def trace_age_tone(request: Any) -> str:
    """Its colour."""
    return "bad" if _aged(request).state == "over" else "neutral"


@register.filter
def trace_tone(request: Any) -> str:
    """The colour of a request's state."""
    if request.state == TraceState.INFO_REQUESTED:
        return "bad"
    return "lead" if request.is_open else "neutral"


@register.filter
def span(first: Any, last: Any) -> str:
    """A day, or the days between which it was: ``2015-06`` where only the month is known."""
    if first is None:
        return "not known"
    if first == last:
        return f"{first:%Y-%m-%d}"
    if first.month == last.month and first.year == last.year:
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if first.year == last.year else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


@register.filter
def crime_time(result: Any) -> str:
    """The time-to-crime of a result, in words."""
    sold = PartialDate(result.sold_first, result.sold_last) if result.sold_first else None
    found = time_to_crime(sold, PartialDate(result.recovered_first, result.recovered_last))
    if found.flag == "no_sale_date":
        return "not known: no date of sale"
    if found.flag == "negative":
        return "the sale is after the recovery: an error to resolve"
    if found.flag == "partial_date":
        return f"{found.low:,} to {found.high:,} days"
    return f"{found.low:,} days: {found.bucket}"


@register.filter
def words(name: str) -> str:
    """The name of a field in words."""
    return name.replace("_", " ").capitalize()


@register.inclusion_tag("traces/_law.html")
def trace_law() -> dict[str, Any]:
    """Under which law trace data stands, and what it is no sample of."""
    return {"marking": MARKING, "restriction": RESTRICTION, "disclaimer": DISCLAIMER}


@register.inclusion_tag("traces/_trace_of.html", takes_context=True)
def trace_of(context: dict[str, Any], exhibit: Any) -> dict[str, Any]:
    """The trace of the firearm that an exhibit is, and the way to request one."""
    user = context["user"]
    if not user.has_perm("traces.view"):
        return {"user": user, "shows": False}
    return {
        "user": user,
        "shows": True,
        "exhibit": exhibit,
        "requests": queries.of_exhibit(user, exhibit),
        "is_owner": exhibit.agency_id == user.agency_id and not exhibit.is_withdrawn,
    }
