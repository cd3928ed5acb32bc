"""The demo's pages as a person sees them, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from headstamp.reports.wording import LEAD_SENTENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCREENS = {"phone": (390, 844), "desktop": (1280, 900)}


class Visit:
    """One browser tab and what went on in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )


@pytest.fixture(params=list(SCREENS))
def visit(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, height = SCREENS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    opened = Visit(context.new_page())
    opened.page.goto(site)
    yield opened
    context.close()


def assert_in_order(visit: Visit, site: str) -> None:
    """No sideways scrolling, no request elsewhere, no complaint, the sentence in sight."""
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_text(LEAD_SENTENCE).first.is_visible()
    assert page.locator("h1").count() == 1
    for image in page.locator("img").all():
        assert image.get_attribute("alt")
        assert image.evaluate("(i) => i.complete ? i.naturalWidth > 0 : i.loading === 'lazy'")
    asked = [url for url in visit.requests if not url.startswith(("data:", site))]
    assert not [url for url in asked if not url.endswith("/favicon.ico")]
    assert not [text for text in visit.complaints if "favicon" not in text and "404" not in text]


def test_the_first_page_lists_the_cases_and_their_candidates(visit: Visit, site: str) -> None:
    assert_in_order(visit, site)
    page = visit.page
    assert page.locator("section.case").count() >= 1
    assert page.get_by_text("same firearm").first.is_visible()
    assert page.locator("table caption").first.is_visible()


def test_the_contact_sheet_shows_the_query_and_its_candidates(visit: Visit, site: str) -> None:
    visit.page.get_by_role("link", name="Contact sheet").first.click()
    assert_in_order(visit, site)
    assert visit.page.locator("li.card").count() >= 1
    assert visit.page.get_by_text("unconfirmed lead candidate").first.is_visible()


def test_the_comparison_shows_cells_scores_and_population(visit: Visit, site: str) -> None:
    visit.page.locator("table a").first.click()
    assert_in_order(visit, site)
    page = visit.page
    assert page.get_by_text("Where the surfaces agree").is_visible()
    assert page.get_by_text("a measure, not a verdict").first.is_visible()
    assert page.get_by_text("synthetic").first.is_visible()


def test_the_pages_can_be_walked_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.tagName")
    assert focused == "A"
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html")
