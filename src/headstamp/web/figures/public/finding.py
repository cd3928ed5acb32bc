"""Which release an address means, and what has become of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from headstamp.web.accounts.models import Agency
from headstamp.web.figures.models import Release, Restatement
from headstamp.web.figures.releases.kept import document_of
from headstamp.web.figures.releases.pieces import CHARTS, PAGE, PUBLIC
from headstamp.web.figures.shown.areas import kinds


@dataclass(frozen=True, slots=True)
class Found:
    """A release with everything that its pages say of it."""

    release: Release
    replaced_by: Release | None
    restated_in: tuple[Restatement, ...]
    restates: tuple[Restatement, ...]
    newest: Release | None
    publisher: str

    @property
    def withdrawal(self) -> Any:
        """Why it was taken back; None for a release that stands."""
        return getattr(self.release, "withdrawal", None)

    @property
    def is_newest(self) -> bool:
        """Whether no newer release of the jurisdiction stands."""
        return self.newest is not None and self.newest.pk == self.release.pk

    @property
    def said(self) -> str:
        """Another text whenever any of this is another."""
        later = [*self.restated_in, self.replaced_by, self.newest, self.withdrawal]
        keys = [self.release.expected_hash(), *(str(one.pk) for one in later if one)]
        return " ".join([*keys, self.publisher])

    @property
    def document(self) -> Any:
        """The figures of the public edition."""
        return document_of(self.release.draft, PUBLIC, PAGE)

    @property
    def charts(self) -> Any:
        """Charts of the public edition, without their pictures."""
        return document_of(self.release.draft, PUBLIC, CHARTS)


def find(jurisdiction: str, to: str, number: int) -> Found | None:
    """The release at an address."""
    last_day = day_of(to)
    if last_day is None or not 0 < number < 2**31:
        return None
    rows = Release.objects.select_related("draft", "withdrawal", "replaces")
    found = rows.filter(jurisdiction=jurisdiction, last_day=last_day, number=number).first()
    return None if found is None else whole(found)


def whole(release: Release) -> Found:
    """A release with what was released after it."""
    restated = release.restated_in.select_related("release").filter(release__withdrawal=None)
    return Found(
        release=release,
        replaced_by=release.replaced_by.first(),
        restated_in=tuple(restated.order_by("release__released_at")),
        restates=tuple(release.restates.select_related("earlier").order_by("-earlier__last_day")),
        newest=newest(release.jurisdiction),
        publisher=publisher(),
    )


def newest(jurisdiction: str) -> Release | None:
    """The newest release that stands."""
    found = Release.objects.filter(jurisdiction=jurisdiction).standing().newest_first()
    release: Release | None = found.select_related("draft", "replaces").first()
    return release


def publisher() -> str:
    """Who publishes: the agency that made the workspace."""
    return str(Agency.objects.filter(is_host=True).values_list("name", flat=True).first() or "")


def day_of(text: str) -> date | None:
    """A day as ``2017-06-29``, and in no other way."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def sections(found: Found) -> list[tuple[str, str]]:
    """The pages a release has something for: the part of their address, and their name."""
    document = found.document
    names = {one["name"] for one in found.charts}

    def has(*prefixes: str) -> bool:
        return any(name.startswith(prefixes) for name in names)

    offered = [
        ("trends/", "Trends", has("trend-", "years-")),
        *((f"areas/{one['kind']}/", one["title"], True) for one in kinds(document)),
        ("map/", "Map", has("points-")),
        ("hot-spots/", "Hot spots", has("hot-spots-")),
        ("near-repeat/", "Near repeats", has("near-repeat-")),
        ("cities/", "Other cities", bool((document.get("cities") or {}).get("rows"))),
        ("report/", "Monthly report", True),
        ("method/", "Method", True),
        ("restatements/", "Restatements", True),
        ("data/", "Data", True),
    ]
    return [(part, title) for part, title, there in offered if there]
