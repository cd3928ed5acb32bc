"""The traces of a folder as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from headstamp.formats.incident_lists.database import connection
from headstamp.formats.trace_tables.batches import Batch
from headstamp.formats.trace_tables.current import count_conflicts, make_views, require_batches
from headstamp.formats.trace_tables.jurisdictions import ALL, condition, require_some
from headstamp.tracing.columns import Coded, Days, Traces

TEXTS: Final = {
    "type": "type", "calibre": "calibre", "category": "category",
    "serial_status": "serial_status", "recovery_state": "recovery_state",
    "dealer": "dealer_key", "dealer_state": "dealer_state",
    "purchaser_is_possessor": "purchaser_is_possessor", "status": "status",
}  # fmt: skip
"""Columns of texts whose names are always loaded, and what they are called in the rows."""

KEYS: Final = {"id": "trace", "gun": "gun", "purchaser": "purchaser", "possessor": "possessor"}
"""Columns of texts as many as the traces: their names are loaded where they are wanted."""

DAYS: Final = ("recovered_first", "recovered_last", "sold_first", "sold_last")
NUMBERS: Final = (
    "possessor_age", "recovery_latitude", "recovery_longitude", "dealer_latitude",
    "dealer_longitude",
)  # fmt: skip
FLAGS: Final = ("multiple_sale", "theft_report")
NOT_A_TIME: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Asked:
    """Which traces are wanted.

    Parameters
    ----------
    jurisdiction : str
        As :func:`headstamp.formats.trace_tables.jurisdictions.condition` has it.
    first, last : date or None
        Days of recovery; without one there is no limit.
    """

    jurisdiction: str = ALL
    first: date | None = None
    last: date | None = None

    @property
    def period(self) -> str:
        """A condition: the recovery lies within, whatever of its date is known."""
        parts = ["true"]
        if self.first:
            parts.append(f"recovered_first >= '{self.first}'")
        if self.last:
            parts.append(f"recovered_last <= '{self.last}'")
        return " AND ".join(parts)

    @property
    def straddling(self) -> str:
        """A condition: what is known of the date of recovery may lie within, and may not."""
        parts = ["true"]
        if self.first:
            parts.append(f"recovered_last >= '{self.first}'")
        if self.last:
            parts.append(f"recovered_first <= '{self.last}'")
        return f"{' AND '.join(parts)} AND NOT ({self.period})"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Traces, each once, and what is to be known about them.

    Parameters
    ----------
    traces : Traces
    dealers : dict
        What a dealer's key stands for, in words.
    batches : tuple of Batch
    straddling : int
        Traces of the place whose partial date of recovery lies in the period, or not.
    conflicts : int
        Traces of the folder that are there with different results.
    """

    traces: Traces
    dealers: dict[str, str]
    batches: tuple[Batch, ...]
    straddling: int
    conflicts: int


def load(data: Path, asked: Asked | None = None, *, with_keys: bool = True) -> Loaded:
    """Load the traces of a folder.

    Parameters
    ----------
    data : Path
    asked : Asked, optional
        All where none is given.
    with_keys : bool
        Whether traces, guns, purchasers and possessors are told apart; a count of guns needs to
        know only whether there is one, and each of them is then named ``+``.

    Raises
    ------
    UnreadableTableError
        If there is no table, or no trace of the jurisdiction.
    """
    wanted = asked or Asked()
    there = require_batches(data)
    with TemporaryDirectory(prefix="headstamp-") as spill, connection(Path(spill)) as database:
        make_views(database, data, there)
        require_some(database, wanted.jurisdiction)
        of_place = condition(wanted.jurisdiction)
        database.execute(
            f"CREATE TEMP TABLE wanted AS SELECT {', '.join(_needed(with_keys))} FROM current "
            f"WHERE {of_place} AND {wanted.period}"
        )
        straddling = database.execute(
            f"SELECT count(*) FROM current WHERE {of_place} AND {wanted.straddling}"
        ).fetchone()
        return Loaded(
            _traces(database, with_keys),
            _dealers(database),
            tuple(there),
            int(straddling[0]),
            count_conflicts(database),
        )


def _needed(with_keys: bool) -> list[str]:
    """What is read of a row: all that follows works on these columns alone."""
    keys = list(KEYS.values()) if with_keys else [_is_there(one) for one in KEYS.values()]
    named = ("dealer", "dealer_city", "licence")
    return [*TEXTS.values(), *keys, *DAYS, *NUMBERS, *FLAGS, *named]


def _is_there(key: str) -> str:
    return f"CASE WHEN {key} <> '' THEN '+' END AS {key}"


def _traces(database: Any, with_keys: bool) -> Traces:
    named = TEXTS | KEYS
    names = {column: _enumerate(database, column, source) for column, source in named.items()}
    codes = [f"{_code(column, source)} AS {column}" for column, source in named.items()]
    days = [f"coalesce({one} - DATE '1970-01-01', {NOT_A_TIME}) AS {one}" for one in DAYS]
    numbers = [f"coalesce({one}, 'NaN'::DOUBLE) AS {one}" for one in NUMBERS]
    flags = [f"coalesce({one}, false) AS {one}" for one in FLAGS]
    found = database.execute(
        f"SELECT {', '.join([*codes, *days, *numbers, *flags])} FROM wanted "
        f"{'ORDER BY trace' if with_keys else ''}"
    ).fetchnumpy()
    columns: dict[str, Any] = {
        **{one: Coded(_plain(found[one], np.int32), names[one]) for one in names},
        **{one: _days(found[one]) for one in DAYS},
        **{one: _plain(found[one], np.float64) for one in NUMBERS},
        **{one: _plain(found[one], np.bool_) for one in FLAGS},
    }
    return Traces(**columns)


def _enumerate(database: Any, column: str, source: str) -> list[str]:
    """Make a type of all the texts of a column, and give them in its order."""
    database.execute(
        f"CREATE TYPE {column}_names AS ENUM "
        f"(SELECT DISTINCT {source} FROM wanted WHERE {source} <> '' ORDER BY {source})"
    )
    found = database.execute(f"SELECT unnest(enum_range(NULL::{column}_names))").fetchall()
    return [name for (name,) in found]


def _code(column: str, source: str) -> str:
    """The place of a text among its names; -1 where there is none."""
    named = f"CAST(nullif({source}, '') AS {column}_names)"
    return f"coalesce(CAST(enum_code({named}) AS INT), -1)"


def _plain(values: Any, kind: Any) -> Any:
    return np.ascontiguousarray(np.ma.getdata(values), dtype=kind)


def _days(values: Any) -> Days:
    return np.ma.getdata(values).astype(np.int64).astype("datetime64[D]")


def _dealers(database: Any) -> dict[str, str]:
    found = database.execute(
        "SELECT dealer_key, concat_ws(', ', coalesce(min(dealer), 'name not known'), "
        "min(dealer_city), min(dealer_state), 'licence ' || min(licence)) "
        "FROM wanted WHERE dealer_key IS NOT NULL GROUP BY dealer_key"
    ).fetchall()
    return dict(found)
