"""What somebody with the database's own password can do."""

from __future__ import annotations

from typing import Any

from django.db import connection

from headstamp.web.audit.append_only import trigger_names

ON_POSTGRES = "postgresql"


def sql(statement: str, *values: Any) -> None:
    """Run a statement past everything but the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drop_guards(table: str) -> None:
    """Take the triggers away."""
    on = f" ON {table}" if connection.vendor == ON_POSTGRES else ""
    for name in sorted(trigger_names(connection.vendor, table)):
        sql(f"DROP TRIGGER {name}{on}")
