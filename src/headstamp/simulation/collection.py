"""A collection of synthetic scans as a strike force would hold it, with the truth of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from headstamp.simulation.firearm import Firearm
from headstamp.simulation.firing import Firing, Style, draw_firing, fire
from headstamp.simulation.noise import add_noise
from headstamp.simulation.partial import sector
from headstamp.simulation.sensor import Sensor
from headstamp.simulation.texture import KINDS
from headstamp.surfaces.topography import Topography

MAKES: Final = (("Alder 9", "9 mm"), ("Birch 40", ".40 S&W"), ("Cedar 45", ".45 Auto"))
"""Invented makes and their calibres."""

FIRST_DAY: Final = date(2015, 7, 1)
DAYS: Final = 720
BATCH: Final = 3
"""Guns that share a batch, where they share one."""

PARTIAL_SHARE: Final = 0.1
NOISY_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Gun:
    """A firearm and what it is called.

    ``batch`` is empty for a gun that shares its tool marks with no other.
    """

    name: str
    firearm: Firearm
    make: str
    calibre: str
    batch: str


@dataclass(frozen=True, slots=True)
class SimulatedScan:
    """One cartridge case: where it was found and what made its marks.

    Parameters
    ----------
    name : str
        Without suffix.
    gun : Gun
    firing : Firing
    sensor : Sensor
    incident : str
        Empty for a test fire.
    day : date
    place : str
        Crossing on the synthetic city's grid.
    partial_area : float
        Square metres of the sector that is left; 0 for a whole mark.
    noise : float
        RMS of added noise over the signal's; 0 for none.
    """

    name: str
    gun: Gun
    firing: Firing
    sensor: Sensor
    incident: str
    day: date
    place: str
    partial_area: float = 0.0
    noise: float = 0.0


def plan(
    guns: int, scans: int, seed: int, largest_rotation: float = np.radians(15.0)
) -> list[SimulatedScan]:
    """A collection in the order of days; its last incident is a gun's that was used before.

    Parameters
    ----------
    guns, scans : int
        At least 2 and 4.
    seed : int
    largest_rotation : float
        Of a cartridge case on the instrument, radians.
    """
    random = np.random.default_rng([seed, 10])
    armoury = [_gun(number, seed, random) for number in range(guns)]
    events = _events(armoury, scans, random)
    collection = []
    counts: dict[str, int] = {}
    for number, (gun, incident, day, place) in enumerate(events):
        label = incident or f"T{gun.name[1:]}"
        counts[label] = counts.get(label, 0) + 1
        collection.append(
            SimulatedScan(
                name=f"{label}-{counts[label]}",
                gun=gun,
                firing=draw_firing(seed * 1_000_003 + number, largest_rotation),
                sensor=Sensor(spacing=6.25e-6 if random.random() < 0.85 else 3.125e-6),
                incident=incident,
                day=day,
                place=place,
            )
        )
    return _with_hard_ones(collection, random)


def topographies(
    collection: list[SimulatedScan], style: Style = "cropped"
) -> Iterator[tuple[SimulatedScan, Topography]]:
    """Each scan of a plan, made when it is asked for."""
    for scan in collection:
        yield scan, topography(scan, style)


def topography(scan: SimulatedScan, style: Style = "cropped") -> Topography:
    """The surface of one planned scan; the same at every call."""
    surface = fire(scan.gun.firearm, scan.firing, scan.sensor, style)
    random = np.random.default_rng([scan.firing.seed, 11])
    if scan.noise > 0:
        surface = add_noise(surface, scan.noise, random)
    if 0 < scan.partial_area < surface.measured_area:
        surface = sector(surface, scan.partial_area, random)
    return surface


def _gun(number: int, seed: int, random: np.random.Generator) -> Gun:
    group = number // BATCH
    shares = group % 3 == 0
    kind = KINDS[group % len(KINDS)]
    make, calibre = MAKES[group % len(MAKES)]
    firearm = Firearm(
        seed=seed * 10_007 + number,
        texture=kind,
        batch_seed=seed * 10_007 + 5_000 + group,
        subclass_share=float(random.uniform(0.1, 0.25)) if shares else 0.0,
        relief=float(random.uniform(0.7e-6, 1.8e-6)),
    )
    batch = f"B{group + 1:03d}" if shares else ""
    return Gun(f"G{number + 1:04d}", firearm, make, calibre, batch)


def _events(
    armoury: list[Gun], scans: int, random: np.random.Generator
) -> list[tuple[Gun, str, date, str]]:
    """Scenes of one gun each until there are scans enough; the last gun was used before."""
    found: list[tuple[Gun, int, int]] = []
    last = int(random.integers(2, 5)) if scans >= 12 else 1
    used: list[Gun] = []
    room = scans - last
    while room > 0:
        unused = len(armoury) - len(used)
        crowded = 2.5 * unused >= room
        again = used and (unused == 0 or (not crowded and random.random() < 0.5))
        gun = used[int(random.integers(len(used)))] if again else armoury[len(used)]
        if gun not in used:
            used.append(gun)
        # Every gun still unused keeps one scan.
        spare = max(1, room - (len(armoury) - len(used)))
        cases = min(spare, int(random.integers(1, 5)))
        found.append((gun, cases, int(random.integers(DAYS - 1))))
        room -= cases
    repeated = [gun for gun, cases, _ in found if gun.name != found[-1][0].name] or [found[0][0]]
    found.sort(key=lambda event: event[2])
    found.append((repeated[int(random.integers(len(repeated)))], last, DAYS))
    events = []
    for number, (gun, cases, offset) in enumerate(found, start=1):
        day = FIRST_DAY + timedelta(days=offset)
        street, avenue = random.integers(1, 60, 2)
        test_fire = number % 17 == 0 and number < len(found)
        incident = "" if test_fire else f"S{number:04d}"
        events += [(gun, incident, day, f"{street}00 block, avenue {avenue}")] * cases
    return events


def _with_hard_ones(
    collection: list[SimulatedScan], random: np.random.Generator
) -> list[SimulatedScan]:
    """Some marks partial, some noisy."""
    changed = []
    for scan in collection:
        drawn = random.random()
        if drawn < PARTIAL_SHARE:
            changed.append(replace(scan, partial_area=float(random.uniform(0.7e-6, 1.5e-6))))
        elif drawn < PARTIAL_SHARE + NOISY_SHARE:
            changed.append(replace(scan, noise=float(random.uniform(0.5, 1.5))))
        else:
            changed.append(scan)
    return changed
