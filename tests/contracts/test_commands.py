"""Commands, options, exit codes and make targets are what the documents say."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from headstamp.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
ENDS = {"sys.exit", "typer.Exit", "_fail", "SystemExit", "os._exit"}
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("benchmarks/*.md")]
    if path.name != "CHANGELOG.md"
)
each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def commands() -> dict[str, set[str]]:
    """Every command of the program with the names of its options."""

    def walk(command: Any, name: str) -> Iterator[tuple[str, set[str]]]:
        options = {
            option
            for parameter in command.params
            if parameter.param_type_name == "option"
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        yield name, options - {"--help", "--install-completion", "--show-completion"}
        for child, sub in getattr(command, "commands", {}).items():
            yield from walk(sub, f"{name} {child}")

    return dict(walk(typer.main.get_command(app), "headstamp"))


def documented() -> dict[str, set[str]]:
    """The same, as the reference page has it."""
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    sections = re.split(r"^## `(.+)`$", text, flags=re.M)[1:]
    return {
        name: {
            option
            for row in re.findall(r"^\| (`-.*?) \|", body, flags=re.M)
            for option in re.findall(r"`(-[^`]+)`", row)
        }
        for name, body in zip(sections[::2], sections[1::2], strict=True)
    }


def examples(document: Path) -> list[list[str]]:
    """Commands of ours in the code blocks of a page, as words."""
    blocks = re.findall(
        r"^```[a-z]*\n(.*?)^```", document.read_text(encoding="utf-8"), flags=re.S | re.M
    )
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").split("\n")]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("headstamp ")]


def test_every_command_and_option_is_documented_and_no_other() -> None:
    assert documented() == commands()


@each_document
def test_every_example_names_a_command_and_options_that_exist(document: Path) -> None:
    known = commands()
    for words in examples(document):
        name = "headstamp"
        while words and f"{name} {words[0]}" in known:
            name = f"{name} {words.pop(0)}"
        assert name != "headstamp" or (words and words[0].startswith("-")), words
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        assert options <= known[name] | {"--help"}, name


@each_document
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M))
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.M))
    assert named <= targets


def test_every_exit_code_is_documented_and_no_other() -> None:
    page = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", page, flags=re.M)}
    assert rows == exit_codes() | {0, 2}  # 2 is what typer ends with on wrong usage


def exit_codes() -> set[int]:
    """Numbers that a class of errors, or a call that ends the program, is given anywhere."""
    found = set[int]()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "exit_code":
                values = [node.value]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in ENDS:
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
            else:
                continue
            found |= {
                value.value
                for value in values
                if isinstance(value, ast.Constant) and type(value.value) is int
            }
    return found - {0}
