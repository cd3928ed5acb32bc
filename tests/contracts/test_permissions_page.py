"""The page of permissions says what each role is granted."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

from rules.permissions import permissions

from headstamp.web.casework.record import Marking
from headstamp.web.roles import Role

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "permissions.md").read_text(encoding="utf-8")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_every_permission_is_in_the_table_with_the_roles_that_hold_it() -> None:
    header = next(line for line in PAGE.splitlines() if line.startswith("| permission |"))
    roles = cells(header)[2:]
    assert roles == Role.values
    rows = [cells(row) for row in re.findall(r"^\| `[a-z]+\.[a-z_]+` \|.*$", PAGE, flags=re.M)]
    said = {name: {role for role, x in zip(roles, xs, strict=True) if x} for name, _, *xs in rows}
    granted = {
        f"`{name}`": {
            role for role in roles if permissions.test_rule(name, SimpleNamespace(role=role))
        }
        for name in permissions
    }
    assert said == granted


def test_every_marking_is_in_the_table_of_reach() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|", PAGE, flags=re.M)
    assert rows == Marking.values
