"""The agencies of the city, their people, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

from headstamp.simulation.city_people import CITY_POLICE
from headstamp.simulation.city_records import City
from headstamp.web.accounts.models import Agency, User
from headstamp.web.audit.actions import record
from headstamp.web.casework import cases
from headstamp.web.roles import Role


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, by email address."""

    by_email: dict[str, User]

    def of(self, agency: str, role: str) -> list[User]:
        """Those with a role in an agency, in a fixed order."""
        return [
            user
            for user in self.by_email.values()
            if user.agency.code == agency and user.role == role
        ]

    def one(self, agency: str, role: str) -> User:
        """The first of them."""
        return self.of(agency, role)[0]


def add_people(city: City) -> People:
    """Make agencies and people; nobody has a password, one steps into a role with a click."""
    agencies = {
        one.code: Agency.objects.create(
            code=one.code, name=one.name, kind=one.kind, is_host=one.code == CITY_POLICE
        )
        for one in city.agencies
    }
    made = {}
    for one in city.staff:
        made[one.email] = User.objects.create_user(
            one.email, role=one.role, agency=agencies[one.agency], name=one.name
        )
    record("accounts.workspace_made", by=None, about=agencies[CITY_POLICE])
    return People(made)


def share(city: City, people: People) -> None:
    """Agreements between the city's police and every agency of the strike force, both ways."""
    members = [one.code for one in city.agencies if one.has_agreement and one.code != CITY_POLICE]
    for code in members:
        administrators = people.of(code, Role.ADMINISTRATOR)
        if not administrators:  # the monitor's office reads everything and owns nothing
            continue
        for owner, recipient in ((CITY_POLICE, code), (code, CITY_POLICE)):
            cases.add_agreement(
                by=people.one(owner, Role.ADMINISTRATOR),
                recipient=people.one(recipient, Role.ADMINISTRATOR).agency,
                markings=["agency", "case"],
                reason="Crime gun strike force, memorandum of understanding",
                case=None,
            )
