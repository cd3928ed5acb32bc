"""Every environment variable that the program reads is documented, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "settings.md"
OURS = re.compile(r"\b(?:HEADSTAMP_[A-Z][A-Z_]*[A-Z]|DATABASE_URL|DEMO_SERVE)\b")
READS = {"get", "pop", "setdefault"}
SOURCES = [
    path
    for path in (ROOT / "src" / "headstamp").rglob("*.py")
    if path != ROOT / "src" / "headstamp" / "web" / "testing.py"  # sets them for tests
]
TESTS = [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "contracts"]


def parsed(paths: list[Path]) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def constants(trees: list[ast.Module]) -> dict[str, str]:
    """Texts that modules give a name: ``VARIABLE: Final = "HEADSTAMP_WORKSPACE"``."""
    return {
        ast.unparse(node.target): str(node.value.value)
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)
    }


def read_by(paths: list[Path]) -> set[str]:
    trees = parsed(paths)
    named = constants(trees)
    found = [value for tree in trees for node in ast.walk(tree) for value in reads(node)]
    texts = {
        str(value.value) if isinstance(value, ast.Constant) else named.get(ast.unparse(value), "")
        for value in found
    }
    return texts - {""}


def reads(node: ast.AST) -> Iterator[ast.expr]:
    """What names a variable where one is read: through ``env``, ``os.environ`` or an option."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        yield node.slice
    if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "os.environ":
        yield node.left
    if not isinstance(node, ast.Call):
        return
    yield from (keyword.value for keyword in node.keywords if keyword.arg == "envvar")
    if isinstance(node.func, ast.Attribute):
        of, method = ast.unparse(node.func.value), node.func.attr
        if (of == "env" and method != "read_env") or (of == "os.environ" and method in READS):
            yield node.args[0]


def documented() -> set[str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), flags=re.M)
    assert len(rows) == len(set(rows))
    return set(rows)


def test_every_setting_is_documented_and_no_other() -> None:
    assert documented() == read_by(SOURCES)


def test_a_setting_that_a_page_or_a_make_target_names_is_one() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "Makefile"]
    named = {name for page in pages for name in OURS.findall(page.read_text(encoding="utf-8"))}
    of_tests = {name for name in read_by(TESTS) if OURS.fullmatch(name)}
    assert named <= documented() | of_tests
