"""Triggers that let a table only grow, for both databases.

SQLite: also ``INSERT OR REPLACE``, whose hidden deletion fires no trigger unless a pragma is set,
is refused, since a row with a key that is taken, be it the hidden one, is never inserted.
PostgreSQL: also TRUNCATE.
"""

from __future__ import annotations

from typing import Any

MESSAGE = "rows of {table} are never changed or removed"


def statements(vendor: str, table: str, keys: tuple[tuple[str, ...], ...]) -> list[str]:
    """SQL that makes a table append-only; ``keys`` are its unique columns or groups of them."""
    message = MESSAGE.format(table=table)
    if vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION '{message}'; END; $$ LANGUAGE plpgsql""",
            f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
        ]
    taken = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
        for key in (*keys, ("rowid",))
    )
    return [  # the names are those of our own tables
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{message}'); END""",
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{message}'); END""",
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})
        BEGIN SELECT RAISE(ABORT, '{message}'); END""",
    ]


def trigger_names(vendor: str, table: str) -> set[str]:
    """The triggers that ``statements`` makes."""
    kinds = (
        ("no_change", "no_truncate")
        if vendor == "postgresql"
        else ("no_update", "no_delete", "no_replace")
    )
    return {f"{table}_{kind}" for kind in kinds}


def make_append_only(table: str, *keys: tuple[str, ...]) -> Any:
    """A migration operation that installs the triggers."""
    from django.db import migrations

    def install(apps: Any, editor: Any) -> None:
        del apps
        for statement in statements(editor.connection.vendor, table, keys):
            editor.execute(statement)

    def remove(apps: Any, editor: Any) -> None:
        del apps
        vendor = editor.connection.vendor
        for name in sorted(trigger_names(vendor, table)):
            on = f" ON {table}" if vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    return migrations.RunPython(install, remove)
