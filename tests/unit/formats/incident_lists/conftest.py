"""Small lists written for one test, and the command's answer to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.formats.incident_lists.importing import Imported, import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping

MAPPING = """
name = "alder-shootings"
jurisdiction = "alder"
unit = "victim"
date = "occurred"

[bounds]
south = 40.0
north = 42.0
west = -89.0
east = -87.0

[fields]
victim = "Row"
incident = "Case"
occurred = { column = "Date", time = "Time", required = true, formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d", "%m/%d/%Y"] }
fatal = "Died"
district = "District"
latitude = "Lat"
longitude = "Long"
"""
HEADER = "Row,Case,Date,Time,Died,District,Lat,Long"


def row(number: int, day: str = "2020-03-04", **other: str) -> str:
    """A row of such a list."""
    cells = {
        "Case": f"A{number}", "Date": day, "Time": "21:30", "Died": "N", "District": "007",
        "Lat": "41.5", "Long": "-88.1", **other,
    }  # fmt: skip
    return ",".join([str(number), *cells.values()])


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """A mapping for it."""
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def bring(tmp_path: Path, mapping: Path) -> Callable[..., Imported]:
    """``bring(rows, retrieved="2020-12-31")`` imports a list of these rows."""

    def import_rows(
        rows: list[str] | bytes,
        retrieved: str = "2020-12-31",
        header: str = HEADER,
        name: str = "list.csv",
    ) -> Imported:
        path = tmp_path / name
        path.write_bytes(
            rows if isinstance(rows, bytes) else "\n".join([header, *rows, ""]).encode()
        )
        return import_list(
            path, tmp_path / "data", retrieved=retrieved, schema=read_mapping(mapping)
        )

    return import_rows
