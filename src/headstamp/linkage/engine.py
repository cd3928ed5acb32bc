"""Records in DuckDB, in a form and an order that do not depend on how they came, and Splink on it.

Splink sees what was prepared; what was written is kept beside it, for the explanation.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from headstamp.errors import LinkageError
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import ID, Model, settings
from headstamp.linkage.records import Key, Kind, Record, key_of

TABLE = "records"
ASKED = "asked"
LIST = "list_of_record"


@dataclass(frozen=True, slots=True)
class Engine:
    """Records of a kind in a database of their own.

    Parameters
    ----------
    kind : str
    records : tuple of Record
        By source and id; the place of a record is its number in the table.
    connection : connection of DuckDB
    """

    kind: Kind
    records: tuple[Record, ...]
    connection: Any

    @property
    def pairs(self) -> int:
        """Pairs that there are."""
        return len(self.records) * (len(self.records) - 1) // 2

    def linker(self, model: Model, only: tuple[int, int] | None = None) -> Any:
        """A linker of Splink with a model's settings; it says nothing on standard error.

        Parameters
        ----------
        model : Model
        only : tuple of int, optional
            The one pair of records that is looked at, the lesser first.
        """
        from splink import DuckDBAPI, Linker

        logging.getLogger("splink").setLevel(logging.ERROR)
        database = DuckDBAPI(self.connection)  # a new one: what it remembers is of one model
        linker = Linker(
            database.register(TABLE), settings(model), log_level=None, validate_settings=False
        )
        self._register_frequencies(database, linker)
        if only:
            self.connection.execute(
                f"CREATE OR REPLACE TABLE {ASKED} AS SELECT '0' AS match_key, "
                "?::BIGINT AS join_key_l, ?::BIGINT AS join_key_r",
                list(only),
            )
            linker.table_management.register_blocked_pairs_for_predict(database.register(ASKED))
        return linker

    def _register_frequencies(self, database: Any, linker: Any) -> None:
        for column in common(self.kind):
            name = f"{column}_frequencies"
            self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {self._shares(column)}")
            linker.table_management.register_term_frequency_lookup(database.register(name), column)

    def frequencies(self, column: str) -> list[tuple[str, float]]:
        """How often each value occurs, one of the two records that share it left out.

        Counted with both, a rare name of one person would look as if two bore it.
        """
        found: list[tuple[str, float]] = self.connection.execute(
            f"{self._shares(column)} ORDER BY ALL"
        ).fetchall()
        return found

    def _shares(self, column: str) -> str:
        return (
            f"SELECT {column}, (count(*) - 1.0) / {len(self.records)} AS tf_{column} "
            f"FROM {TABLE} WHERE {column} IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
        )

    def prepared(self) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns that are compared, and their rows."""
        columns = [ID, *PLANS[self.kind].columns]
        rows = self.connection.execute(
            f"SELECT {', '.join(columns)} FROM {TABLE} ORDER BY {ID}"
        ).fetchall()
        return columns, rows

    def place(self, key: Key) -> int:
        """The number of a record.

        Raises
        ------
        LinkageError
            If it is not among them.
        """
        for number, one in enumerate(self.records):
            if key_of(one) == key:
                return number
        raise LinkageError(f"{key}: there is no such record in the tables that were given")


@contextmanager
def engine(kind: Kind, records: Iterable[Record], spill: str = "") -> Iterator[Engine]:
    """Records ready to be compared.

    Parameters
    ----------
    kind : str
    records : iterable of Record
    spill : str
        A folder for what does not fit into memory; without one such work fails.

    Raises
    ------
    LinkageError
        If there are fewer than two, or two of one source and id.
    """
    from splink import DuckDBAPI

    ordered = tuple(sorted(records, key=key_of))
    _require(kind, ordered)
    connection = DuckDBAPI().duckdb_con
    try:
        # Nothing is fetched, and no extension is loaded.
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET temp_directory = ?", [spill])
        _fill(connection, kind, ordered)
        yield Engine(kind, ordered, connection)
    finally:
        connection.close()


def common(kind: Kind) -> tuple[str, ...]:
    """The columns whose frequent values weigh less."""
    named = {level.common for one in PLANS[kind].comparisons for level in one.levels}
    return tuple(sorted(named - {""}))


def _require(kind: Kind, ordered: Sequence[Record]) -> None:
    if len(ordered) < 2:
        raise LinkageError(f"there are {len(ordered)} records of a {kind}; give two or more")
    for one, other in pairwise(ordered):
        if key_of(one) == key_of(other):
            raise LinkageError(
                f"{key_of(one)}: is there twice; give each record of a source an id of its own"
            )


def _fill(connection: Any, kind: Kind, ordered: Sequence[Record]) -> None:
    plan = PLANS[kind]
    prepared = [plan.prepare(one) for one in ordered]
    columns = ", ".join(f"{one} VARCHAR" for one in (LIST, *plan.columns))
    connection.execute(f"CREATE TABLE {TABLE} ({ID} BIGINT, {columns})")
    unnested = ", ".join("unnest(?::VARCHAR[])" for _ in (LIST, *plan.columns))
    connection.execute(
        f"INSERT INTO {TABLE} SELECT unnest(?::BIGINT[]), {unnested}",
        [
            list(range(len(ordered))),
            [one.source for one in ordered],
            *([row[one] for row in prepared] for one in plan.columns),
        ],
    )
