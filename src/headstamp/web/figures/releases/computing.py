"""Where figures come from: the one place that asks the cores for a publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headstamp.web.figures.releases.pieces import Wanted


def computed(data: Path, wanted: Wanted) -> dict[str, Any]:
    """The full publication of a jurisdiction.

    Raises
    ------
    UnreadableTableError
        If no rule can be applied to the lists there are.
    """
    from headstamp.formats.incident_lists.counting import Question
    from headstamp.formats.incident_lists.publishing import Population, publication

    asked = Question(jurisdiction=wanted.jurisdiction, to=wanted.last_day, known_on=wanted.known_on)
    people = Population(*wanted.population) if wanted.population else None
    return dict(publication(data, asked, population=people))


def public(document: Mapping[str, Any]) -> dict[str, Any]:
    """The edition for everybody: small cells suppressed."""
    from headstamp.formats.incident_lists.publishing import public_edition

    return dict(public_edition(dict(document)))


def drawn(document: Mapping[str, Any]) -> Sequence[Any]:
    """The charts of an edition."""
    from headstamp.reports.figure_charts import charts

    return list(charts(dict(document)))
