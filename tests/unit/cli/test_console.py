"""What is printed cannot take over the terminal."""

from __future__ import annotations

import json

import pytest
from rich.table import Table

from headstamp.cli.console import print_json, stderr, stdout

HOSTILE = "case\x1b[31m\x1b]0;title\x07\x9b2J.x3p"


def test_control_characters_of_a_name_are_shown_and_not_obeyed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table("scan")
    table.add_row(HOSTILE)
    stdout.print(table)
    stdout.print(HOSTILE, markup=False)
    stderr.print(HOSTILE, markup=False)
    printed = capsys.readouterr()
    for text in (printed.out, printed.err):
        assert "case" in text
        assert not {c for c in text if c != "\n" and not c.isprintable()}


def test_json_holds_no_nan_and_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": HOSTILE, "value": float("nan"), "more": (1.0, float("inf"))})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"name": HOSTILE, "value": None, "more": [1.0, None]}
    assert "\x1b" not in printed
