"""What the synthetic list of victims holds, and the truth it was drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Victim:
    """Somebody who was shot or killed, without a name, and how that came onto the list.

    Parameters
    ----------
    number, incident : str
    occurred : datetime
        Local time.
    listed : date
        From this day the list has the row.
    death, death_listed : date or None
        Of the death, and from when the list has it; None for who lived.
    firearm : bool
        Otherwise killed by a knife or by other means.
    by_police : bool
    address : str
        A block.
    latitude, longitude : float
        Of the block's middle, degrees.
    district, area, beat : str
    hot_spot : int or None
        The planted hot spot it belongs to.
    repeats : str
        The incident it was drawn as a repeat of; empty for none.
    """

    number: str
    incident: str
    occurred: datetime
    listed: date
    death: date | None
    death_listed: date | None
    firearm: bool
    by_police: bool
    address: str
    latitude: float
    longitude: float
    district: str
    area: str
    beat: str
    hot_spot: int | None
    repeats: str

    @property
    def murdered(self) -> bool:
        """Died, and not by police."""
        return self.death is not None and not self.by_police


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A place at which shootings were made to gather.

    Parameters
    ----------
    latitude, longitude : float
    sigma : float
        Standard deviation about it on each axis, metres.
    share : float
        Of the incidents that are no repeats.
    """

    latitude: float
    longitude: float
    sigma: float
    share: float


@dataclass(frozen=True, slots=True)
class ListTruth:
    """What the list was drawn from.

    Parameters
    ----------
    seed : int
    first, last : date
    by_year : dict
        Factor of each year, relative to the first.
    season : float
        Half the swing over the year, relative to the mean; the peak is in July.
    weekend : float
        Factor of Saturday and Sunday.
    hot_spots : tuple of HotSpot
    repeat_share : float
        Of the incidents that are followed by a near repeat.
    repeat_metres, repeat_days : int
        A repeat lies at most so far away, and comes within so many days.
    """

    seed: int
    first: date
    last: date
    by_year: dict[int, float]
    season: float
    weekend: float
    hot_spots: tuple[HotSpot, ...]
    repeat_share: float
    repeat_metres: int
    repeat_days: int


@dataclass(frozen=True, slots=True)
class VictimList:
    """Every victim, by the time of the shooting, and the truth beside."""

    victims: tuple[Victim, ...]
    truth: ListTruth
