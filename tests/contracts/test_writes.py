"""Whatever writes in the transaction of an action puts an event on record in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "headstamp" / "web"

NOTHING_TO_RECORD = {
    "record": "is what records",
    "_queue_again": "moves jobs, whose work is recorded when it is done",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the web, by ``file:name``."""
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" in path.parts or "demonstration" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(WEB)}:{node.name}", node


def called(node: ast.AST) -> set[str]:
    """What is called in it: ``name``, or ``module.name``."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            if isinstance(one.func, ast.Name):
                found.add(one.func.id)
            elif isinstance(one.func, ast.Attribute) and isinstance(one.func.value, ast.Name):
                found.add(f"{one.func.value.id}.{one.func.attr}")
    return found


def opens_writing(node: ast.FunctionDef) -> bool:
    """Whether it writes in the transaction of an action."""
    return any(
        isinstance(one, ast.With) and any("writing" in called(item) for item in one.items)
        for one in ast.walk(node)
    )


KNOWN = dict(functions())
WRITERS = sorted(name for name, node in KNOWN.items() if opens_writing(node))


STEPS = {
    name.partition(":")[2]
    for name in ("leads/steps.py:step", "traces/steps.py:step")
    if "record" in called(KNOWN[name])
}
"""What writes a step of a record, and puts that on record, for the actions of its app."""


def recording(file: str) -> set[str]:
    """What records when it is called in a file: ``record``, its own functions, ``changes``."""
    found = {"record", "records.create", "records.change", "records.withdraw", *STEPS}
    own = {name.partition(":")[2]: node for name, node in KNOWN.items() if name.startswith(file)}
    while more := {name for name, node in own.items() if called(node) & found} - found:
        found |= more
    return found


def test_there_are_writers_to_look_at():
    assert len(WRITERS) > 30


@pytest.mark.parametrize("name", WRITERS)
def test_a_function_that_writes_puts_it_on_record(name):
    file, _, function = name.partition(":")
    if function not in NOTHING_TO_RECORD:
        assert called(KNOWN[name]) & recording(f"{file}:"), f"{name} writes and records nothing"
