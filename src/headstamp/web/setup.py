"""Make Django ready for a workspace, for commands that are no web request."""

from __future__ import annotations

import os
from pathlib import Path

from headstamp.web.workspace import VARIABLE, Workspace


def use(root: Path) -> Workspace:
    """Open a workspace in this process; only one can be.

    Raises
    ------
    WorkspaceError
        If the folder is no workspace.
    """
    workspace = Workspace(root.resolve())
    workspace.require()
    os.environ[VARIABLE] = str(workspace.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headstamp.web.settings")
    import django

    django.setup()
    return workspace


def pending_migrations() -> list[str]:
    """Names of migrations the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    return [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(targets)]


def migrate() -> None:
    """Bring the database to this version's tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
