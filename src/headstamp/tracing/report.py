"""The gun trace report of a jurisdiction and a period: its tables, each share with its base."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from headstamp.tracing.bases import Base, Share

Edition = Literal["internal", "public"]

TOP_STATES: Final = 15
TOP_DEALERS: Final = 10
TOP_KINDS: Final = 15


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Parameters
    ----------
    label : str
    count : int or None
        None where it is left out because it is small, or would give a small one away.
    """

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Guns by kind; no table is without its base.

    Parameters
    ----------
    key, title : str
    bases : tuple of Base
        What the shares are of; the first is what the rows add up to.
    rows : tuple of Row
        None where fewer guns than may be published are in the table.
    notes : tuple of str
    adds_up : bool
        Whether the rows are parts of the first base that make up the whole.
    in_order : bool
        Whether the rows have an order of their own, not that of their size.
    """

    key: str
    title: str
    bases: tuple[Base, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    adds_up: bool = True
    in_order: bool = False
    is_withheld: bool = False

    def shares(self, row: Row) -> tuple[Share, ...]:
        """The share of each base; empty of a row that is left out."""
        return () if row.count is None else tuple(Share(row.count, base) for base in self.bases)


@dataclass(frozen=True, slots=True)
class TraceReport:
    """All tables of a report.

    Parameters
    ----------
    jurisdiction : str
    first, last : date
        Of the period of recovery, both included.
    edition : str
    tables : tuple of Table
    notes : tuple of str
        What is to be known about the traces as a whole.
    sources : tuple of (str, str, str)
        File name (none in the public edition), day of retrieval, and SHA-256 of each table.
    """

    jurisdiction: str
    first: date
    last: date
    edition: Edition
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = field(default=())
