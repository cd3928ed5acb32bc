"""Makers of firearms: their country, and how their serial numbers look, from a table."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from headstamp.formats.trace_tables.reference_tables import named
from headstamp.tracing.makers import Maker


@cache
def makers() -> dict[str, Maker]:
    """The makers of the table, by name."""
    path = resources.files(__package__) / "reference" / "maker_facts.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        row["maker"]: Maker(
            name=row["maker"],
            country=row["country"],
            also_made_in_usa=row["also_made_in_usa"] == "yes",
            serial_patterns=tuple(filter(None, row["serial_patterns"].split(" "))),
        )
        for row in rows
    }


def maker_of(written: str) -> Maker | None:
    """The maker that somebody wrote down, in any of the spellings of the table of makers."""
    return makers().get(named("makers", written))
