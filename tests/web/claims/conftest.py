"""A list of a city that is made up, in the workspace; no check counts against another test's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from headstamp.formats.incident_lists.importing import import_list

HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On"
TEXT = "“Chicago had 360 murders this year,” the mayor said. The Cubs won 7-3."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[None]:
    """Two murders a day in 2017, until 29 June."""
    days = [date(2017, 1, 1) + timedelta(days=day) for day in range(180) for _ in range(2)]
    rows = [
        f"{number},A{number},{day:%m/%d/%Y} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,0712,007,"
        "01A,07/01/2017 03:40:00 PM"
        for number, day in enumerate(days)
    ]
    path = tmp_path / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    import_list(path, settings.WORKSPACE.lists, retrieved="2017-06-30")
    yield
    shutil.rmtree(settings.WORKSPACE.lists)


@pytest.fixture
def sent() -> dict[str, str]:
    """The form, filled in."""
    return {"text": TEXT, "date": "2017-06-30", "place": ""}
