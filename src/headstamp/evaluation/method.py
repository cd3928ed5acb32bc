"""Which processing and comparison a score comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_MEANING: Final = frozenset(
    {"cell_size", "cell_fill", "correlation_threshold", "tolerance", "fine", "full_overlap"}
)
"""Settings of the comparison that change what the scores mean, not only how hard one searches."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How two methods differ.

    Parameters
    ----------
    grave : tuple of str
        The scores do not mean the same.
    slight : tuple of str
        The search was wider or narrower.
    """

    grave: tuple[str, ...]
    slight: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """Versions and parameters behind a score.

    Parameters
    ----------
    processing_version, comparison_version : int
    processing, comparison : dict
        Names and values of the parameters.

    Raises
    ------
    TypeError
        If a version is no whole number or the parameters are no dictionary.
    """

    processing_version: int
    comparison_version: int
    processing: dict[str, Any]
    comparison: dict[str, Any]

    def __post_init__(self) -> None:
        versions = (self.processing_version, self.comparison_version)
        if not all(type(version) is int for version in versions):
            raise TypeError("the versions of the method must be whole numbers")
        if not all(isinstance(entry, dict) for entry in (self.processing, self.comparison)):
            raise TypeError("the parameters of the method must be a table of names and values")

    def differences(self, other: Method) -> Differences:
        """What sets another method apart from this one."""
        grave: list[str] = []
        slight: list[str] = []
        for what in ("processing_version", "comparison_version"):
            mine, theirs = getattr(self, what), getattr(other, what)
            if mine != theirs:
                grave.append(f"{what.replace('_', ' ')} {mine}, here {theirs}")
        grave += _changed(self.processing, other.processing)
        for text in _changed(self.comparison, other.comparison):
            (grave if text.split()[0] in _MEANING else slight).append(text)
        return Differences(tuple(grave), tuple(slight))


def _changed(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    names = sorted(mine.keys() | theirs.keys())
    return [
        f"{name} {mine.get(name)}, here {theirs.get(name)}"
        for name in names
        if mine.get(name) != theirs.get(name)
    ]
