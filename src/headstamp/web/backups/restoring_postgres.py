"""The part of a restore that is PostgreSQL's: into an empty database, and out of it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from headstamp.errors import WorkspaceError
from headstamp.web.backups.taking import run_postgres


def refuse_full() -> None:
    """Refuse a database with anything in it.

    Raises
    ------
    WorkspaceError
    """
    if connection.introspection.table_names():
        raise WorkspaceError(
            "the database that DATABASE_URL names is not empty; make an empty one, name it in "
            "DATABASE_URL and restore again"
        )


@contextmanager
def restored(dump: Path) -> Iterator[None]:
    """Bring the dump in; what fails afterwards leaves the database empty again."""
    words = ("--no-owner", "--single-transaction", "--exit-on-error")
    run_postgres(
        "pg_restore", *words, f"--dbname={settings.DATABASES['default']['NAME']}", str(dump)
    )
    try:
        yield
    except BaseException:
        _empty()
        raise
    dump.unlink()


def _empty() -> None:
    """Remove what was brought in; the database held nothing else."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = "
            "'public'::regnamespace AND p.proname LIKE '%append_only'"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
