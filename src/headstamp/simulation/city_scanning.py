"""Which exhibits of the synthetic city are scanned, and what makes their scans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_exhibits import CASE, NEWEST_CASES, TEST_FIRE, Finds
from headstamp.simulation.city_firearms import BATCH, MAKES
from headstamp.simulation.city_records import City, Exhibit, Firearm
from headstamp.simulation.collection import NOISY_SHARE, PARTIAL_SHARE, Gun, SimulatedScan
from headstamp.simulation.firearm import Firearm as BreechFace
from headstamp.simulation.firing import draw_firing
from headstamp.simulation.sensor import Sensor

EARLIER_OF_LEAD: Final = 3
TEXTURES: Final = {(make.maker, make.model): make.texture for make in MAKES}


def choose_scanned(
    random: np.random.Generator,
    finds: Finds,
    compared: NDArray[np.bool_],
    lead: int,
    scans: int,
) -> NDArray[np.bool_]:
    """Which exhibits are scanned, ``scans`` of them where there are as many.

    First come the newest incident's and three earlier ones of its gun; then one each from two
    incidents of every other gun that has them; then one of each gun that is left; then any.
    """
    able = np.isin(finds.kind, (CASE, TEST_FIRE)) & (finds.gun >= 0) & compared[finds.gun]
    rows = np.flatnonzero(able)
    # Test fires come last within their gun, so that scenes are scanned before them.
    rows = rows[np.lexsort((finds.incident[rows], finds.kind[rows], finds.gun[rows]))]
    gun, incident, kind = finds.gun[rows], finds.incident[rows], finds.kind[rows]
    begins = np.append(True, (np.diff(gun) != 0) | (np.diff(incident) != 0) | (np.diff(kind) != 0))
    scene = np.cumsum(begins)
    nth = scene - scene[np.searchsorted(gun, gun, side="left")]
    scenes_of_gun = nth[np.searchsorted(gun, gun, side="right") - 1] + 1
    tier = np.full(len(rows), 3)
    tier[begins & (nth == 0)] = 2
    tier[begins & (nth < 2) & (scenes_of_gun > 1)] = 1
    newest = finds.incident.max()
    tier[begins & (gun == lead) & (nth < EARLIER_OF_LEAD) & (incident != newest)] = 0
    tier[incident == newest] = 0
    together = random.permutation(len(compared))[gun]
    order = np.lexsort((random.random(len(rows)), np.where(tier < 2, together, 0), tier))
    chosen = np.zeros(len(finds.kind), dtype=np.bool_)
    chosen[rows[order[: max(scans, NEWEST_CASES + EARLIER_OF_LEAD)]]] = True
    return chosen


def simulated_scan(
    city: City, exhibit: Exhibit, largest_rotation: float = np.radians(15.0), place: str = ""
) -> SimulatedScan:
    """What ``collection.topography`` needs to make the scan of a scanned exhibit.

    Parameters
    ----------
    city : City
    exhibit : Exhibit
        Scanned.
    largest_rotation : float
        Of a cartridge case on the instrument, radians.
    place : str
        Carried through.

    Raises
    ------
    ValueError
        If the exhibit is not scanned.
    """
    if exhibit.gun_index is None or exhibit.firing_index is None:
        raise ValueError(f"{exhibit.number} is not scanned; take one whose 'scanned' is true")
    random = np.random.default_rng([city.seed, 31, exhibit.firing_index])
    spacing = 6.25e-6 if random.random() < 0.85 else 3.125e-6
    area, ratio = random.uniform(0.7e-6, 1.5e-6), random.uniform(0.5, 1.5)
    drawn = random.random()
    partial = drawn < PARTIAL_SHARE
    noisy = not partial and drawn < PARTIAL_SHARE + NOISY_SHARE
    return SimulatedScan(
        name=exhibit.number,
        gun=simulated_gun(city, exhibit.gun_index),
        firing=draw_firing(city.seed * 1_000_003 + exhibit.firing_index, largest_rotation),
        sensor=Sensor(spacing=spacing),
        incident="" if exhibit.kind == "test_fire" else exhibit.incident,
        day=exhibit.collected_at.astimezone(ZoneInfo(city.time_zone)).date(),
        place=place,
        partial_area=float(area) if partial else 0.0,
        noise=float(ratio) if noisy else 0.0,
    )


def simulated_scans(
    city: City, largest_rotation: float = np.radians(15.0)
) -> Iterator[tuple[Exhibit, SimulatedScan]]:
    """Each scanned exhibit with what makes its scan, oldest incident first."""
    addresses = {incident.number: incident.address for incident in city.incidents}
    for exhibit in city.exhibits:
        if exhibit.scanned:
            place = addresses[exhibit.incident]
            yield exhibit, simulated_scan(city, exhibit, largest_rotation, place)


def simulated_gun(city: City, gun_index: int) -> Gun:
    """The breech face of a firearm of the city."""
    known: Firearm = city.firearms[gun_index]
    random = np.random.default_rng([city.seed, 32, gun_index])
    share, relief = random.uniform(0.1, 0.25), random.uniform(0.7e-6, 1.8e-6)
    face = BreechFace(
        seed=city.seed * 10_007 + gun_index,
        texture=TEXTURES[known.maker, known.model],
        batch_seed=city.seed * 10_007 + 5_000_000 + gun_index // BATCH,
        subclass_share=float(share) if known.batch else 0.0,
        relief=float(relief),
    )
    return Gun(known.id, face, f"{known.maker} {known.model}", known.calibre, known.batch)
