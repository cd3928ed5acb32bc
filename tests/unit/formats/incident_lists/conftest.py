"""Small lists written for one test, and the command's answer to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.formats.incident_lists.lists import HEADER, MAPPING

from headstamp.formats.incident_lists.importing import Imported, import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping


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
