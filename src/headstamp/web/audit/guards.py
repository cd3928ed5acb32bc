"""Which tables only grow, and whether the database still sees to it.

A guard counts as there when it is what the migration made: of the same name, doing the same, and
awake whatever the session says of itself.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

from headstamp.web.audit.append_only import statements, trigger_names

Keys = tuple[tuple[str, ...], ...]

_TABLES: Final[dict[str, Keys]] = {"audit_auditevent": (("sequence",),)}

OF_SQLITE: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"

OF_POSTGRES: Final = """
SELECT t.tgname, t.tgtype, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = to_regclass(%s) AND t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = ''
"""

KINDS: Final = {"no_change": 0b0011011, "no_truncate": 0b0100010}
"""PostgreSQL's own notation: before (2) each row (1) of DELETE (8), UPDATE (16); TRUNCATE (32)."""


def guard(table: str, *keys: tuple[str, ...]) -> None:
    """Say that a table of an app only grows, with the columns ``make_append_only`` was given."""
    _TABLES[table] = keys


def missing() -> tuple[str, ...]:
    """Names of guards that are not there, are switched off, or do something else."""
    found: list[str] = []
    for table, keys in _TABLES.items():
        expected = _expected(table, keys)
        there = _there(table)
        found += [name for name, does in expected.items() if there.get(name) != does]
    return tuple(sorted(found))


def _expected(table: str, keys: Keys) -> dict[str, str]:
    made = statements(connection.vendor, table, keys)
    names = sorted(trigger_names(connection.vendor, table))
    if connection.vendor == "sqlite":
        return {name: _plain(sql) for name in names for sql in made if f" {name} " in sql}
    body = _plain(made[0].split("$$")[1])
    return {name: f"{KINDS[name.removeprefix(f'{table}_')]} {body}" for name in names}


def _there(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(OF_SQLITE, [table])
            return {name: _plain(sql) for name, sql in cursor.fetchall()}
        cursor.execute(OF_POSTGRES, [table])
        return {name: f"{kind} {_plain(body)}" for name, kind, body in cursor.fetchall()}


def _plain(sql: str) -> str:
    return " ".join(sql.split())
