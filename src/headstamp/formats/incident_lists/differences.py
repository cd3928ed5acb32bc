"""What changed between two vintages of one list, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.vintages import ROWS, folder_of
from headstamp.incidents.records import FIELDS, Vintage

KEYS: Final = ("victim", "incident")
"""What tells rows apart, the first that the list has; without any, a row is its content."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that came, went, or says something else.

    Parameters
    ----------
    kind : str
        ``added``, ``removed`` or ``changed``.
    key : str
        The row's number in the list, or empty.
    before, after : dict
        Its fields; of a changed row only those that differ.
    """

    kind: str
    key: str
    before: dict[str, str]
    after: dict[str, str]


def differences(data: Path, earlier: Vintage, later: Vintage) -> list[Difference]:
    """Every row that differs, in the order of the later list, removed rows last.

    A list without unique numbers is compared by whole rows: a changed row is then one that was
    removed and one that was added.
    """
    import duckdb

    with duckdb.connect() as database:
        for name, one in (("earlier", earlier), ("later", later)):
            path = str(folder_of(data, one) / ROWS).replace("'", "''")
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        key = _key(database)
        found = _by_key(database, key) if key else _by_content(database)
    return sorted(found, key=lambda one: (one.kind == "removed", one.kind, one.key))


def _key(database: Any) -> str:
    """A field that names each row of both lists once; empty where there is none."""
    for key in KEYS:
        unique = all(
            database.execute(
                f"SELECT count(*) = count(DISTINCT {key}) FROM {name}"  # noqa: S608 - our names
            ).fetchone()[0]
            for name in ("earlier", "later")
        )
        if unique:
            return key
    return ""


def _by_key(database: Any, key: str) -> list[Difference]:
    fields = [name for name in FIELDS if name != key]
    pairs = ", ".join(f"earlier.{name}, later.{name}" for name in fields)
    changed = " OR ".join(f"earlier.{name} IS DISTINCT FROM later.{name}" for name in fields)
    rows = database.execute(
        f"SELECT earlier.{key}, later.{key}, {pairs} FROM earlier "  # noqa: S608 - our names
        f"FULL JOIN later ON earlier.{key} = later.{key} "
        f"WHERE earlier.{key} IS NULL OR later.{key} IS NULL OR {changed}"
    ).fetchall()
    return [_difference(row[0], row[1], fields, row[2::2], row[3::2]) for row in rows]


def _difference(
    was: Any, became: Any, fields: list[str], before: tuple[Any, ...], after: tuple[Any, ...]
) -> Difference:
    if was is None:
        return Difference("added", str(became), {}, _said(fields, after))
    if became is None:
        return Difference("removed", str(was), _said(fields, before), {})
    differ = [i for i in range(len(fields)) if before[i] != after[i]]
    names = [fields[i] for i in differ]
    return Difference(
        "changed",
        str(was),
        {name: _text(before[i]) for name, i in zip(names, differ, strict=True)},
        {name: _text(after[i]) for name, i in zip(names, differ, strict=True)},
    )


def _by_content(database: Any) -> list[Difference]:
    fields = list(FIELDS)
    names = ", ".join(fields)
    found = []
    for kind, one, other in (("added", "later", "earlier"), ("removed", "earlier", "later")):
        rows = database.execute(
            f"SELECT {names} FROM {one} EXCEPT ALL SELECT {names} FROM {other}"  # noqa: S608
        ).fetchall()
        for row in rows:
            said = _said(fields, row)
            found.append(
                Difference(kind, "", {}, said)
                if kind == "added"
                else Difference(kind, "", said, {})
            )
    return found


def _said(fields: list[str], values: tuple[Any, ...]) -> dict[str, str]:
    return {
        name: _text(value) for name, value in zip(fields, values, strict=True) if value is not None
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
