"""``headstamp serve`` and ``headstamp worker``: run a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.console import stderr, stdout
from headstamp.errors import WorkspaceError

LOOPBACK = ("127.0.0.1", "localhost", "::1")

WorkspaceFolder = Annotated[
    Path,
    typer.Option("--workspace", "-w", envvar="HEADSTAMP_WORKSPACE", help="The workspace's folder."),
]


def serve(
    workspace: WorkspaceFolder = Path("workspace"),
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    processes: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Threads of each process.")] = 8,
    workers: Annotated[
        int, typer.Option(min=0, help="Background workers started with it; 0 for none.")
    ] = 1,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Bring a PostgreSQL database up to date first.")
    ] = False,
) -> None:
    """Serve a workspace to browsers, and do its background jobs, until Ctrl-C.

    Off this machine it is reached through a proxy that ends TLS (see the how-to guide); plain
    HTTP is served on the loopback address alone.
    """
    from headstamp.web.processes.running import Processes, refuse_taken
    from headstamp.web.setup import use

    refuse_taken(host, port)
    place = use(workspace)
    environment = _environment(host)
    _refuse_open_demonstration(host)
    _bring_up_to_date(migrate)
    running = Processes(place.root, host, port, processes, threads, workers, environment)
    running.start()
    stdout.print(_where(host, port, environment), markup=False)
    sys.exit(running.wait())


def worker(
    workspace: WorkspaceFolder = Path("workspace"),
    *,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when no job is left.")
    ] = False,
) -> None:
    """Do a workspace's background jobs: prepare scans, search them.

    Several may run at once, on this machine or, with PostgreSQL and a shared folder, on others.
    """
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.processes.work import run_worker

    run_worker(until_empty=until_empty)


def _environment(host: str) -> dict[str, str]:
    """Plain HTTP where only this machine can ask, unless a proxy in front was set up."""
    from django.conf import settings

    local = host in LOOPBACK and not settings.BEHIND_A_PROXY
    return {"HEADSTAMP_SECURE": "0"} if local else {}


def _where(host: str, port: int, environment: dict[str, str]) -> str:
    """Where browsers find it."""
    from django.conf import settings

    if environment or not settings.SECURE:
        shown = f"[{host}]" if ":" in host else host
        return f"Headstamp is at http://{shown}:{port}/ (Ctrl-C ends it)."
    names = [name for name in settings.ALLOWED_HOSTS if name not in settings.LOOPBACK]
    reached = f"at https://{names[0]}/" if names else "once HEADSTAMP_HOSTS says under what name"
    return (
        f"Headstamp listens on {host}:{port} for a proxy that ends TLS (Ctrl-C ends it). "
        f"Browsers reach it {reached}."
    )


def _refuse_open_demonstration(host: str) -> None:
    """Refuse to let other machines reach a workspace that signs anybody in.

    Raises
    ------
    WorkspaceError
    """
    from django.conf import settings

    if settings.DEMO and host not in LOOPBACK:
        raise WorkspaceError(
            "HEADSTAMP_DEMO signs anybody in and is for this machine alone; unset it, or serve "
            "on 127.0.0.1"
        )


def _bring_up_to_date(migrate_anyway: bool) -> None:
    from django.db import connection

    from headstamp.web.setup import migrate, pending_migrations

    pending = pending_migrations()
    if not pending:
        return
    if connection.vendor == "sqlite":
        from headstamp.web.backups.taking import copy_database

        kept = copy_database()
        stderr.print(f"The database is brought up to date; a copy is kept at {kept}.")
    elif not migrate_anyway:
        raise WorkspaceError(
            f"the database is {len(pending)} steps behind this version; back it up, then serve "
            "with --migrate"
        )
    migrate()
