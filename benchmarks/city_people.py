"""Agencies, people, cases and sharing of the city whose pages are measured."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from headstamp.simulation.city_names import FAMILY_BEGINNINGS, FAMILY_ENDINGS, GIVEN
from headstamp.simulation.city_people import AGENCIES

LARGEST: Final = "PVPD"
SMALL: Final = "MPPD"
OVERSIGHT: Final = "OIM"

POSTS: Final = {
    "PVPD": {
        "technician": 40,
        "examiner": 18,
        "analyst": 16,
        "investigator": 120,
        "prosecutor": 0,
        "commander": 10,
        "administrator": 3,
    },
    "FFB": {"investigator": 20, "analyst": 6, "commander": 1},
    "VCSO": {"technician": 6, "investigator": 18, "analyst": 2, "commander": 1},
    "PVSA": {"prosecutor": 30},
    "OIM": {"monitor": 6},
    "MPPD": {
        "technician": 5,
        "analyst": 6,
        "examiner": 3,
        "investigator": 10,
        "commander": 1,
        "administrator": 1,
    },
}
"""How many people have which role in which agency: about 320, as a strike force has."""

CASES: Final = {"PVPD": 1350, "VCSO": 50, "MPPD": 100}
SHARED_CASES: Final = 60
"""Cases of the largest agency that it shares with the small one, each by an agreement."""

BEGAN: Final = datetime(2015, 1, 5, 15, tzinfo=UTC)


@dataclass
class People:
    """Everybody, by agency and role."""

    agencies: dict[str, Any] = field(default_factory=dict)
    by_post: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def of(self, agency: str, *roles: str) -> list[Any]:
        """People of an agency who have one of the roles."""
        return [one for role in roles for one in self.by_post.get((agency, role), [])]

    @property
    def everybody(self) -> list[Any]:
        """All of them."""
        return [one for found in self.by_post.values() for one in found]


def load_people(chance: random.Random) -> People:
    """Make agencies and people."""
    from headstamp.web.accounts.models import Agency, User

    found = People()
    for one in AGENCIES:
        found.agencies[one.code] = Agency(code=one.code, name=one.name, kind=one.kind)
    Agency.objects.bulk_create(found.agencies.values())
    names = [f"{a} {b}{c}" for a in GIVEN for b in FAMILY_BEGINNINGS for c in FAMILY_ENDINGS]
    drawn = iter(chance.sample(names, 1000))
    now = datetime.now(UTC)
    for code, posts in POSTS.items():
        for role, count in posts.items():
            people = [_person(next(drawn), role, found.agencies[code], now) for _ in range(count)]
            found.by_post[code, role] = User.objects.bulk_create(people)
    return found


def _person(name: str, role: str, agency: Any, now: datetime) -> Any:
    from headstamp.web.accounts.models import User

    email = f"{name.replace(' ', '.')}@{agency.code}.example".lower()
    made = User(email=email, name=name, role=role, agency=agency, created_at=BEGAN, last_login=now)
    made.set_unusable_password()
    return made


def load_cases(chance: random.Random, people: People, incidents: list[Any]) -> list[Any]:
    """Cases with their incidents and members; every incident marked for cases is in one."""
    from headstamp.web.casework.models import Case, CaseIncident, CaseMember

    cases, joined, members = [], [], []
    workers = ("analyst", "investigator", "commander", "examiner", "prosecutor")
    small = people.of(SMALL, "analyst")
    for code, count in CASES.items():
        own = [one for one in incidents if one.agency_id == people.agencies[code].pk]
        marked = [one for one in own if one.marking in ("case", "restricted")]
        made = [_case(number, people.agencies[code], chance) for number in range(count)]
        taken: dict[Any, set[Any]] = {case.pk: set() for case in made}
        for one in [*marked, *chance.choices(own, k=count)]:
            taken[chance.choice(made).pk].add(one.pk)
        joined += [
            CaseIncident(case_id=k, incident_id=i) for k, found in taken.items() for i in found
        ]
        for number, case in enumerate(made):
            working = chance.sample(people.of(code, *workers), 5)
            working += chance.sample(people.of("FFB", "investigator", "analyst"), 1)
            if code == LARGEST and number < SHARED_CASES:
                working += chance.sample(small, 4)
            members += [CaseMember(case=case, user=one) for one in working]
        cases += made
    Case.objects.bulk_create(cases)
    CaseIncident.objects.bulk_create(joined)
    CaseMember.objects.bulk_create(members)
    return cases


def _case(number: int, agency: Any, chance: random.Random) -> Any:
    from headstamp.web.casework.models import Case

    opened = BEGAN + timedelta(days=2.6 * number)
    title = chance.choice(["Robberies", "Retaliation", "Corner dispute", "Straw purchases"])
    return Case(
        agency=agency,
        number=f"C{opened.year % 100}-{number:05d}",
        title=f"{title}, {chance.choice(['north', 'south', 'east', 'west'])} side",
        is_open=chance.random() < 0.4,
        created_at=opened,
    )


def load_agreements(people: People, cases: list[Any]) -> list[Any]:
    """Who shares what: whole agencies, and the largest with the small one case by case."""
    from headstamp.web.casework.models import SharingAgreement

    agencies, everything = people.agencies, ["agency", "case", "restricted"]
    whole = [
        *(("PVPD", other, everything) for other in ("FFB", "VCSO", "PVSA")),
        *(("VCSO", other, ["agency"]) for other in ("PVPD", "MPPD", "FFB", "PVSA")),
        *(("MPPD", other, ["agency"]) for other in ("PVPD", "PVSA")),
    ]
    shared = [one for one in cases if one.agency_id == agencies[LARGEST].pk][:SHARED_CASES]
    made = [
        _agreement(agencies[owner], agencies[other], markings, None)
        for owner, other, markings in whole
    ]
    made += [_agreement(agencies[LARGEST], agencies[SMALL], everything, case) for case in shared]
    return list(SharingAgreement.objects.bulk_create(made))


def _agreement(owner: Any, recipient: Any, markings: list[str], case: Any) -> Any:
    from headstamp.web.casework.models import SharingAgreement

    return SharingAgreement(
        owner=owner,
        recipient=recipient,
        markings=markings,
        case=case,
        reason="Work on shootings across the city line",
        starts_on=date(2015, 2, 1),
    )
