"""``headstamp backup`` and ``headstamp restore``."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from headstamp.cli.console import print_json, progress_bar, stdout
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.stopping import stop_as_with_ctrl_c


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, as backup.zip.")],
    *,
    workspace: WorkspaceFolder = Path("workspace"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write a whole workspace to one file, while it is in use.

    The file holds the secret key and everything else: keep it as safe as the workspace.
    """
    from headstamp.web.setup import use

    stop_as_with_ctrl_c()
    use(workspace)
    from headstamp.web.backups.taking import write_backup

    with progress_bar() as progress:
        task = progress.add_task("Copying files", total=None)
        members = write_backup(
            file, lambda done, total: progress.update(task, completed=done, total=total)
        )
    size = sum(member.size for member in members)
    if as_json:
        print_json({"backup": str(file), "members": len(members), "bytes": size})
    else:
        stdout.print(
            f"{file}: {len(members)} files, {size / 1e6:.1f} MB. It holds the secret key; keep it "
            "as safe as the workspace.",
            markup=False,
        )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring a workspace back from a backup, and check its record from end to end."""
    from headstamp.web.backups.restoring import restore as bring_back

    stop_as_with_ctrl_c()
    made = bring_back(file, folder)
    if as_json:
        print_json({"workspace": str(made.root), "members": made.members, "events": made.events})
    else:
        stdout.print(
            f"{made.root}: restored, {made.members} files; all {made.events:,} events of the "
            f"record are whole. Serve it:  headstamp serve --workspace {quote(str(folder))}",
            markup=False,
        )
