"""Areas of a city: their codes as lists write them, their names and who lives there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

TITLES: Final[Mapping[str, str]] = {
    "district": "Police districts",
    "beat": "Police beats",
    "area": "Community areas",
    "ward": "Wards",
}
"""The kinds of area, as pages call them."""

NOT_STATED: Final = "not stated"
"""What rows without an area are counted under."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area.

    Parameters
    ----------
    code : str
        As ``area_code`` gives it.
    name : str
    population : int or None
        None where it is not known.
    """

    code: str
    name: str
    population: int | None = None


@dataclass(frozen=True)
class Areas:
    """The areas of one kind for which there are boundaries; none where there are not.

    Parameters
    ----------
    areas : tuple of Area
    source : str
        Who says so.
    population_year : int
        0 where it is not known.
    """

    areas: tuple[Area, ...] = ()
    source: str = ""
    population_year: int = 0

    def code_of(self, written: str) -> str:
        """The code of an area by the code or the name that a list writes; else what is written."""
        code = area_code(written)
        if code in self.by_code:
            return code
        return self._by_name.get(_letters(written), written)

    def lacking(self, codes: Iterable[str]) -> list[str]:
        """The areas that have a boundary and are not among those of a list."""
        return sorted(set(self.by_code) - set(codes))

    def are_those_of(self, codes: Iterable[str]) -> bool:
        """Whether a list names these areas: more than half of its areas have a boundary."""
        stated = set(codes) - {NOT_STATED}
        return 2 * len(stated & set(self.by_code)) > len(stated)

    @cached_property
    def by_code(self) -> dict[str, Area]:
        """The areas by their code."""
        return {one.code: one for one in self.areas}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for one in self.areas:
            key = _letters(one.name)
            names[key] = "" if key in names else one.code
        return {key: code for key, code in names.items() if key and code}


NO_AREAS: Final = Areas()
"""Of a kind without boundaries."""


def area_code(written: object) -> str:
    """A code as rows hold it: capitals, no zeros in front, no ``.0`` at the end.

    Parameters
    ----------
    written : object
        Text or a number, as a file has it.
    """
    text = re.sub(r"\.0+$", "", str(written).strip().upper())
    return text.lstrip("0")


def _letters(name: str) -> str:
    """A name without case, spaces and punctuation: O'HARE and OHare are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
