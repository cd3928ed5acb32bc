"""The page of audit events names what the code puts on record, and lets an outsider check it."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "audit-events.md"
NAME = re.compile(
    r"(?:accounts|audit|casework|claims|evidence|comparisons|figures|leads|traces)\.[a-z_]+"
)


def put_on_record() -> set[str]:
    """Names that are given to ``record``, or as ``action=`` to what calls it."""
    found = set[str]()
    for path in (ROOT / "src" / "headstamp").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                found |= set(names_in(function))
    return found


def names_in(function: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        given = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
        if ast.unparse(call.func).split(".")[-1] in ("record", "mark_given_up"):
            given += call.args
        for value in given:
            yield from texts(value)
            if isinstance(value, ast.Name):
                yield from assigned(function, value.id)


def assigned(function: ast.FunctionDef, name: str) -> Iterator[str]:
    """Names a variable may hold."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
            yield from texts(node.value)


def texts(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and NAME.fullmatch(str(node.value)):
            yield str(node.value)


def test_every_event_is_described_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", PAGE.read_text(encoding="utf-8"), flags=re.M)
    assert len(rows) == len(set(rows))
    assert set(rows) == put_on_record()


def test_the_worked_example_holds() -> None:
    block = re.search(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    assert block
    events = [json.loads(line) for line in block[1].splitlines()]
    previous = "0" * 64
    for event in events:
        claimed = event.pop("hash")
        assert event.pop("previous") == previous
        content = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()
        assert claimed == previous
    assert len(events) > 1
    assert content in PAGE.read_text(encoding="utf-8").splitlines()
