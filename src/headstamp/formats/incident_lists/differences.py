"""What changed between two vintages of one list, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.choosing import relation
from headstamp.formats.incident_lists.database import connection
from headstamp.incidents.records import FIELDS, Vintage

KEYS: Final = ("victim", "incident")
"""What tells rows apart, the first that the list has; without any, a row is its content."""

ORDER: Final = {"added": 0, "changed": 1, "removed": 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that came, went, or says something else.

    Parameters
    ----------
    kind : str
        ``added``, ``changed`` or ``removed``.
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
    """Every row that differs: what was added, changed, and removed.

    Only fields that both vintages have are compared: a column that one of them lacks says nothing
    about a row. A list without unique numbers is compared by whole rows: a changed row is then one
    that was removed and one that was added.

    Parameters
    ----------
    data : Path
    earlier, later : Vintage
        Of one list.
    """
    fields = [name for name in FIELDS if name in earlier.fields and name in later.fields]
    with connection() as database:
        for name, one in (("earlier", earlier), ("later", later)):
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM {relation(data, one)}")
        key = next((key for key in KEYS if key in fields and _is_unique(database, key)), "")
        found = _by_key(database, fields, key) if key else _by_content(database, fields)
    return sorted(found, key=lambda one: (ORDER[one.kind], one.key, sorted(one.after.items())))


def _is_unique(database: Any, key: str) -> bool:
    """Whether a field names each row of both lists once."""
    return all(
        database.execute(f"SELECT count(*) = count(DISTINCT {key}) FROM {name}").fetchone()[0]
        for name in ("earlier", "later")
    )


def _by_key(database: Any, fields: Sequence[str], key: str) -> list[Difference]:
    others = [name for name in fields if name != key]
    pairs = ", ".join(f"earlier.{name}, later.{name}" for name in others)
    changed = " OR ".join(f"earlier.{name} IS DISTINCT FROM later.{name}" for name in others)
    rows = database.execute(
        f"SELECT earlier.{key}, later.{key}, {pairs} FROM earlier "
        f"FULL JOIN later ON earlier.{key} = later.{key} "
        f"WHERE earlier.{key} IS NULL OR later.{key} IS NULL OR {changed}"
    ).fetchall()
    return [_difference(row[0], row[1], others, row[2::2], row[3::2]) for row in rows]


def _difference(
    was: Any, became: Any, fields: list[str], before: tuple[Any, ...], after: tuple[Any, ...]
) -> Difference:
    if was is None:
        return Difference("added", str(became), {}, _said(fields, after))
    if became is None:
        return Difference("removed", str(was), _said(fields, before), {})
    differ = [
        (name, _text(one), _text(other))
        for name, one, other in zip(fields, before, after, strict=True)
        if one != other
    ]
    return Difference(
        "changed",
        str(was),
        {name: one for name, one, _ in differ},
        {name: other for name, _, other in differ},
    )


def _by_content(database: Any, fields: Sequence[str]) -> list[Difference]:
    names = ", ".join(fields)

    def only_in(one: str, other: str) -> list[dict[str, str]]:
        rows = database.execute(
            f"SELECT {names} FROM {one} EXCEPT ALL SELECT {names} FROM {other}"
        ).fetchall()
        return [_said(fields, row) for row in rows]

    added = [Difference("added", "", {}, row) for row in only_in("later", "earlier")]
    removed = [Difference("removed", "", row, {}) for row in only_in("earlier", "later")]
    return added + removed


def _said(fields: Sequence[str], values: Sequence[Any]) -> dict[str, str]:
    return {
        name: _text(value) for name, value in zip(fields, values, strict=True) if value is not None
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
