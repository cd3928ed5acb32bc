"""Every action that is put on record is described, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "audit-events.md"
ACTION = re.compile(r"(?:accounts|audit|casework|evidence|comparisons)\.[a-z_]+")


def constants(node: ast.AST | None) -> set[str]:
    """Actions that an expression can be."""
    return {
        one.value
        for one in ast.walk(node or ast.Pass())
        if isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and ACTION.fullmatch(one.value)
    }


def actions() -> set[str]:
    """What is given to ``record``, or named ``action``, anywhere in the program."""
    found: set[str] = set()
    for path in (ROOT / "src" / "headstamp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "record" and node.args:
                    found |= constants(node.args[0])
                for keyword in node.keywords:
                    if keyword.arg == "action":
                        found |= constants(keyword.value)
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "action":
                found |= constants(node.value)
    return found


def test_the_page_names_every_action_and_no_other() -> None:
    described = set(re.findall(rf"`({ACTION.pattern})`", PAGE.read_text(encoding="utf-8")))
    assert len(described) > 50
    assert described == actions()
