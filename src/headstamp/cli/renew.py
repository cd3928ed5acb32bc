"""``headstamp renew``: a new link for somebody who cannot sign in, from whoever runs the server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.serve import WorkspaceFolder
from headstamp.errors import WorkspaceError


def renew(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address they sign in with.")],
    *,
    workspace: WorkspaceFolder = Path("workspace"),
    address: Annotated[
        str, typer.Option(help="Where browsers reach it; for the link that is printed.")
    ] = "http://127.0.0.1:8765",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print a link with which somebody sets a new password; it works once, for a week.

    Their password, second factor and sessions end now. Administrators do the same on the page of
    a person; this is for the last of them, who lost their own.
    """
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.accounts.actions import renew as make_anew
    from headstamp.web.accounts.models import User

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise WorkspaceError(f"{email}: no account has this address")
    if not user.is_active:
        raise WorkspaceError(f"{email}: this account is disabled; an administrator enables it")
    made = make_anew(user, by=None)
    link = address.rstrip("/") + made.path
    if as_json:
        print_json({"invitation": link, "expires_at": made.invitation.expires_at.isoformat()})
        return
    stdout.print("Their old password and second factor have ended. Give them this link:")
    stdout.print(link, markup=False)
