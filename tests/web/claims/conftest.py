"""A list of a city that is made up, in the workspace and released; no check counts against
another test's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from tests.web.figures import making

from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists.importing import keep_list

release = partial(making.released, jurisdiction="chicago")
HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On"
TEXT = "“Chicago had 360 murders this year,” the mayor said. The Cubs won 7-3."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def crimes(path: Path, a_day: int) -> Path:
    """So many murders on each day of 2017, until 29 June."""
    days = [date(2017, 1, 1) + timedelta(days=day) for day in range(180) for _ in range(a_day)]
    rows = [
        f"{number},A{number},{day:%m/%d/%Y} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,0712,007,"
        "01A,07/01/2017 03:40:00 PM"
        for number, day in enumerate(days)
    ]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def unreleased(tmp_path: Path, records: Any) -> Iterator[ListVintage]:
    """Two murders a day, in a list that is in use, and of which nothing was released."""
    path = crimes(tmp_path / "crimes.csv", 2)
    yield keep_list(path, retrieved="2017-06-30", by=records.person("analyst")).vintage
    shutil.rmtree(settings.WORKSPACE.lists)


@pytest.fixture
def lists(unreleased: ListVintage, records: Any) -> None:
    """Two murders a day, released until 29 June."""
    release(records, date(2017, 6, 29))


@pytest.fixture
def sent() -> dict[str, str]:
    """The form, filled in."""
    return {"text": TEXT, "date": "2017-06-30", "place": ""}
