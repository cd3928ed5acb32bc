"""How two records of a kind are compared: fields, their levels of agreement, and what is compared.

Conditions are SQL of DuckDB on the prepared columns of two records, ``_l`` and ``_r``; for Spark
they are translated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from headstamp.linkage.records import Kind

ELSE = "ELSE"

Prepared = Mapping[str, str | None]
"""Columns that conditions name; None for what is not known."""


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement of a field.

    Parameters
    ----------
    label : str
        As the explanation of a proposal says it.
    condition : str
        SQL, or ``ELSE`` for what no level before it holds.
    m, u : float
        How often it is so for two records of one thing, and of two: what counts until there are
        enough records to learn it from.
    common : str
        Column whose frequent values weigh less than rare ones; empty for none.
    every_pair : bool
        Whether a rule of blocking looks at every such pair: then they are counted, not sampled.
    """

    label: str
    condition: str
    m: float
    u: float
    common: str = ""
    every_pair: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field, and its levels from the strongest to none.

    Parameters
    ----------
    field : str
    shows : tuple of str
        Fields of a record that are shown beside it.
    known : str
        The prepared column without which a record does not say; then it counts neither way.
    levels : tuple of Level
    within : tuple of str
        Prepared columns. Two things that agree in them come near each other in this field more
        often than any two: numbers of one maker begin alike. How often is counted among them.
    """

    field: str
    shows: tuple[str, ...]
    known: str
    levels: tuple[Level, ...]
    within: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """SQL: one of the records does not say."""
        return f"{self.known}_l is null or {self.known}_r is null"


@dataclass(frozen=True, slots=True)
class Plan:
    """How records of a kind are compared.

    Parameters
    ----------
    kind : str
    columns : tuple of str
        The prepared columns.
    prepare : callable
        A record of the kind as those columns.
    comparisons : tuple of Comparison
    blocking : tuple of str
        SQL on ``l`` and ``r``: a pair is looked at if one of these holds.
    """

    kind: Kind
    columns: tuple[str, ...]
    prepare: Callable[[Any], Prepared]
    comparisons: tuple[Comparison, ...]
    blocking: tuple[str, ...]
