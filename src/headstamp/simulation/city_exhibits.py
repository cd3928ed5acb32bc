"""What is collected: how many exhibits of which kind, from which gun, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_firearms import UNKNOWN_GUNS, UNKNOWN_SHARES, Armoury
from headstamp.simulation.city_guns import Uses
from headstamp.simulation.city_incidents import HOMICIDE, KINDS
from headstamp.simulation.city_names import HEADSTAMPS, LABORATORY_STOCK
from headstamp.simulation.city_times import Seconds

CASE, BULLET, MAGAZINE, FIREARM, TEST_FIRE = range(5)
KIND_NAMES: Final = ("cartridge_case", "bullet", "magazine", "firearm", "test_fire")
SCATTERED: Final = (CASE, BULLET, MAGAZINE)
SCATTER_SHARES: Final = (0.85, 0.13, 0.02)

NEWEST_CASES: Final = 3
NEWEST_BULLETS: Final = 1
TEST_FIRES: Final = 2
SKETCH: Final = (30.0, 20.0)
"""Metres of the sketch of a scene, x and y."""

MIXED_AMMUNITION: Final = 0.12


@dataclass(slots=True)
class Finds:
    """One entry per exhibit, in the order of incidents and numbers.

    ``gun`` is -1 where no known gun is involved, ``position`` counts from 0 within the incident.
    """

    incident: NDArray[np.int64]
    kind: NDArray[np.int64]
    gun: NDArray[np.int64]
    position: NDArray[np.int64]


def draw_finds(
    random: np.random.Generator, uses: Uses, kinds: NDArray[np.int64], target: int
) -> Finds:
    """Every use leaves a cartridge case and every recovery a gun; the rest falls unevenly.

    Parameters
    ----------
    random : Generator
    uses : Uses
    kinds : int64 (incidents,)
        Of incident, index into ``city_incidents.KINDS``.
    target : int
        Exhibits in all; more where the guns alone leave more.
    """
    rows = [*_left_by_guns(uses), *_recovered(random, uses)]
    certain = np.asarray(rows, dtype=np.int64).reshape(-1, 3)
    rest = _scattered(random, uses, kinds, max(0, target - len(certain)))
    incident, kind, gun = np.concatenate([certain, rest]).T
    order = np.lexsort((gun, kind, incident))
    incident = incident[order]
    first = np.searchsorted(incident, incident, side="left")
    return Finds(incident, kind[order], gun[order], np.arange(len(order)) - first)


def _left_by_guns(uses: Uses) -> list[tuple[int, int, int]]:
    rows = [(i, CASE, gun) for gun, taken in enumerate(uses.by_gun) for i in taken]
    newest = len(uses.first) - 1
    rows += [(newest, CASE, uses.lead)] * (NEWEST_CASES - 1)
    return rows + [(newest, BULLET, uses.lead)] * NEWEST_BULLETS


def _recovered(random: np.random.Generator, uses: Uses) -> list[tuple[int, int, int]]:
    rows = []
    for gun, incident in enumerate(uses.recovered.tolist()):
        if incident >= 0:
            rows += [(incident, FIREARM, gun)] + [(incident, TEST_FIRE, gun)] * TEST_FIRES
            rows += [(incident, MAGAZINE, gun)] * int(random.random() < 0.7)
    return rows


def _scattered(
    random: np.random.Generator, uses: Uses, kinds: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Exhibits beyond the certain ones: int64 (count, 3) of incident, kind and gun."""
    homicide = np.asarray([kind.code == HOMICIDE for kind in KINDS])[kinds]
    weights = random.gamma(0.7, size=len(kinds)) * np.where(homicide, 1.5, 1.0)
    weights *= np.where(uses.first >= 0, 1.6, 1.0)
    weights[uses.possession] = 0
    weights[-1] = 0
    incident = random.choice(len(kinds), count, p=weights / weights.sum())
    kind = random.choice(SCATTERED, count, p=SCATTER_SHARES)
    of_second = (uses.second[incident] >= 0) & (random.random(count) < 0.4)
    gun = np.where(of_second, uses.second[incident], uses.first[incident])
    return np.stack([incident, kind, gun], axis=1)


def ammunition(
    random: np.random.Generator, finds: Finds, uses: Uses, armoury: Armoury
) -> tuple[list[str], list[str]]:
    """Headstamp's maker, empty where there is none, and calibre of each exhibit."""
    names, shares = zip(*HEADSTAMPS, strict=True)
    incidents = len(uses.first)
    second = (finds.gun >= 0) & (finds.gun == uses.second[finds.incident])
    boxes = random.choice(len(names), (incidents, 2), p=shares)
    loaded = boxes[finds.incident, second.astype(np.int64)]
    mixed = random.random(len(loaded)) < MIXED_AMMUNITION
    loaded[mixed] = random.choice(len(names), int(mixed.sum()), p=shares)
    makers = [
        LABORATORY_STOCK if kind == TEST_FIRE else names[maker] if kind == CASE else ""
        for kind, maker in zip(finds.kind.tolist(), loaded.tolist(), strict=True)
    ]
    unknown = random.choice(len(UNKNOWN_GUNS), incidents, p=UNKNOWN_SHARES)[finds.incident]
    calibres = [
        (armoury.makes[gun] if gun >= 0 else UNKNOWN_GUNS[other]).calibre
        for gun, other in zip(finds.gun.tolist(), unknown.tolist(), strict=True)
    ]
    return makers, calibres


def collected(random: np.random.Generator, finds: Finds, reported: Seconds, newest: int) -> Seconds:
    """When each exhibit was collected: one after the other, test fires days later.

    Nothing but the newest incident's own is collected after ``newest``, when that occurred.
    """
    arrival = reported + random.integers(12 * 60, 95 * 60, len(reported))
    when = arrival[finds.incident] + finds.position * 240
    # The laboratory works by day, some days later.
    days, hour = random.integers(1, 8, len(reported)), random.integers(15, 22, len(reported))
    fired = (arrival // 86400 + days) * 86400 + hour * 3600
    made = fired[finds.incident] + finds.position * 240
    when = np.where(finds.kind == TEST_FIRE, made, when)
    earlier = finds.incident < len(reported) - 1
    return np.where(earlier, np.minimum(when, newest - 60), when)


def sketched(random: np.random.Generator, finds: Finds, incidents: int) -> NDArray[np.float64]:
    """Place of each exhibit on the sketch, metres, to 0.1: float64 (n, 2), NaN for test fires.

    Cartridge cases lie together beside where a gun was fired, bullets anywhere.
    """
    size = np.asarray(SKETCH)
    stood = random.uniform(0.25 * size, 0.75 * size, (incidents, 2))[finds.incident]
    # Guns at one scene were fired from different corners.
    angle = 2.4 * finds.gun
    aside = 3.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    spread = np.asarray([1.1, 5.0, 0.8, 0.8, 0.0])[finds.kind][:, None]
    places = np.clip(random.normal(stood + aside, spread), 0, size)
    places[finds.kind == TEST_FIRE] = np.nan
    rounded: NDArray[np.float64] = np.round(places, 1)
    return rounded
