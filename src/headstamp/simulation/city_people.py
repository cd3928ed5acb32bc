"""The agencies of the synthetic city and the people who work for them."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.simulation.city_names import FAMILY_BEGINNINGS, FAMILY_ENDINGS, GIVEN
from headstamp.simulation.city_records import Agency, Staff

CITY_POLICE: Final = "PVPD"
COUNTY: Final = "VCSO"
NEIGHBOUR: Final = "MPPD"

AGENCIES: Final = (
    Agency(CITY_POLICE, "Port Verity Police Department", "police", True),
    Agency("FFB", "Federal Firearms Bureau, Port Verity Field Office", "federal", True),
    Agency(COUNTY, "Verity County Sheriff's Office", "sheriff", True),
    Agency("PVSA", "Port Verity State's Attorney", "prosecutor", True),
    Agency("OIM", "Office of the Independent Monitor", "oversight", True),
    Agency(NEIGHBOUR, "Marlow Point Police Department", "police", False),
)

POSTS: Final = {
    CITY_POLICE: (
        "technician", "technician", "technician", "examiner", "examiner", "analyst",
        "investigator", "investigator", "commander", "administrator",
    ),
    "FFB": ("investigator", "analyst", "administrator"),
    COUNTY: ("technician", "investigator", "administrator"),
    "PVSA": ("prosecutor", "prosecutor", "administrator"),
    "OIM": ("monitor",),
    NEIGHBOUR: ("technician", "analyst", "examiner", "administrator"),
}  # fmt: skip
"""Roles by agency: one person each."""

LABORATORIES: Final = {CITY_POLICE: CITY_POLICE, COUNTY: CITY_POLICE, NEIGHBOUR: NEIGHBOUR}
"""Whose examiners make the test fires of a patrolling agency."""


def draw_staff(random: np.random.Generator) -> tuple[Staff, ...]:
    """One person for every post; no two share a given name or a family name."""
    posts = [(agency, role) for agency, roles in POSTS.items() for role in roles]
    given = random.permutation(GIVEN)[: len(posts)].tolist()
    families = [first + last for first in FAMILY_BEGINNINGS for last in FAMILY_ENDINGS]
    family = random.permutation(families)[: len(posts)].tolist()
    return tuple(
        Staff(f"{first} {last}", f"{first}.{last}@{agency}.example".lower(), role, agency)
        for (agency, role), first, last in zip(posts, given, family, strict=True)
    )


def emails(staff: tuple[Staff, ...], agency: str, role: str) -> list[str]:
    """Of everybody who has a role in an agency."""
    return [person.email for person in staff if (person.agency, person.role) == (agency, role)]
