"""Which database a workspace uses: the one in its folder, or PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

from typing import Any, Final

from environs import Env
from environs.exceptions import EnvError

from headstamp.errors import WorkspaceError
from headstamp.web.workspace import Workspace

EXAMPLE: Final = "postgresql://user:password@host:5432/database"

SHORT_LISTS: Final = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
"""How PostgreSQL is to plan: pages ask for a few dozen rows by index, on disks without heads."""


def database(env: Env, workspace: Workspace) -> dict[str, Any]:
    """Django's settings of the database.

    Raises
    ------
    WorkspaceError
        If ``DATABASE_URL`` names no PostgreSQL database.
    """
    address = env.str("DATABASE_URL", "")
    if not address:
        return embedded(workspace)
    if not address.startswith(("postgresql://", "postgres://")):
        raise WorkspaceError(
            f"DATABASE_URL names no PostgreSQL database; write {EXAMPLE}, or leave it out for the "
            "database in the workspace's own folder"
        )
    try:
        found: dict[str, Any] = env.dj_db_url(
            "DATABASE_URL", conn_max_age=60, conn_health_checks=True
        )
    except (EnvError, ValueError) as error:
        raise WorkspaceError(f"DATABASE_URL cannot be read; write {EXAMPLE}") from error
    if not found.get("NAME"):
        raise WorkspaceError(f"DATABASE_URL names no database at its end; write {EXAMPLE}")
    options = found.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 10)
    options.setdefault("options", SHORT_LISTS)
    return found


def embedded(workspace: Workspace) -> dict[str, Any]:
    """SQLite, with what it needs so that nothing acknowledged is lost and writers wait in line."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": workspace.database,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
