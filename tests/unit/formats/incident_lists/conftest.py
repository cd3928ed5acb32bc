"""Small lists written for one test, and the command's answer to them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.unit.formats.incident_lists.lists import HEADER, MAPPING

from headstamp.formats.incident_lists.importing import Imported, import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping
from headstamp.formats.incident_lists.vintages import folder_of


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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of vintages."""
    return tmp_path / "data"


@pytest.fixture
def rows(data):
    """``rows(made, fields)``: what was kept."""

    def read(made, fields="*"):
        path = folder_of(data, made.vintage) / "rows.parquet"
        return duckdb.read_parquet(str(path)).project(fields).fetchall()

    return read


@pytest.fixture
def rejected(data):
    """``rejected(made)``: row number and reason of what was set aside."""

    def read(made):
        path = folder_of(data, made.vintage) / "rejected.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            listed = list(csv.reader(stream))
        return [(int(line[0]), line[1]) for line in listed[1:]]

    return read
