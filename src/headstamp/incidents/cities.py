"""Murders and people of a city in a year, as a public source states them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CityYear:
    """What a source says of a city and a year, or of the first part of one.

    Parameters
    ----------
    city : str
        Slug, as ``new-york``.
    name, state : str
        As they are printed.
    year : int
    part_of_year : str
        Empty for the whole year, else ``to 2016-10-02``: from 1 January to that day.
    murders, population : int or None
        None where the source does not say.
    source : str

    Raises
    ------
    ValueError
        If a number is negative, nobody lives there, or the part is of another year.
    """

    city: str
    name: str
    state: str
    year: int
    part_of_year: str
    murders: int | None
    population: int | None
    source: str

    def __post_init__(self) -> None:
        if self.murders is not None and self.murders < 0:
            raise ValueError("murders cannot be fewer than none")
        if self.population is not None and self.population <= 0:
            raise ValueError("a population is above zero; leave it empty when it is not known")
        if self.last.year != self.year:
            raise ValueError(f"{self.part_of_year!r} is no part of {self.year}")

    @property
    def first(self) -> date:
        """The first day that is counted."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day that is counted."""
        if not self.part_of_year:
            return date(self.year, 12, 31)
        return date.fromisoformat(self.part_of_year.removeprefix("to "))
