"""The page of tables lists the fields, names, words and limits of the code."""

from __future__ import annotations

import re
from pathlib import Path

from headstamp.formats import record_table
from headstamp.web.evidence.imports.fields import FIELDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "import-tables.md").read_text(encoding="utf-8")


def names(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def section(kind: str) -> str:
    return PAGE.split(f"### {kind.title()}\n")[1].split("\n#")[0]


def test_every_field_is_listed_with_the_names_it_is_recognised_by() -> None:
    for kind, fields in FIELDS.items():
        rows = re.findall(r"^\| ([A-Z][^|`]*?) \| [^|]+ \| (`.*`) \|$", section(kind), flags=re.M)
        assert {label: names(cell) for label, cell in rows} == {
            one.label + (" (required)" if one.required else ""): {
                one.name.replace("_", ""),
                *one.names,
            }
            for one in fields
        }


def test_every_word_of_a_choice_is_listed_with_its_meaning() -> None:
    for kind, fields in FIELDS.items():
        rows = re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", section(kind), flags=re.M)
        said = {(word, value) for value, cell in rows for word in names(cell)}
        assert said == {pair for one in fields for pair in one.choices}


def test_the_limits_are_those_of_the_reader() -> None:
    limits = dict(re.findall(r"^\| (size|rows|columns|a cell) \| (.*) \|$", PAGE, flags=re.M))
    assert limits == {
        "size": f"{record_table.LARGEST_FILE // 10**6} MB; a workbook that unpacks to more than "
        f"{record_table.LARGEST_UNPACKED // 10**6} MB is not opened",
        "rows": f"{record_table.MOST_ROWS:,}",
        "columns": f"{record_table.MOST_COLUMNS}",
        "a cell": f"{record_table.LONGEST_CELL:,} characters",
    }
