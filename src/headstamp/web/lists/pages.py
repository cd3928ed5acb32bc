"""A page of a long list, without counting all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest

from headstamp.web.lists.indexed import with_keys

SIZE: Final = 50
COUNTED: Final = 1000
"""Longer lists are said to be "more than" this: counting on would cost more than the page."""
LAST: Final = 200
"""The furthest page; beyond it a filter finds things faster than leafing."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where they stand in it."""

    rows: list[Any]
    number: int
    count: int
    has_next: bool
    is_cut: bool = False
    """Whether more rows follow that leafing does not reach."""

    @property
    def first(self) -> int:
        """Position of the first row, from one."""
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        """Position of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def count_text(self) -> str:
        """How many there are, in words a person can trust."""
        return f"more than {COUNTED:,}" if self.count > COUNTED else f"{self.count:,}"

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page that ``?page=`` names; the first when it names none."""
    try:
        number = min(max(int(request.GET.get("page", "1")), 1), LAST)
    except ValueError:
        number = 1
    start = (number - 1) * SIZE
    rows = _in_order(rows)
    keys, count = _keys(rows, start)
    found = list(with_keys(rows, keys[:SIZE]))
    is_more = len(keys) > SIZE
    return Page(found, number, count, is_more and number < LAST, is_more and number == LAST)


def first(rows: QuerySet[Any], count: int) -> list[Any]:
    """The first rows of a list, found like a page of it."""
    rows = _in_order(rows)
    return list(with_keys(rows, list(rows.values_list("pk", flat=True)[:count])))


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that are equal in their order follow their key, so that each has one place."""
    order = rows.query.order_by or tuple(rows.model._meta.ordering)
    return rows.order_by(*order, "pk")


def _keys(rows: QuerySet[Any], start: int) -> tuple[list[Any], int]:
    """Keys of a page's rows and of the one after it, and how many rows there are.

    What a row takes from other tables is got for the rows that are shown, not for all that are
    passed over or counted. The count goes on to ``COUNTED`` and ends there.
    """
    keys = rows.values_list("pk", flat=True)
    if start + SIZE > COUNTED:
        found = list(keys[start : start + SIZE + 1])
        return found, start + len(found)
    counted = list(keys[: COUNTED + 1])
    return counted[start : start + SIZE + 1], len(counted)


def is_filtered(form: Form) -> bool:
    """Whether a list's filter asks for anything; also when what it asks for means nothing."""
    return any(form.data.get(name) for name in form.fields)
