"""Fill a new workspace with a city, from its people to the newest scene's candidates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.simulation.city_records import City
from headstamp.web.audit.actions import writing
from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.demonstration.events import add_cases, add_incidents
from headstamp.web.demonstration.exhibits import add_exhibits, registrar_of
from headstamp.web.demonstration.found import SearchedCase, candidates_of
from headstamp.web.demonstration.leads import work_leads
from headstamp.web.demonstration.links import work_links
from headstamp.web.demonstration.people import People, add_people, share
from headstamp.web.demonstration.scans import hand_in
from headstamp.web.evidence.models import Exhibit, Scan

if TYPE_CHECKING:
    from headstamp.web.demonstration.checked_text import CheckedText


class Demonstration:
    """A city in a workspace; each method is a step, in this order.

    Parameters
    ----------
    city : City
    files : dict
        The scan of each exhibit's number that has one.
    """

    def __init__(self, city: City, files: dict[str, Path]) -> None:
        self.city = city
        self.files = files
        self.guns = {one.number: one.firearm for one in city.exhibits}
        self.people: People
        self.exhibits: dict[str, Exhibit] = {}

    @property
    def newest(self) -> str:
        """The number of the newest incident."""
        return self.city.incidents[-1].number

    def enter(self) -> None:
        """People, incidents, scenes, exhibits, custody and cases, in one transaction."""
        with writing():
            self.people = add_people(self.city)
            share(self.city, self.people)
            incidents = add_incidents(self.city, self.people)
            self.exhibits = add_exhibits(self.city, self.people, incidents)
            add_cases(self.city, self.people, incidents)

    def release_figures(self, last_day: date, years: int) -> None:
        """The city's list of shootings to a day, and releases of figures counted in it."""
        from headstamp.web.demonstration.figures import add_figures

        add_figures(self.people, self.city.seed, last_day, years)

    def check_a_text(self) -> CheckedText:
        """Check a text about the city against what was released of it, and keep the result."""
        from headstamp.web.demonstration.checked_text import add_checked_text

        return add_checked_text(self.people)

    def trace(self) -> None:
        """Requests for traces of the recovered guns, and tables of results."""
        from headstamp.web.demonstration.traces import add_traces

        add_traces(self.people, self.city.seed)

    def hand_in(self, *, newest: bool) -> list[Scan]:
        """The scans of the newest scene, or all earlier ones."""
        made = []
        for one in self.city.exhibits:
            if one.number in self.files and (one.incident == self.newest) is newest:
                exhibit = self.exhibits[one.number]
                by = registrar_of(one, exhibit.incident, self.people)
                made.append(hand_in(exhibit, self.files[one.number], by))
        return made

    def review(self) -> None:
        """Bring the links found so far to every state, and the leads that rest on them."""
        with writing():
            work_links(self.people, self._same_gun)
            work_leads(self.people)

    def found(self, scans: list[Scan]) -> tuple[SearchedCase, ...]:
        """The candidates of the newest scene's scans."""
        fresh = Scan.objects.filter(pk__in=[one.pk for one in scans])
        ordered = fresh.select_related("exhibit", "incident").order_by("exhibit__number")
        return tuple(candidates_of(one, self.guns) for one in ordered)

    def _same_gun(self, link: BallisticLink) -> bool:
        one, other = self.guns[link.exhibit_a.number], self.guns[link.exhibit_b.number]
        return one is not None and one == other
