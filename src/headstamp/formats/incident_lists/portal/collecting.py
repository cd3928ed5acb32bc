"""Fetch the pages that are not there yet, in an order that stays, and join them to one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headstamp.errors import OutputError, PortalError
from headstamp.formats.incident_lists.portal.asking import Answer, Portal
from headstamp.formats.incident_lists.portal.page import (
    ColumnsChangedError,
    Page,
    read_page,
    require_same_columns,
)
from headstamp.formats.incident_lists.portal.unfinished import Plan, Unfinished

LARGEST_PAGE: Final = 512_000_000
BLOCK: Final = 1 << 20

SELECTED: Final = "*,:id,:updated_at"
"""SoQL wants the star first."""


class ChangedMeanwhileError(Exception):
    """The list at the portal is no longer the one whose pages are being fetched."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What arrived.

    Parameters
    ----------
    header : tuple of str
        Empty where there was no page.
    asked, kept : int
        Pages that were fetched now, and pages that were there from before.
    """

    header: tuple[str, ...]
    asked: int
    kept: int


def plan_of(portal: Portal, page_size: int, where: str = "") -> Plan:
    """Ask how many rows there are, and when they last changed.

    Raises
    ------
    PortalError
        If the portal does not say.
    """
    total, answer = _count(portal, "")
    rows = _count(portal, where)[0] if where else total
    return Plan(portal.dataset.address, where, page_size, rows, total, answer.modified, answer.tag)


def collect(
    portal: Portal,
    kept: Unfinished,
    plan: Plan,
    on_first: Callable[[Path, tuple[str, ...]], None],
    on_rows: Callable[[int, int], None],
) -> Collected:
    """Every page of a plan; a page that is there is not asked for again.

    Parameters
    ----------
    portal : Portal
    kept : Unfinished
    plan : Plan
    on_first : callable
        Takes the file and the columns of the first page, and raises where they are of no use.
    on_rows : callable
        Takes how many rows are there, of how many.

    Raises
    ------
    PortalError
        If a page cannot be had or used.
    ChangedMeanwhileError
        If the list has changed since the plan was made.
    """
    first, asked, there = Page((), 0), 0, 0
    for number in range(1, plan.pages + 1):
        page = _from_before(kept, plan, number)
        if page is None:
            page = _fetch(portal, kept, plan, number, first)
            asked += 1
        if number == 1:
            first = page
            on_first(kept.path(1), first.header)
        _require_columns_of(first, page, number, kept)
        there += page.rows
        on_rows(there, plan.rows)
    return Collected(first.header, asked, plan.pages - asked)


def confirm(portal: Portal, plan: Plan) -> None:
    """Ask once more whether the list is still the same.

    Raises
    ------
    ChangedMeanwhileError
        If it is not.
    """
    if not plan.is_of_same_data(plan_of(portal, plan.page_size, plan.where)):
        raise ChangedMeanwhileError


def join(kept: Unfinished, plan: Plan, target: Path) -> None:
    """Write the pages as one file: the header once, and every row byte for byte as it came.

    Raises
    ------
    OutputError
        If there is no room.
    """
    try:
        with target.open("wb") as whole:
            for number in range(1, plan.pages + 1):
                with kept.path(number).open("rb") as page:
                    header = page.readline()
                    whole.write(header if number == 1 else b"")
                    end = b"\n"
                    while block := page.read(BLOCK):
                        whole.write(block)
                        end = block[-1:]
                    whole.write(b"" if end == b"\n" else b"\n")
    except OSError as error:
        target.unlink(missing_ok=True)
        raise OutputError(
            f"{target}: cannot be written ({error.strerror}); make room and run the same command "
            "again: the pages that have arrived are kept"
        ) from error


def _count(portal: Portal, where: str) -> tuple[int, Answer]:
    query = {"$select": "count(*)"} | ({"$where": where} if where else {})
    found, answer = portal.ask_json(query)
    try:
        (row,) = found
        (number,) = row.values()
        rows = int(number)
    except (TypeError, ValueError, AttributeError) as error:
        raise PortalError(
            f"{portal.dataset.address}: does not say how many rows it has; check that the address "
            "is that of a dataset"
        ) from error
    if rows < 0:
        raise PortalError(f"{portal.dataset.address}: says that it has {rows:,} rows")
    return rows, answer


def _from_before(kept: Unfinished, plan: Plan, number: int) -> Page | None:
    """A page that is there, unless its file was damaged since."""
    if not kept.is_there(number):
        return None
    try:
        page = read_page(kept.path(number), number)
    except PortalError:
        return None
    return page if page.rows == plan.rows_of(number) else None


def _fetch(portal: Portal, kept: Unfinished, plan: Plan, number: int, first: Page) -> Page:
    query: dict[str, object] = {
        "$select": SELECTED,
        "$order": ":id",
        "$limit": plan.page_size,
        "$offset": (number - 1) * plan.page_size,
    }
    if plan.where:
        query["$where"] = plan.where
    with kept.arriving(number) as (stream, part):
        answer = portal.ask("csv", query, stream, LARGEST_PAGE)
        stream.flush()
        if answer.modified and plan.modified and answer.modified != plan.modified:
            raise ChangedMeanwhileError
        page = read_page(part, number, answer.kind)
        if first.header:
            _require_columns_of(first, page, number, kept)
        if page.rows != plan.rows_of(number):
            confirm(portal, plan)
            raise _other_count(plan, number, page.rows)
    return page


def _require_columns_of(first: Page, page: Page, number: int, kept: Unfinished) -> None:
    """Pages with other columns can never be joined: they are dropped."""
    try:
        require_same_columns(first, page, number)
    except ColumnsChangedError:
        kept.drop_pages()
        raise


def _other_count(plan: Plan, number: int, rows: int) -> PortalError:
    advice = (
        f"it may send {rows:,} at most: give --page-size {rows}"
        if 0 < rows < plan.rows_of(number) and number == 1
        else "run the same command again later"
    )
    return PortalError(
        f"{plan.address}: says that it has {plan.rows:,} rows, but page {number} has {rows:,} "
        f"where {plan.rows_of(number):,} should be; nothing was imported; {advice}"
    )
