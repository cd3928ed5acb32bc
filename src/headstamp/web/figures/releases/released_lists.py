"""The lists behind what was released: what may be counted in for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists.folder import folder_of
from headstamp.web.figures.models import Release


@contextmanager
def released_lists() -> Iterator[tuple[Path, dict[str, date]]]:
    """A data folder with the vintages of every release that stands, and no others.

    Yields
    ------
    folder : Path
    released_to : dict
        By jurisdiction, the last day of which figures were released.

    Raises
    ------
    WorkspaceError
        If the folder of a vintage is missing.
    """
    standing = Release.objects.standing().values_list("jurisdiction", "last_day", "draft__lists")
    released_to: dict[str, date] = {}
    wanted: set[tuple[str, str]] = set()
    for jurisdiction, last_day, lists in standing:
        released_to[jurisdiction] = max(last_day, released_to.get(jurisdiction, last_day))
        wanted |= {(jurisdiction, one) for one in lists}
    rows = ListVintage.objects.filter(withdrawn_at=None, vintage__in={one for _, one in wanted})
    with folder_of([one for one in rows if (one.jurisdiction, one.vintage) in wanted]) as folder:
        yield folder, released_to
