"""A synthetic city's lists, and figures that are prepared and released."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.web.figures import making
from tests.web.figures.making import FIRST_DAY, SECOND_DAY

__all__ = ["FIRST_DAY", "SECOND_DAY"]


@pytest.fixture(scope="session")
def victim_lists() -> dict[date, Path]:
    """The city's list as it stood on two days, a week apart."""
    return making.victim_lists()


@pytest.fixture(autouse=True)
def quick_figures(request: pytest.FixtureRequest) -> Iterator[None]:
    """Figures that are counted and not drawn, unless a test asks for the real ones."""
    if "real_figures" in request.keywords:
        yield
        return
    with making.quick_figures():
        yield


@pytest.fixture(autouse=True)
def no_lists() -> Iterator[None]:
    """Lists of one test are not those of the next."""
    from django.conf import settings

    yield
    shutil.rmtree(settings.WORKSPACE.lists, ignore_errors=True)


@pytest.fixture
def import_list(records: Any) -> Any:
    """``import_list(FIRST_DAY)``: the city's list of that day, in the workspace."""
    return partial(making.imported, records)


@pytest.fixture
def prepare(records: Any) -> Any:
    """``prepare(FIRST_DAY, by=somebody)``: figures that wait for a second person."""
    return partial(making.prepared, records)


@pytest.fixture
def release(records: Any) -> Any:
    """``release(FIRST_DAY)``: figures that everybody reads."""
    return partial(making.released, records)
