"""Synthetic dealers as several lists have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from headstamp.linkage.records import DealerRecord, Record
from headstamp.simulation.city_names import FAMILY_BEGINNINGS, FAMILY_ENDINGS
from headstamp.simulation.gun_market_dealers import STATES, TRADERS
from headstamp.simulation.record_slips import LETTERS, chance, slipped, wrong_sign

LISTS: Final = ("licences", "traces", "inspections")
ON_LIST: Final = (0.9, 0.5, 0.3)

FORMS: Final = ("", " LLC", " Inc.", " Co")
BRANCH: Final = 0.1
"""Share of dealers of the name of the one before, in another town, with a licence of their own."""

TOWNS: Final = 40
"""In each state; five of them to a county."""


def draw_dealer_records(random: np.random.Generator) -> Iterator[list[Record]]:
    """The records of one dealer after another, without end."""
    dealer = _dealer(random, 0)
    for number in range(10**9):
        before, dealer = dealer, _dealer(random, number)
        if chance(random, BRANCH):
            dealer = replace(dealer, name=before.name)
        yield [
            _written(random, replace(dealer, source=name))
            for name, share in zip(LISTS, ON_LIST, strict=True)
            if chance(random, share)
        ]


def _dealer(random: np.random.Generator, number: int) -> DealerRecord:
    owner = f"{random.choice(FAMILY_BEGINNINGS)}{random.choice(FAMILY_ENDINGS)}"
    shares = np.array([state[4] for state in STATES])
    state = int(random.choice(len(STATES), p=shares / shares.sum()))
    town = int(random.integers(TOWNS))
    licence = f"{state + 1}{town + 10}{int(random.integers(1000)):03d}01??{number % 100_000:05d}"
    return DealerRecord(
        "",
        str(number),
        f"{owner} {random.choice(TRADERS)}{random.choice(FORMS)}",
        licence,
        _town(state, town),
        f"{FAMILY_BEGINNINGS[(state * 8 + town // 5) % len(FAMILY_BEGINNINGS)]} County",
        STATES[state][0],
    )


def _town(state: int, town: int) -> str:
    place = state * TOWNS + town
    beginning = FAMILY_BEGINNINGS[place % len(FAMILY_BEGINNINGS)]
    return f"{beginning} {FAMILY_ENDINGS[place // len(FAMILY_BEGINNINGS)].title()}"


def _written(random: np.random.Generator, record: DealerRecord) -> DealerRecord:
    name = record.name
    if chance(random, 0.25):
        name = name.removesuffix(" LLC").removesuffix(" Inc.").removesuffix(" Co")
    if chance(random, 0.08):
        name = slipped(random, name)
    if chance(random, 0.04):
        name = f"{random.choice(FAMILY_BEGINNINGS)} {random.choice(TRADERS)}"  # under a new name
    return replace(
        record,
        id=f"{record.source[0].upper()}{record.id}",
        name=name.upper() if chance(random, 0.3) else name,
        licence=_licence_written(random, record.licence),
        city="" if chance(random, 0.03) else slipped(random, record.city)
        if chance(random, 0.05) else record.city,
        county="" if chance(random, 0.4) else record.county,
        state="" if chance(random, 0.02) else record.state,
    )  # fmt: skip


def _licence_written(random: np.random.Generator, licence: str) -> str:
    """With the expiry of the day it was written down: it changes with each renewal."""
    if chance(random, 0.15):
        return ""
    expiry = f"{int(random.integers(10))}{LETTERS[int(random.integers(12))]}"
    whole = licence.replace("??", expiry)
    return wrong_sign(random, whole) if chance(random, 0.05) else whole
