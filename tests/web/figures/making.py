"""Lists, releases and reports, made through the actions of the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.web.figures import documents
from tests.web.records import work

LAST = date(2026, 6, 30)
FIRST_DAY, SECOND_DAY = date(2026, 6, 23), date(2026, 6, 30)


@cache
def victim_lists() -> dict[date, Path]:
    """A synthetic city's list as it stood on two days, a week apart."""
    from headstamp.simulation.list_table import list_csv
    from headstamp.simulation.victim_list import plan_list

    folder = Path(mkdtemp(prefix="victims-"))
    made = plan_list(5, 3, LAST, 500)
    found = {}
    for day in (FIRST_DAY, SECOND_DAY):
        found[day] = folder / f"victims-{day.isoformat()}.csv"
        found[day].write_text(list_csv(made, day), encoding="utf-8")
    return found


@contextmanager
def quick_figures() -> Iterator[None]:
    """Figures that are counted, and neither mapped nor drawn."""
    from headstamp.web.figures.releases import computing
    from headstamp.web.figures.reports import making

    named = [(computing, name) for name in ("computed", "public", "drawn")]
    named.append((making, "made_report"))
    kept = [getattr(module, name) for module, name in named]
    for module, name in named:
        setattr(module, name, getattr(documents, name))
    try:
        yield
    finally:
        for (module, name), was in zip(named, kept, strict=True):
            setattr(module, name, was)


def imported(make: Any, day: date = FIRST_DAY) -> Any:
    """The city's list of a day, in the workspace."""
    from headstamp.web.figures.lists.importing import keep_list

    path = victim_lists()[day]
    return keep_list(path, retrieved=day.isoformat(), by=make.person("analyst")).vintage


def prepared(make: Any, last_day: date = FIRST_DAY, by: Any = None, **more: Any) -> Any:
    """Figures that wait for a second person."""
    from headstamp.web.figures.models import ListVintage
    from headstamp.web.figures.releases import actions

    if not ListVintage.objects.exists():
        imported(make)
    given = {"known_on": None, "note": "", "jurisdiction": "port-verity", **more}
    made = actions.prepare(last_day=last_day, by=by or make.person("analyst"), **given)
    with quick_figures():
        work()
    made.refresh_from_db()
    assert made.state == "prepared", made.failure
    return made


def released(make: Any, last_day: date = FIRST_DAY, **more: Any) -> Any:
    """Figures that everybody reads; ``list`` is what they were counted in."""
    from headstamp.web.figures.models import ListVintage
    from headstamp.web.figures.releases import actions

    draft = prepared(make, last_day, **more)
    made = actions.release(draft, version=draft.version, by=make.person("commander"))
    made.list = ListVintage.objects.get(vintage=draft.lists[-1])
    return made


def weekly(make: Any, last_day: date = FIRST_DAY) -> Any:
    """A weekly command report."""
    from headstamp.web.figures.reports.actions import ask_weekly

    made = ask_weekly(jurisdiction="port-verity", last_day=last_day, by=make.person("analyst"))
    with quick_figures():
        work()
    made.refresh_from_db()
    assert made.state == "ready", made.failure
    return made
