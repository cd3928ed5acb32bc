"""Rules about the repository's files themselves."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for path in (ROOT / "src" / "headstamp").rglob("*.py")
    if path.parent.name != "migrations"  # written by Django
)
HEAVY = (
    "torch",
    "statsmodels",
    "splink",
    "lir",
    "sklearn",
    "matplotlib",
    "pandas",
    "scipy",
    "duckdb",
    "openpyxl",
    "dask",
    "distributed",
    "vl_convert",
    "typst",
    "PIL",
)


def tracked_text() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this copy is not a git checkout")
    binary = {".png", ".x3p", ".al3d", ".pdf"}
    return [
        ROOT / name
        for name in listed.stdout.splitlines()
        if Path(name).suffix not in binary and (ROOT / name).is_file()
    ]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_its_idea_and_is_short_enough_to_hold_one(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    if source.name != "__init__.py" or text.strip():
        assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") < 300


def test_no_file_names_a_place_on_one_machine() -> None:
    path = re.compile(r"(?<![A-Za-z0-9_.])/(?:work|root|(?:home|Users)/[a-z]+)/[A-Za-z.]")
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in tracked_text()
        if (match := path.search(file.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not found


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda p: p.name
)
def test_pins_have_hashes_and_name_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links", text)
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert pins
    assert not [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]


def test_the_pins_cover_what_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = set((ROOT / "requirements" / "base.in").read_text(encoding="utf-8").split("\n"))
    assert set(project["project"]["dependencies"]) <= asked


def test_nothing_we_depend_on_is_under_the_gpl() -> None:
    text = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", text, flags=re.M))
    copyleft = re.compile(r"\bA?GPL|(?<!Lesser )General Public License", flags=re.I)
    stated = {
        (distribution.name, line)
        for distribution in importlib.metadata.distributions()
        if re.sub(r"[-_.]+", "-", distribution.name).lower() in pinned
        for field in ("License-Expression", "Classifier")
        for line in distribution.metadata.get_all(field) or []
    }
    assert stated
    assert not [(name, line) for name, line in stated if copyleft.search(line)]


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, headstamp.cli.main; print([m for m in {HEAVY} if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
