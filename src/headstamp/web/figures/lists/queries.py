"""What there is of lists."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import QuerySet

from headstamp.formats.incident_lists.vintages import REJECTED
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists.folder import path_of

SHOWN: Final = 100
"""Rows that were set aside, or differ, of which a page shows no more."""


def vintages() -> QuerySet[ListVintage]:
    """Every vintage, by list, newest first; everybody inside sees them all."""
    return ListVintage.objects.select_related("imported_by", "withdrawn_by")


def jurisdictions() -> list[str]:
    """Those that have a list in use."""
    found = ListVintage.objects.filter(withdrawn_at=None)
    return sorted(set(found.values_list("jurisdiction", flat=True)))


def others_of(vintage: ListVintage) -> QuerySet[ListVintage]:
    """Other vintages of the same list."""
    same = vintages().filter(jurisdiction=vintage.jurisdiction, schema=vintage.schema)
    return same.exclude(pk=vintage.pk)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of a file that mean nothing, as they stood."""

    header: list[str]
    rows: list[list[str]]


def set_aside(vintage: ListVintage) -> SetAside | None:
    """The first rows that were set aside."""
    path = path_of(vintage) / REJECTED
    if not vintage.rejected or not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = list(islice(csv.reader(stream), SHOWN + 1))
    return SetAside(found[0], found[1:]) if found else None
