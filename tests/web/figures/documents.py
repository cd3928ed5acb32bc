"""A publication in the shape that pages are given, quick to make; its counts are really counted.

Whether the real one has this shape is asked in ``test_real_figures.py``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from headstamp.formats.incident_lists.counting import Question, count
from headstamp.formats.incident_lists.vintages import vintages

HIDDEN = "1 to 4"


@dataclass(frozen=True)
class Drawn:
    """A chart."""

    name: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def computed(data, wanted):
    """Counts of the whole and by district."""
    asked = {
        "jurisdiction": wanted.jurisdiction,
        "to": wanted.last_day,
        "known_on": wanted.known_on,
    }
    whole = count(data, Question(**asked, population=2_000_000))
    by_district = count(data, Question(**asked, by="district"))
    used = {one.vintage.id: one.vintage for one in whole.figures}
    rules = {one.rule.name: one.rule for one in whole.figures}
    return {
        "format": 1,
        "jurisdiction": wanted.jurisdiction,
        "place": "Port Verity",
        "to": wanted.last_day.isoformat(),
        "known_on": wanted.known_on or max(one.day for one in vintages(data)),
        "edition": "full",
        "vintages": [asdict(one) for one in used.values()],
        "rules": [
            {
                "key": f"{one.name} v{one.version}",
                "measure_name": one.measure.replace("_", " ").capitalize(),
                **{
                    name: getattr(one, name)
                    for name in (
                        *("name", "version", "title", "explanation", "measure", "unit", "schema"),
                    )
                },
            }
            for one in rules.values()
        ],
        "left_out": [],
        "population": {"people": 2_000_000, "year": 2025, "source": "made up"},
        "figures": [row for one in whole.figures for row in one.rows()],
        "trends": [],
        "areas": [
            {
                "kind": "district",
                "title": "Police districts",
                "rows": [
                    {**row, "area_name": f"District {row['area']}", "suppressed": ""}
                    for one in by_district.figures
                    if one.period == "year_to_date"
                    for row in one.rows()
                ],
            }
        ],
        "boundaries": {"district": {"type": "FeatureCollection", "features": []}},
        "points": [],
        "hot_spots": [],
        "near_repeat": [],
        "cities": {
            "year": 2025,
            "rows": [
                {"city": "port-verity", "name": "Port Verity", "state": "", "year": 2025,
                 "part_of_year": "", "murders": 80, "population": 2_000_000, "rate": 4.0,
                 "low": 3.2, "high": 4.9, "source": "made up"}
            ],
        },
    }  # fmt: skip


TOLD = ("count", "comparison_count", "ratio", "interval", "p_value", "count_interval")


def public(document):
    """Counts of one to four left out; enough for pages, too little for publication."""
    areas = [
        {**one, "rows": [_suppressed(row) for row in one["rows"]]} for one in document["areas"]
    ]
    return {**document, "edition": "public", "areas": areas}


def _suppressed(row):
    numbers = (row["count"], row["comparison_count"])
    if not any(one is not None and 1 <= one <= 4 for one in numbers):
        return row
    told = dict.fromkeys((*TOLD, "ratio_per_day", "interval_per_day", "p_value_per_day"))
    return {**row, **told, "suppressed": HIDDEN, "wording": ""}


def drawn(document):
    """A chart for each page that has some."""
    names = (
        *("trend-port-verity-murders", "areas-district-port-verity-murders", "cities"),
        *("points-port-verity-murders", "hot-spots-port-verity-murders"),
        "near-repeat-port-verity-murders",
    )
    rows = tuple((row["area"], row["count"]) for row in document["areas"][0]["rows"][:8])
    told = " ".join(f"{area}:{number}" for area, number in rows)
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240">'
        f'<rect width="640" height="240" fill="#eee"/><desc>{told}</desc></svg>'
    )
    return [
        Drawn(name, f"Chart of {name}", f"Shows {name}.", picture, ("area", "count"), rows)
        for name in names
    ]


def made_report(kind, template, document):
    """A report that says its template and its first count."""
    row = document["figures"][0]
    text = f"{template or 'shipped'}: {row['count']}"
    line = [{"text": text, "style": ""}]
    return [{"kind": "text", "level": 0, "lines": [line]}], b"%PDF-1.7 " + text.encode()
