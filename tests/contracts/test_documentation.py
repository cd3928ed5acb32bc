"""What the documents say is what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def tracked() -> list[Path]:
    """Every file in git, or, in a copy without git, every file outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    return [target for target in LINK.findall(text) if "://" not in target and "@" not in target]


def test_the_reference_is_what_the_code_says() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/generate_reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [target for target in links(page) if not (page.parent / target).exists()]
    assert not broken


def anchors(page: Path) -> set[str]:
    """Names of the headings of a page, as links have them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_into_a_page_finds_its_heading(page: Path) -> None:
    into = re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    assert not [
        f"{target}#{name}"
        for target, name in into
        if name not in anchors(page.parent / target if target else page)
    ]


def test_every_page_of_the_documentation_can_be_reached() -> None:
    start = ROOT / "docs" / "README.md"
    reached, waiting = set[Path](), [start]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / target).resolve() for target in links(page)]
    written = {page for page in pages() if page.is_relative_to(ROOT / "docs")}
    assert not {str(page.relative_to(ROOT)) for page in written - reached}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_and_module_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`([a-z_0-9/]+\.py)`", page.read_text(encoding="utf-8"))
    known = [f"/{path.relative_to(ROOT)}" for path in tracked()]
    assert not [name for name in named if not any(path.endswith(f"/{name}") for path in known)]


def test_one_version_everywhere() -> None:
    import headstamp

    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r'^version = "([^"]+)"', project, flags=re.M)
    heading = re.search(
        r"^## \[?([0-9][^\]\s]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.M
    )
    cited = re.search(
        r"^version: (\S+)", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), flags=re.M
    )
    assert declared
    assert heading
    assert cited
    assert declared[1] == heading[1] == cited[1] == headstamp.__version__
