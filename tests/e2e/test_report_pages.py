"""Pages that ``compare`` and ``search`` write: one file each, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import headstamp
from tests.e2e.visits import SCREENS

from headstamp.reports.wording import LEAD_SENTENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def written(scans: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report of a comparison and the contact sheet of a search."""
    folder = tmp_path_factory.mktemp("reports")
    headstamp("compare", scans[0], scans[1], "--report", folder / "comparison.html")
    headstamp("gallery", "create", folder / "gallery", "--jobs", 1)
    headstamp("gallery", "add", folder / "gallery", *scans[1:], "--jobs", 1)
    searched = ("search", scans[0], "--gallery", folder / "gallery", "--jobs", 1)
    headstamp(*searched, "--report", folder / "sheet.html")
    return folder


@pytest.fixture(params=list(SCREENS))
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab without a network: a report is read years later, on a machine that has none."""
    context = browser.new_context(**SCREENS[request.param], offline=True)
    yield context.new_page()
    context.close()


def opened(tab: Page, path: Path) -> Page:
    """The page, in order."""
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(path.as_uri(), wait_until="load")
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert not said
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.get_by_text(LEAD_SENTENCE).first.is_visible()
    assert tab.locator("h1").count() == 1
    for image in tab.locator("img").all():
        assert image.get_attribute("alt")
        assert image.evaluate("(i) => i.decode().then(() => i.naturalWidth > 0)")
    assert_accessible(tab, path.name)
    return tab


def test_the_report_of_a_comparison_stands_alone(tab: Page, written: Path) -> None:
    page = opened(tab, written / "comparison.html")
    assert page.get_by_text("Where the surfaces agree").is_visible()
    assert page.get_by_text("a measure, not a verdict").first.is_visible()
    assert page.locator("img").count() >= 1


def test_the_contact_sheet_shows_the_query_and_its_candidates(tab: Page, written: Path) -> None:
    page = opened(tab, written / "sheet.html")
    assert page.locator("li.card").count() == 3
    assert page.get_by_text("unconfirmed lead candidate").first.is_visible()
