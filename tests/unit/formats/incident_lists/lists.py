"""A small list of shootings of an invented city, row by row, and its mapping."""

from __future__ import annotations

from pathlib import Path

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
occurred = { column = "Date", time = "Time", required = true, formats = [
  "%Y-%m-%d %H:%M", "%Y-%m-%d", "%m/%d/%Y",
] }
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


def left_behind(data: Path) -> list[Path]:
    """What lies in a folder of vintages."""
    return list(data.rglob("*")) if data.exists() else []
