"""The dealers of a synthetic gun market: where they are, and how many guns they sell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

STATES: Final = (
    ("IL", "Port Verity", 41.80, -87.70, 0.40),
    ("IN", "Calder", 41.50, -87.20, 0.26),
    ("WI", "Lakeford", 43.00, -88.00, 0.10),
    ("MO", "Senn City", 38.60, -90.30, 0.08),
    ("KY", "Marlow", 38.20, -85.70, 0.07),
    ("MS", "Dunmore", 32.30, -90.20, 0.06),
    ("GA", "Ashby", 33.70, -84.40, 0.03),
)
"""State, invented town, where it lies, and its share of the dealers."""

TRADERS: Final = ("Arms", "Outfitters", "Sporting Goods", "Pawn", "Guns", "Supply")
NAMES: Final = (
    "Alder",
    "Birch",
    "Cedar",
    "Dorn",
    "Elm",
    "Fenn",
    "Garrow",
    "Hollis",
    "Ivor",
    "Juno",
)

SALES_SPREAD: Final = 1.3
"""Standard deviation of the logarithm of what dealers sell: a few sell most guns."""

NO_LICENCE: Final = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Dealers:
    """Dealers by index.

    Parameters
    ----------
    state : int64 (dealers,)
        Place in ``STATES``.
    sales : int64 (dealers,)
        Guns sold a year.
    latitude, longitude : float64 (dealers,)
    name, licence : list of str
        Licences are empty for some, as in real tables.
    """

    state: NDArray[np.int64]
    sales: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    name: list[str]
    licence: list[str]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Of all guns sold."""
        shares: NDArray[np.float64] = self.sales / self.sales.sum()
        return shares


def draw_dealers(random: np.random.Generator, count: int) -> Dealers:
    """So many dealers."""
    shares = np.array([one[4] for one in STATES])
    state = random.choice(len(STATES), count, p=shares / shares.sum())
    sales = np.ceil(np.exp(random.normal(5.5, SALES_SPREAD, count))).astype(np.int64)
    names = [
        f"{NAMES[i % len(NAMES)]} {TRADERS[i // len(NAMES) % len(TRADERS)]} {i + 1}"
        for i in range(count)
    ]
    missing = random.random(count) < NO_LICENCE
    licences = [
        "" if missing[i] else f"3-{36 + i % 40:02d}-{i % 900 + 100}-01-9K-{i:05d}"
        for i in range(count)
    ]
    return Dealers(
        state,
        sales,
        np.array([STATES[one][2] for one in state]) + random.normal(0, 0.4, count),
        np.array([STATES[one][3] for one in state]) + random.normal(0, 0.4, count),
        names,
        licences,
    )
