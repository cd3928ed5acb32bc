"""From a publication to its charts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from headstamp.reports.figure_charts import area_rows, near_repeat, points, series
from headstamp.reports.figure_charts.area_maps import area_map
from headstamp.reports.figure_charts.cities import cities
from headstamp.reports.figure_charts.frame import svg_of
from headstamp.reports.figure_charts.multiples import MOST, multiples
from headstamp.reports.figure_charts.plan import Chart, Plan, Subject

__all__ = ["Chart", "Plan", "charts", "plans"]

OUTLINES: Final = ("district", "area", "ward", "beat")
"""Boundaries to draw dots over, the most fitting first."""

Publication = Mapping[str, Any]


def charts(publication: Publication, names: Collection[str] | None = None) -> list[Chart]:
    """Draw the charts of a publication; the same publication gives the same text.

    Parameters
    ----------
    publication : mapping
        As ``publication`` of ``formats.incident_lists.publishing`` makes it.
    names : collection of str, optional
        Draw these alone.
    """
    return [drawn(one) for one in plans(publication) if names is None or one.name in names]


def drawn(one: Plan) -> Chart:
    """A planned chart, drawn."""
    return Chart(
        name=one.name,
        title=one.title,
        description=one.description,
        svg=svg_of(one.name, one.specification),
        columns=one.columns,
        rows=one.rows,
        block=one.block,
        rule=one.rule,
        kind=one.kind,
    )


def plans(publication: Publication) -> list[Plan]:
    """The charts there can be: those without data are left out. Quick: nothing is drawn."""
    subjects = {
        str(rule["key"]): Subject(
            str(publication["place"]), rule, publication.get("edition") == "public"
        )
        for rule in publication["rules"]
    }
    made: list[Plan] = []
    made += _trends(publication, subjects)
    made += _areas(publication, subjects)
    made += _on_maps(publication, subjects, "points", points.points)
    made += _on_maps(publication, subjects, "hot_spots", points.hot_spots)
    made += [
        near_repeat.near_repeat(subjects[one["rule"]], one)
        for one in publication.get("near_repeat") or ()
        if one["cells"]
    ]
    if compared := publication.get("cities"):
        made += cities(compared, str(publication["place"]))
    return made


def _trends(publication: Publication, subjects: Mapping[str, Subject]) -> Iterator[Plan]:
    for one in publication.get("trends") or ():
        about = subjects[one["rule"]]
        if any(month["complete"] for month in one["months"]):
            yield series.trend(about, one["months"])
        if one["years"]:
            yield series.years(about, one["years"], str(publication["to"]))


def _areas(publication: Publication, subjects: Mapping[str, Subject]) -> Iterator[Plan]:
    boundaries = publication.get("boundaries") or {}
    for division in publication.get("areas") or ():
        kind, title = division["kind"], division["title"]
        for key, about in subjects.items():
            there = area_rows.of_rule(division["rows"], key)
            if not there or all(one.count is None and not one.suppressed for one in there):
                continue
            if boundaries.get(kind, {}).get("features"):
                yield area_map(about, kind, title, there, boundaries[kind])
            if any(one.count is not None for one in there) and len(there) <= MOST:
                yield from multiples(about, kind, title, there)


def _on_maps(
    publication: Publication,
    subjects: Mapping[str, Subject],
    part: str,
    plan: Callable[[Subject, Mapping[str, Any], Mapping[str, Any]], Plan],
) -> Iterator[Plan]:
    boundaries = publication.get("boundaries") or {}
    outline = next((boundaries[kind] for kind in OUTLINES if boundaries.get(kind)), None)
    for one in publication.get(part) or ():
        there = one.get("points") or one.get("cells")
        if there:
            yield plan(subjects[one["rule"]], one, outline or {"features": []})
