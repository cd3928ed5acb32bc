"""The reference of the files of linkage is what is read and written."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

from headstamp.formats.linkage.decision_file import add_entry
from headstamp.formats.linkage.record_files import COLUMNS
from headstamp.linkage.decisions import decide, undo
from headstamp.linkage.records import KINDS, Key, columns

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "linkage-files.md"


def test_every_column_is_documented_with_its_kind_and_what_else_it_is_called() -> None:
    rows = re.findall(
        r"^\| (\w+) \| `(\w+)` \|([^|]*)\|", PAGE.read_text(encoding="utf-8"), flags=re.M
    )
    written = [(kind, field, tuple(re.findall(r"`(\w+)`", other))) for kind, field, other in rows
               if kind in ("all", *KINDS)]  # fmt: skip
    fields = [("all", field) for field in ("source", "id")]
    fields += [(kind, field) for kind in KINDS for field in columns(kind)[2:]]
    assert [one[:2] for one in written] == fields
    assert [set(names) for _, _, names in written] == [set(COLUMNS[field]) for _, field in fields]


def test_every_key_of_a_line_of_decisions_is_documented_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    add_entry(path, partial(decide, kind="person", one=Key("a", "1"), other=Key("b", "1"),
                            same=True, by="R. Osei", why="seen", at="2026-01-01"))  # fmt: skip
    add_entry(path, partial(undo, number=1, by="R. Osei", why="seen", at="2026-01-01"))
    written = {key for line in path.read_text(encoding="utf-8").splitlines()
               for key in json.loads(line)}  # fmt: skip
    section = PAGE.read_text(encoding="utf-8").partition("## Decisions")[2].partition("## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, flags=re.M)
    assert {key for cell in cells for key in re.findall(r"`(\w+)`", cell)} == written
