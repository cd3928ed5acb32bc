"""Cores compute: they import little, and know no file, no clock and no terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "headstamp"
COMPUTING = {
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "typing",
}
MAY_IMPORT = {
    "surfaces": COMPUTING | {"numpy", "scipy"},
    "comparison": COMPUTING | {"numpy", "scipy", "array_api_compat", "torch"},
    "evaluation": COMPUTING | {"numpy", "scipy", "lir", "json"},
    "tracing": COMPUTING
    | {"numpy", "scipy", "datetime", "calendar", "statistics", "re", "unicodedata"},
    "linkage": COMPUTING
    | {"collections", "contextlib", "logging", "numpy", "re", "splink", "unicodedata"},
    "incidents": COMPUTING | {"numpy", "scipy", "datetime", "re"},
    "claims": COMPUTING | {"calendar", "datetime", "importlib", "lark", "re", "tomllib"},
    "simulation": COMPUTING | {"numpy", "scipy", "datetime", "zoneinfo"},
}
INSIDE_FUNCTIONS_ONLY = {"torch", "lir", "splink"}
NEVER_CALLED = {"open", "print", "input", "now", "utcnow", "today", "exec", "eval"} | {
    "load", "save", "savez", "loadtxt", "savetxt", "fromfile", "tofile", "memmap", "genfromtxt"
}  # fmt: skip
MODULES = [(core, path) for core in MAY_IMPORT for path in sorted((SOURCE / core).glob("*.py"))]
each_core_module = pytest.mark.parametrize(
    ("core", "path"), MODULES, ids=lambda value: value.stem if isinstance(value, Path) else value
)


def imported(nodes: list[ast.stmt] | ast.AST) -> set[str]:
    """Names of the packages that an import statement here names, ours left out."""
    found = nodes if isinstance(nodes, list) else list(ast.walk(nodes))
    names = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names} - {"headstamp"}


@each_core_module
def test_a_core_imports_only_what_it_may(core: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert imported(tree) <= MAY_IMPORT[core]
    assert not imported(tree.body) & INSIDE_FUNCTIONS_ONLY


@each_core_module
def test_a_core_reads_and_prints_nothing_and_knows_no_clock(core: str, path: Path) -> None:
    del core
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    names |= {func.attr for func in calls if isinstance(func, ast.Attribute)}
    assert not names & NEVER_CALLED


def test_a_likelihood_ratio_needs_no_statistics_library() -> None:
    code = """
import sys
from headstamp.formats.reference_file import load_reference
assert -10 < load_reference(None).log10_lr(0.5, 10) < 10
print([m for m in ("lir", "sklearn", "pandas", "matplotlib", "torch") if m in sys.modules])
"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
