"""Dates and numbers of figures in templates."""

from __future__ import annotations

from typing import Any

from django import template

from headstamp.web.figures.shown import cells, words

register = template.Library()
register.filter("day", words.day)
register.filter("number", words.number)
register.filter("rule_slug", words.rule_slug)
register.filter("body", cells.body)
register.filter("area_body", cells.area_body)


@register.filter
def period(name: str) -> str:
    """The name of a period as people read it."""
    return words.PERIODS.get(name, name.replace("_", " "))


@register.filter
def share(value: Any) -> str:
    """A share as a percentage."""
    return "" if value is None else f"{100 * float(value):.1f} %"
