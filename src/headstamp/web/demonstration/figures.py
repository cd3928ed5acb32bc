"""Many years of the city's shootings, and what was released of them: once, and restated."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings

from headstamp.formats.boundaries.importing import Asked
from headstamp.simulation.city_people import CITY_POLICE
from headstamp.simulation.list_areas import KINDS, boundaries, parts
from headstamp.simulation.list_records import VictimList
from headstamp.simulation.list_table import list_csv
from headstamp.simulation.victim_list import plan_list
from headstamp.web.demonstration.people import People
from headstamp.web.figures.lists.boundaries import keep_boundaries
from headstamp.web.figures.lists.importing import keep_list
from headstamp.web.figures.models import Draft
from headstamp.web.figures.releases import actions
from headstamp.web.figures.releases.jobs import compute
from headstamp.web.roles import Role

INCIDENTS: Final = 520
MOST_WEEKS: Final = 12
JURISDICTION: Final = "port-verity"
NOTE: Final = "The city of Port Verity and everything that happened in it are made up."
LATER: Final = "Counted anew from a later list: events have come onto it since."


def add_figures(people: People, seed: int, last_day: date, years: int) -> None:
    """Import the list as it stood weeks ago and as it stands; release the same days from both."""
    made = plan_list(seed, years, last_day, INCIDENTS)
    analyst = people.one(CITY_POLICE, Role.ANALYST)
    earlier = _earlier(made, last_day)
    with TemporaryDirectory(dir=settings.WORKSPACE.tmp, prefix="list-") as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}s.geojson"
            path.write_text(json.dumps(boundaries(kind)), encoding="utf-8")
            keep_boundaries(path, _asked(kind, last_day.year), by=analyst)
        for day, note in ((earlier, NOTE), (last_day, f"{NOTE}\n\n{LATER}")):
            path = Path(folder) / f"victims-{day.isoformat()}.csv"
            path.write_text(list_csv(made, day), encoding="utf-8")
            keep_list(path, retrieved=day.isoformat(), by=analyst)
            _release(people, earlier - timedelta(days=1), note)


def _earlier(made: VictimList, last_day: date) -> date:
    """The last day, whole weeks ago, after which somebody shot before it came onto the list."""
    for weeks in range(1, MOST_WEEKS):
        day = last_day - timedelta(weeks=weeks)
        if any(
            one.firearm and one.occurred.date() < day < one.listed <= last_day
            for one in made.victims
        ):
            return day
    return last_day - timedelta(weeks=MOST_WEEKS)


def _asked(kind: str, year: int) -> Asked:
    return Asked(
        JURISDICTION,
        kind,
        "area",
        "name",
        "population",
        population_year=year,
        source="made up",
    )


def _release(people: People, last_day: date, note: str) -> None:
    """Figures that the analyst prepares and the commander releases."""
    draft = actions.prepare(
        jurisdiction=JURISDICTION,
        last_day=last_day,
        known_on=None,
        note=note,
        people=sum(one.population for one in parts("district")),
        people_year=last_day.year,
        people_source="made up",
        by=people.one(CITY_POLICE, Role.ANALYST),
    )
    compute.call(str(draft.pk))
    current = Draft.objects.get(pk=draft.pk)
    by = people.one(CITY_POLICE, Role.COMMANDER)
    actions.release(current, version=current.version, by=by)
