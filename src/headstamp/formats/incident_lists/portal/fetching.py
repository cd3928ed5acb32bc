"""Fetch a list from a portal, whole or what has changed, and keep it as a vintage."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from headstamp.errors import PortalError
from headstamp.formats.incident_lists.converting import require_columns
from headstamp.formats.incident_lists.importing import Imported, import_list
from headstamp.formats.incident_lists.known_schemas import schema_of
from headstamp.formats.incident_lists.portal.asking import Portal
from headstamp.formats.incident_lists.portal.collecting import (
    ChangedMeanwhileError,
    Collected,
    collect,
    confirm,
    join,
    plan_of,
)
from headstamp.formats.incident_lists.portal.merging import Base, base_of, is_each_once, merge
from headstamp.formats.incident_lists.portal.unfinished import Plan, Unfinished, unfinished
from headstamp.formats.incident_lists.schema import Schema

STARTS: Final = 3
"""Times that a list which changes while it is fetched is begun anew."""

PAGE_SIZE: Final = 50_000
"""Rows of a page; what the older portals send at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be fetched, and where it goes.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    schema : Schema or None
        Found by the columns where none is given.
    since_last : bool
        Whether only what has changed since the newest vintage is asked for.
    page_size : int
    on_rows : callable
        Takes how many rows have arrived, of how many.
    pages : Path or None
        Folder for what has arrived; that of the vintages unless given.
    keep : callable or None
        Keeps the file with all rows, by its time of retrieval; it becomes a vintage of the folder
        unless given.
    """

    data: Path
    schema: Schema | None = None
    since_last: bool = False
    page_size: int = PAGE_SIZE
    on_rows: Callable[[int, int], None] = lambda *_: None
    pages: Path | None = None
    keep: Callable[[Path, str, Schema | None], Imported] | None = None

    def kept(self, path: Path) -> Imported:
        """The file with all rows, kept as a vintage of now."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        if self.keep is not None:
            return self.keep(path, now, self.schema)
        return import_list(path, self.data, retrieved=now, schema=self.schema)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of it.

    Parameters
    ----------
    imported : Imported
    source : str
        Address of the dataset.
    portal_rows : int
        Rows that the list has at the portal.
    fetched_rows : int
        Rows that were asked for.
    since : str
        Id of the vintage that was brought up to date; empty where the list was fetched whole.
    pages_fetched, pages_kept : int
        Pages that were fetched now, and that were there from before.
    """

    imported: Imported
    source: str
    portal_rows: int
    fetched_rows: int
    since: str
    pages_fetched: int
    pages_kept: int


def fetch(portal: Portal, wanted: Wanted) -> Fetched:
    """Fetch a list and import it; what has arrived stays until that is done.

    Raises
    ------
    PortalError
        If it cannot be had.
    UnreadableTableError
        If it is no list that is known, or does not fit the mapping.
    OutputError
        If there is no room. The pages that have arrived are kept in either case.
    """
    name = f"{portal.dataset.name}.csv"
    with unfinished(wanted.pages or wanted.data, portal.dataset.name) as kept:
        if wanted.since_last:
            base = base_of(wanted.data, name)
            if base is None:
                portal.say("nothing has been fetched from there before: it is fetched whole")
            elif (made := _since(portal, wanted, kept, base)) is not None:
                return made
        return _whole(portal, wanted, kept)


def _whole(portal: Portal, wanted: Wanted, kept: Unfinished) -> Fetched:
    with _joined(portal, wanted, kept) as (plan, collected, path):
        if not plan.rows:
            raise PortalError(f"{plan.address}: has no rows; nothing was imported")
        made = wanted.kept(path)
    return _done(made, plan, collected, kept)


def _since(portal: Portal, wanted: Wanted, kept: Unfinished, base: Base) -> Fetched | None:
    """None where it cannot be told what has changed."""
    with (
        _joined(portal, wanted, kept, base.where) as (plan, collected, path),
        tempfile.TemporaryDirectory(dir=kept.folder, prefix="merging-") as scratch,
    ):
        whole = Path(scratch) / path.name
        # Without a single page the latest row itself is gone.
        trouble, is_changed = "its latest row has been removed", False
        if plan.pages:
            merged = merge(base, path, plan.total, whole, Path(scratch))
            trouble, is_changed = merged.trouble, merged.is_changed
        if trouble:
            portal.say(f"{plan.address}: {trouble}; it is fetched whole")
            kept.drop_pages()
            return None
        made = wanted.kept(whole) if is_changed else Imported(base.vintage, is_new=False)
    return _done(made, plan, collected, kept, base.vintage.id)


@contextmanager
def _joined(
    portal: Portal, wanted: Wanted, kept: Unfinished, where: str = ""
) -> Iterator[tuple[Plan, Collected, Path]]:
    """The rows as one file, of one state of the list; begun anew when it changes meanwhile."""
    path = kept.folder / f"{portal.dataset.name}.csv"
    try:
        for _ in range(STARTS):
            plan = plan_of(portal, wanted.page_size, where)
            kept.agree(plan, portal.say)
            try:
                collected = _once(portal, wanted, kept, plan, path)
                break
            except ChangedMeanwhileError:
                kept.drop_pages()
                portal.say(f"{plan.address}: has changed meanwhile; it is begun anew")
        else:
            raise PortalError(
                f"{plan.address}: changed {STARTS} times while it was fetched; nothing was "
                "imported; try at another hour"
            )
        yield plan, collected, path
    finally:
        path.unlink(missing_ok=True)


def _once(portal: Portal, wanted: Wanted, kept: Unfinished, plan: Plan, path: Path) -> Collected:
    def look_at_columns(page: Path, header: tuple[str, ...]) -> None:
        found = wanted.schema or schema_of(header, str(page))
        require_columns(found, header, str(page))

    collected = collect(portal, kept, plan, look_at_columns, wanted.on_rows)
    confirm(portal, plan)
    join(kept, plan, path)
    if plan.pages and not is_each_once(path, collected.header, kept.folder):
        raise ChangedMeanwhileError  # rows moved from page to page
    return collected


def _done(
    made: Imported, plan: Plan, collected: Collected, kept: Unfinished, since: str = ""
) -> Fetched:
    kept.drop()
    return Fetched(
        made, plan.address, plan.total, plan.rows, since, collected.asked, collected.kept
    )
