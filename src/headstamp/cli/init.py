"""``headstamp init``: a workspace and its first administrator."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.stopping import stop_as_with_ctrl_c

if TYPE_CHECKING:
    from headstamp.web.workspace import Workspace


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    *,
    name: Annotated[str, typer.Option(help="Name of the first administrator.")],
    email: Annotated[str, typer.Option(help="Their email address, with which they sign in.")],
    agency: Annotated[str, typer.Option(help="Their agency.")],
    code: Annotated[str, typer.Option(help="The agency's short name, as PVPD.")],
    kind: Annotated[
        str,
        typer.Option(help="police, federal, sheriff, laboratory, prosecutor, oversight or other."),
    ] = "police",
    address: Annotated[
        str, typer.Option(help="Where browsers will reach it; for the link that is printed.")
    ] = "http://127.0.0.1:8765",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a workspace: its folder, its database, its first agency and administrator.

    Prints a link with which the administrator sets a password; it works once, for a week.
    With DATABASE_URL in the environment the records go to that PostgreSQL database, and the
    address is kept in the workspace's headstamp.env.
    """
    from headstamp.web.workspace import Workspace

    stop_as_with_ctrl_c()
    existed = folder.exists()
    workspace = Workspace.create(folder)
    try:
        path = _fill(
            workspace,
            {"name": name, "email": email, "agency": agency, "code": code, "kind": kind},
        )
    except BaseException:
        shutil.rmtree(workspace.root, ignore_errors=True)
        if existed:
            workspace.root.mkdir(mode=0o700, exist_ok=True)
        raise
    link = address.rstrip("/") + path
    if as_json:
        print_json({"workspace": str(workspace.root), "invitation": link})
        return
    stdout.print(f"The workspace is at {workspace.root}.", markup=False)
    stdout.print(f"Serve it:  headstamp serve --workspace {quote(str(folder))}", markup=False)
    stdout.print("Then open this link once, within a week, and set your password:")
    stdout.print(link, markup=False)


def _fill(workspace: Workspace, first: dict[str, str]) -> str:
    """Make the database and whom it begins with; gives the path of the invitation."""
    from headstamp.web.setup import migrate, use

    workspace.keep_setting("DATABASE_URL", os.environ.get("DATABASE_URL", ""))
    use(workspace.root)
    from headstamp.web.accounts import beginning

    beginning.check(**first)
    beginning.refuse_used_database()
    migrate()
    return beginning.begin(**first)
