"""The reference of the trace table is what the importer reads."""

from __future__ import annotations

import re
from pathlib import Path

from headstamp.formats.trace_tables.schema import COLUMNS
from headstamp.tracing.indicators import RULES
from headstamp.tracing.records import FIELDS, STATUSES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_column_is_documented_with_its_field_and_no_other() -> None:
    page = (DOCS / "reference" / "trace-tables.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| `([a-z_]+)` \|", page, flags=re.M)
    assert [(names[0], field) for field, names in COLUMNS.items()] == rows
    assert set(COLUMNS) == set(FIELDS)
    assert not [status for status in STATUSES if f"`{status}`" not in page]


def test_every_sign_is_explained_and_no_other() -> None:
    page = (DOCS / "explanation" / "tracing.md").read_text(encoding="utf-8")
    signs = page.partition("## Signs")[2].partition("## Networks")[0]
    assert re.findall(r"^\| `([a-z_]+)` \|", signs, flags=re.M) == list(RULES)
