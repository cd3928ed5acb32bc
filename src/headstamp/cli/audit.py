"""``headstamp audit``: check the record, and write down where it ends."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.serve import WorkspaceFolder
from headstamp.errors import BrokenRecordError, OutputError

if TYPE_CHECKING:
    from headstamp.web.audit.queries import Verification

app = typer.Typer(help="Check the record of who did what, and anchor it.")

ANCHOR = re.compile(r"(\d{1,18}) ([0-9a-f]{64})(?: |$)")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def verify(
    workspace: WorkspaceFolder = Path("workspace"),
    *,
    anchor: Annotated[
        Path | None, typer.Option(help="File that 'headstamp audit anchor' wrote to.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Recompute the whole record and name the first broken link.

    The chains of custody and the steps of links are checked with it, and whether the database
    still refuses to change them. With --anchor also that every event anchored there is still the
    same: this alone finds a record that was cut off or rewritten as a whole.
    """
    from headstamp.web.setup import use

    anchors = _anchors(anchor) if anchor else ()
    use(workspace)
    from headstamp.web.audit.actions import record
    from headstamp.web.audit.queries import verify as check

    found = check(anchors)
    record(
        "audit.verified",
        by=None,
        outcome="done" if found.whole else "failed",
        detail={"events": found.events},
    )
    if as_json:
        print_json(_as_json(found))
    elif found.whole:
        stdout.print(
            f"All {found.events:,} events are whole, and so are the chains of custody and the "
            f"steps of links. Head: {found.head}",
            markup=False,
        )
    if not found.whole:
        raise BrokenRecordError("; ".join(found.sentences))


def _as_json(found: Verification) -> dict[str, Any]:
    return {
        "whole": found.whole,
        "events": found.events,
        "head": found.head,
        "broken_at": found.broken.sequence if found.broken else None,
        "reason": found.broken.reason if found.broken else "",
        "missing_guards": list(found.missing_guards),
        "chain_faults": [asdict(fault) for fault in found.chain_faults],
    }


@app.command()
def anchor(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Append the line to this file.  [default: print]"),
    ] = None,
    *,
    workspace: WorkspaceFolder = Path("workspace"),
    as_json: Json = False,
) -> None:
    """Write down where the record ends now: one line, to be kept where nobody here can reach it."""
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.audit.actions import record
    from headstamp.web.audit.models import AuditEvent

    head = AuditEvent.objects.order_by("-sequence").first()
    if head is None:
        raise OutputError("the record is empty; there is nothing to anchor")
    line = f"{head.sequence} {head.hash} {head.at.isoformat()}"
    if file is not None:
        try:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
        except OSError as error:
            raise OutputError(f"{file}: cannot be written ({error.strerror})") from error
    record("audit.anchored", by=None, detail={"sequence": head.sequence})
    if as_json:
        print_json({"sequence": head.sequence, "hash": head.hash, "at": head.at.isoformat()})
    elif file is None:
        stdout.print(line, markup=False)


def _anchors(path: Path) -> tuple[tuple[int, str], ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = tuple(_anchor(line) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{path}: is no file of anchors; name one that 'headstamp audit anchor' wrote to"
        ) from error
    if not found:
        raise OutputError(f"{path}: holds no anchor")
    return found


def _anchor(line: str) -> tuple[int, str]:
    match = ANCHOR.match(line)
    if match is None:
        raise ValueError(line)
    return int(match[1]), match[2]
