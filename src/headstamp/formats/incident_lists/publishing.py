"""Everything that is published of a jurisdiction on a day, as one document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.formats.city_reference import city_years
from headstamp.formats.incident_lists.area_figures import area_figures, boundaries
from headstamp.formats.incident_lists.choosing import Applied
from headstamp.formats.incident_lists.counting import Chosen, Question, choose_all, figures_of
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.incident_lists.places import Places
from headstamp.formats.incident_lists.trends import trend
from headstamp.incidents.cities import CityYear
from headstamp.incidents.rates import rate
from headstamp.incidents.rules import MEASURES

FORMAT: Final = 1
"""Of the document; raised when something in it changes its meaning."""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Population:
    """Who lives in a jurisdiction.

    Parameters
    ----------
    people : int
    year : int
    source : str
    """

    people: int
    year: int
    source: str


def _silent(_step: str) -> None:
    """Tell nobody."""


def publication(
    data: Path,
    asked: Question,
    own_rules: Path | None = None,
    population: Population | None = None,
    report: Report = _silent,
) -> dict[str, Any]:
    """The full edition of what is published of a jurisdiction.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    asked : Question
        Jurisdiction, last day and day of knowledge; the rest of it is not used.
    own_rules : Path, optional
        A folder of further rules.
    population : Population, optional
        For rates of the whole jurisdiction.
    report : callable
        Told what is being done.

    Returns
    -------
    dict
        What JSON can hold, but for NaN and infinities, which ``json_text`` writes as null.

    Raises
    ------
    UnreadableTableError
        If there is no list, or no rule for those that are there.
    """
    people = population.people if population else 0
    whole = Question(asked.jurisdiction, asked.to, known_on=asked.known_on, population=people)
    chosen = choose_all(data, whole, own_rules)
    with connection() as database:
        report("counting")
        figures = [row for one in figures_of(database, data, chosen, whole) for row in one.rows()]
        report("counting by month")
        trends = [trend(database, data, one, whole, chosen.there) for one in chosen.applied]
        report("counting by area")
        areas = list(area_figures(database, data, chosen, whole))
        places = Places(database, data, whole)
        report("placing on the map")
        points = list(filter(None, map(places.points, chosen.applied)))
        report("looking for hot spots")
        spots = list(filter(None, map(places.hot_spots, chosen.applied)))
        report("looking for near repeats")
        repeats = list(filter(None, map(places.near_repeat, chosen.applied)))
    return {
        "format": FORMAT,
        "jurisdiction": asked.jurisdiction,
        "place": asked.jurisdiction.replace("-", " ").title(),
        "to": asked.to.isoformat(),
        "known_on": asked.known_on or max(one.counted.day for one in chosen.applied),
        "edition": "full",
        "vintages": _vintages(chosen),
        "rules": [_rule(one) for one in chosen.applied],
        "left_out": [
            {"rule": _key(one.rule.name, one.rule.version), "reason": one.reason}
            for one in chosen.left_out
        ],
        "population": asdict(population) if population else None,
        "figures": figures,
        "trends": trends,
        "areas": areas,
        "boundaries": boundaries(data, asked.jurisdiction),
        "points": points,
        "hot_spots": spots,
        "near_repeat": repeats,
        "cities": _cities(asked.to.year),
    }


def _vintages(chosen: Chosen) -> list[dict[str, Any]]:
    """Those that are counted, or looked up in."""
    used = {one.id + one.schema: one for each in chosen.applied for one in each.vintages.values()}
    return [{**asdict(one), "fields": list(one.fields)} for one in used.values()]


def _key(name: str, version: int) -> str:
    return f"{name} v{version}"


def _rule(applied: Applied) -> dict[str, Any]:
    rule = applied.rule
    return {
        "key": _key(rule.name, rule.version),
        "name": rule.name,
        "version": rule.version,
        "title": rule.title,
        "explanation": rule.explanation,
        "measure": rule.measure,
        "measure_name": MEASURES[rule.measure],
        "unit": rule.unit,
        "schema": rule.schema,
    }


def _cities(year: int) -> dict[str, Any]:
    """The cities in the last whole year before one that most of them are known of."""
    known = city_years()
    numbers = [one.year for one in known if one.year < year and one.murders is not None]
    there = [one for one in known if one.murders is not None]
    chosen = max(set(numbers), key=lambda each: (numbers.count(each), each), default=year)
    return {"year": chosen, "rows": [_city(one) for one in there if one.year >= chosen]}


def _city(one: CityYear) -> dict[str, Any]:
    found = rate(one.murders or 0, one.population) if one.population else None
    whole = found if not one.part_of_year else None
    return {
        **asdict(one),
        "rate": whole.value if whole else None,
        "low": whole.interval[0] if whole else None,
        "high": whole.interval[1] if whole else None,
    }
