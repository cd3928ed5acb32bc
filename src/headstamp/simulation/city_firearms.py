"""Makes of firearm: all invented, with the calibres, types and tool marks of real ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_guns import Uses
from headstamp.simulation.city_records import Firearm, Incident
from headstamp.simulation.texture import TextureKind

BATCH: Final = 3
"""Guns in a row that are of one make; some of these rows share tool marks."""

OBLITERATED: Final = 0.08


@dataclass(frozen=True, slots=True)
class Make:
    """A model, how common it is, the letters of its serial numbers and its breech face."""

    maker: str
    model: str
    calibre: str
    type: str
    share: float
    letters: str
    texture: TextureKind = "granular"


MAKES: Final = (
    Make("Alder Arms", "A9", "9 mm Luger", "pistol", 0.27, "AA", "granular"),
    Make("Corvane", "Patrol 9", "9 mm Luger", "pistol", 0.19, "CVP", "milled"),
    Make("Halden", "Nine", "9 mm Luger", "pistol", 0.12, "HN", "mixed"),
    Make("Birchfield", "B40", ".40 S&W", "pistol", 0.15, "BF", "circular"),
    Make("Corvane", "Patrol 40", ".40 S&W", "pistol", 0.06, "CVQ", "milled"),
    Make("Cedar & Sons", "Model 45", ".45 Auto", "pistol", 0.10, "CS", "granular"),
    Make("Tamsin", "Pocket", ".380 Auto", "pistol", 0.07, "TP", "mixed"),
    Make("Orrin Works", "OW-7", "7.62x39 mm", "rifle", 0.02, "OW", "milled"),
    Make("Orrin Works", "OW-5", ".223 Rem", "rifle", 0.02, "OX", "granular"),
)

LEAVES_NO_MARK: Final = (
    Make("Tamsin", "Plinker", ".22 LR", "pistol", 0.3, "TK"),
    Make("Rusk", "Snub", ".38 Special", "revolver", 0.5, "RS"),
    Make("Rusk", "Field 12", "12 gauge", "shotgun", 0.2, "RF"),
)
"""Guns whose cartridge cases are not left at scenes, or not taken by the networks."""

UNKNOWN_GUNS: Final = (*MAKES, LEAVES_NO_MARK[0])
UNKNOWN_SHARES: Final = (*(0.97 * make.share for make in MAKES), 0.03)
"""What was fired where no known gun was."""


@dataclass(frozen=True, slots=True)
class Armoury:
    """The make of each gun, and whether its cartridge cases are compared."""

    makes: list[Make]
    compared: NDArray[np.bool_]


def draw_armoury(random: np.random.Generator, uses: Uses) -> Armoury:
    """A make for each gun; one that was never fired may be of a kind that leaves no mark."""
    guns = len(uses.by_gun)
    rows = random.choice(len(MAKES), guns // BATCH + 1, p=[make.share for make in MAKES])
    others = random.choice(
        len(LEAVES_NO_MARK), guns, p=[make.share for make in LEAVES_NO_MARK]
    ).tolist()
    fired = np.asarray([bool(taken) for taken in uses.by_gun])
    compared = fired | (random.random(guns) < 0.4)
    makes = [
        MAKES[rows[gun // BATCH]] if compared[gun] else LEAVES_NO_MARK[others[gun]]
        for gun in range(guns)
    ]
    return Armoury(makes, compared)


def batch_of(gun_index: int) -> str:
    """The batch with which a gun shares tool marks; empty for two rows in three."""
    row = gun_index // BATCH
    return "" if row % 3 else f"B{row + 1:03d}"


def make_firearms(
    random: np.random.Generator, armoury: Armoury, uses: Uses, incidents: tuple[Incident, ...]
) -> tuple[Firearm, ...]:
    """The guns in the order of their index."""
    guns = len(armoury.makes)
    # Guns of a batch left the factory one after the other.
    starts = random.choice(900_000, guns // BATCH + 1, replace=False).tolist()
    obliterated = random.random(guns) < OBLITERATED
    firearms = []
    for gun, make in enumerate(armoury.makes):
        recovered = int(uses.recovered[gun])
        serial = 100_000 + starts[gun // BATCH] + gun % BATCH
        firearms.append(
            Firearm(
                id=f"F{gun + 1:05d}",
                maker=make.maker,
                model=make.model,
                calibre=make.calibre,
                type=make.type,
                serial=f"{make.letters}{serial:06d}",
                serial_status="obliterated" if obliterated[gun] else "intact",
                batch=batch_of(gun) if armoury.compared[gun] else "",
                used_in=tuple(incidents[i].number for i in uses.by_gun[gun]),
                recovered_in=incidents[recovered].number if recovered >= 0 else None,
            )
        )
    return tuple(firearms)
