"""``headstamp linkage decide``, ``undo`` and ``groups``: what persons decided, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from headstamp.cli.console import print_json, stdout

if TYPE_CHECKING:
    from headstamp.linkage.decisions import Entry
    from headstamp.linkage.groups import Contradiction, Group

FILE = Path("linkage-decisions.jsonl")

Decisions = Annotated[Path, typer.Option("--decisions", help="The file of decisions.")]
By = Annotated[str, typer.Option(help="Who decides.")]
Why = Annotated[str, typer.Option(help="Why, so that the next person can judge it.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def decide(
    answer: Annotated[
        Literal["accept", "reject"], typer.Argument(metavar="ANSWER", help="accept or reject.")
    ],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="firearm, dealer or person.")],
    one: Annotated[str, typer.Argument(metavar="ONE", help="A record, as police:17.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other record.")],
    *,
    by: By,
    why: Why,
    decisions: Decisions = FILE,
    as_json: Json = False,
) -> None:
    """Accept that two records are of one thing, or reject it; an entry is added to the file."""
    from headstamp.formats.linkage.decision_file import add_entry
    from headstamp.linkage.decisions import decide as decide_
    from headstamp.linkage.records import key, kind_of

    wanted = kind_of(kind)
    keys = key(one), key(other)
    entry, digest = add_entry(
        decisions,
        lambda there: decide_(there, kind=wanted, one=keys[0], other=keys[1],
                              same=answer == "accept", by=by, why=why, at=_now()),
    )  # fmt: skip
    _print(entry, digest, decisions, as_json)


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the decision.")],
    *,
    by: By,
    why: Why,
    decisions: Decisions = FILE,
    as_json: Json = False,
) -> None:
    """Undo a decision: an entry is added that says so, and the decision stays to be read."""
    from headstamp.formats.linkage.decision_file import add_entry
    from headstamp.linkage.decisions import undo as undo_

    entry, digest = add_entry(
        decisions, lambda there: undo_(there, number=number, by=by, why=why, at=_now())
    )
    _print(entry, digest, decisions, as_json)


def groups(*, decisions: Decisions = FILE, as_json: Json = False) -> None:
    """List the records that accepted decisions join, and every contradiction; check the file."""
    from headstamp.errors import LinkageError
    from headstamp.formats.linkage.decision_file import read_decisions
    from headstamp.linkage.decisions import in_force
    from headstamp.linkage.groups import contradictions
    from headstamp.linkage.groups import groups as groups_

    if not decisions.exists():
        raise LinkageError(
            f"{decisions}: there is no such file; 'headstamp linkage decide' makes it"
        )
    there = read_decisions(decisions)
    joined, against = groups_(there.entries), contradictions(there.entries)
    if as_json:
        print_json(
            {
                "entries": len(there.entries),
                "in_force": len(in_force(there.entries)),
                "head": there.head,
                "groups": [_with_keys(one, "members") for one in joined],
                "contradictions": [_with_keys(one, "one", "other") for one in against],
            }
        )
        return
    for line in _lines(joined, against):
        stdout.print(line, markup=False)
    stdout.print(f"{len(there.entries)} entries, each as it was written; the last has the hash "
                 f"{there.head}", markup=False)  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _print(entry: Entry, digest: str, decisions: Path, as_json: bool) -> None:
    if as_json:
        print_json(_with_keys(entry, "one", "other") | {"hash": digest, "file": str(decisions)})
        return
    stdout.print(f"{decisions}: entry {entry.number} added, hash {digest}", markup=False)


def _with_keys(one: Any, *names: str) -> dict[str, Any]:
    """Facts for scripts; a key is written as ``source:id``."""
    row = asdict(one)
    for name in set(names) & set(row):
        value = getattr(one, name)
        row[name] = [str(key) for key in value] if name == "members" else str(value)
    return row


def _lines(joined: tuple[Group, ...], against: tuple[Contradiction, ...]) -> Iterator[str]:
    if not joined:
        yield "No records are joined."
    for group in joined:
        numbers = ", ".join(map(str, group.decisions))
        yield f"{group.kind}: {', '.join(map(str, group.members))} (decisions {numbers})"
    for one in against:
        numbers = ", ".join(map(str, one.through))
        yield (
            f"Contradiction: {one.kind}s {one.one} and {one.other} are two by decision "
            f"{one.rejected}, and one through decisions {numbers}; undo one of them"
        )
