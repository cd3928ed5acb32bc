"""Synthetic persons as several lists have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from headstamp.linkage.records import PersonRecord, Record
from headstamp.simulation.city_names import CITY, FAMILY_BEGINNINGS, FAMILY_ENDINGS, GIVEN
from headstamp.simulation.record_slips import chance, slipped, wrong_sign

LISTS: Final = ("arrests", "courts", "supervision")
ON_LIST: Final = (0.7, 0.5, 0.3)

PLACES: Final = (CITY, "Calder", "Lakeford", "Senn City", "Marlow", "Dunmore", "Ashby")
PLACE_SHARES: Final = (0.55, 0.12, 0.1, 0.08, 0.07, 0.05, 0.03)

RELATIVE: Final = 0.04
"""Share of persons of the family and the place of the one before; every fourth is a twin."""

FIRST_BORN: Final = date(1950, 1, 1)
DAYS: Final = 20_000


def draw_person_records(random: np.random.Generator) -> Iterator[list[Record]]:
    """The records of one person after another, without end."""
    person = _person(random, 0)
    for number in range(10**9):
        before, person = person, _person(random, number)
        if chance(random, RELATIVE):
            twin = chance(random, 0.25) and person.given != before.given
            born = before.born if twin else person.born
            person = replace(person, family=before.family, place=before.place, born=born)
        yield [
            _written(random, replace(person, source=name))
            for name, share in zip(LISTS, ON_LIST, strict=True)
            if chance(random, share)
        ]


def _person(random: np.random.Generator, number: int) -> PersonRecord:
    family = f"{_common_first(random, FAMILY_BEGINNINGS)}{_common_first(random, FAMILY_ENDINGS)}"
    born = FIRST_BORN + timedelta(days=int(random.integers(DAYS)))
    place = str(random.choice(PLACES, p=PLACE_SHARES))
    return PersonRecord("", str(number), _common_first(random, GIVEN), family, born.isoformat(),
                        place)  # fmt: skip


def _common_first(random: np.random.Generator, names: tuple[str, ...]) -> str:
    """A name; the first are common and the last rare, as names are."""
    return names[int(len(names) * random.random() ** 1.6)]


def _written(random: np.random.Generator, record: PersonRecord) -> PersonRecord:
    given, family = record.given, record.family
    if chance(random, 0.04):
        given = given[0] if chance(random, 0.5) else _common_first(random, GIVEN)
    if chance(random, 0.06):
        given = slipped(random, given)
    if chance(random, 0.06):
        family = slipped(random, family)
    if chance(random, 0.02):
        family = f"{_common_first(random, FAMILY_BEGINNINGS)}{FAMILY_ENDINGS[0]}"  # a new name
    if chance(random, 0.03):
        given, family = family, given
    return replace(
        record,
        id=f"{record.source[0].upper()}{record.id}",
        given=given,
        family=family,
        born=_born_written(random, record.born),
        place=_place_written(random, record.place),
    )


def _born_written(random: np.random.Generator, born: str) -> str:
    year, month, day = born.split("-")
    drawn = random.random()
    if drawn < 0.10:
        return ""
    if drawn < 0.13:
        return year if drawn < 0.115 else f"{year}-{month}"
    if drawn < 0.15 and day <= "12":
        return f"{year}-{day}-{month}"
    if drawn < 0.18:
        return f"{year}-{month}-{int(wrong_sign(random, day)) % 28 + 1:02d}"
    if drawn < 0.20:
        return f"{int(year) + int(random.choice([-1, 1, -10, 10]))}-{month}-{day}"
    return born


def _place_written(random: np.random.Generator, place: str) -> str:
    drawn = random.random()
    if drawn < 0.06:
        return ""
    if drawn < 0.10:
        return slipped(random, place)
    return str(random.choice(PLACES, p=PLACE_SHARES)) if drawn < 0.25 else place
