"""Strangers check a text at both widths, with script and without; an analyst keeps the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, Visit, person, stepping_in, visiting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TEXT = (
    "“New York had 352 murders in 2015,” the mayor said, more than Los Angeles. Chicago had 900 "
    "murders in 2015. There were 12 murders on Mars in 2015. <b>Nothing else</b> was said.\n\n"
    "Chicago, a city of 2.7 million, had 3,000 shooting victims in 2015."
)


def checked(visit: Visit, text: str = TEXT) -> None:
    """Paste a text and send it."""
    visit.open("/check/")
    visit.fill(text=text, date="2017-06-30", place="")
    visit.press("Check it")
    visit.page.locator("#found").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_stranger_checks_a_text(
    browser: Browser, city: Room, screen: str, script: bool, tmp_path: Path
) -> None:
    with visiting(browser, city, screen, java_script_enabled=script) as visit:
        checked(visit)
        page = visit.page
        assert page.locator("mark.hs-claim").count() >= 3
        assert page.locator("mark", has_text="352 murders").is_visible()
        first = page.locator("#claim-1")
        assert first.get_by_text("Consistent with the figures").is_visible()
        assert page.get_by_text("Not what the figures say").first.is_visible()
        assert page.get_by_text("Chicago had 478 murders in 2015").first.is_visible()
        assert page.locator(".hs-checked", has_text="<b>Nothing else</b>").is_visible()
        assert not page.get_by_role("button", name="Keep it").count()
        page.locator("a.hs-claim__number").first.click()
        assert page.url.endswith("#claim-1")
        first.locator("summary").first.click()
        assert first.get_by_text("FiveThirtyEight").first.is_visible()
        ours = (city.url + "/", "data:", "blob:")
        assert not [url for url in visit.requests if not url.startswith(ours)]
        if script:
            visit.assert_in_order()
            assert_accessible(page, "a checked text")
            charts = page.locator("img.hs-verdict__chart")
            assert charts.count() >= 2
            for chart in charts.all():
                assert chart.get_attribute("alt")
                assert chart.evaluate("(i) => i.decode().then(() => i.naturalWidth > 0)")


@pytest.mark.parametrize("screen", list(SCREENS))
def test_the_empty_form_its_faults_and_a_text_without_a_claim_are_in_order(
    browser: Browser, city: Room, screen: str
) -> None:
    with visiting(browser, city, screen) as visit:
        visit.open("/check/")
        visit.assert_in_order()
        assert_accessible(visit.page, "the form")
        visit.press("Check it")
        assert visit.page.get_by_text("Paste a text to check.").is_visible()
        visit.assert_in_order()
        assert_accessible(visit.page, "the form with a fault")
        checked(visit, "The Cubs won 7-3.")
        assert visit.page.get_by_text("No claim found").is_visible()
        visit.assert_in_order()


def test_a_checked_text_prints(browser: Browser, city: Room, tmp_path: Path) -> None:
    with visiting(browser, city) as visit:
        checked(visit)
        visit.page.emulate_media(media="print")
        assert not visit.page.get_by_role("button", name="Check it").is_visible()
        assert visit.page.locator("#claim-1").is_visible()
        assert len(visit.page.pdf()) > 10_000


def test_what_an_analyst_keeps_a_stranger_reads_until_it_is_withdrawn(
    browser: Browser, city: Room
) -> None:
    with stepping_in(browser, city, person(city, "analyst")) as analyst:
        checked(analyst)
        analyst.press("Keep it")
        analyst.is_told("Kept.")
        analyst.assert_in_order()
        assert_accessible(analyst.page, "a kept result")
        address = analyst.path()
        with visiting(browser, city, "phone") as stranger:
            stranger.open(address)
            assert stranger.page.locator("mark", has_text="352 murders").is_visible()
            stranger.assert_in_order()
            assert_accessible(stranger.page, "a kept result, to a stranger")
        analyst.page.get_by_text("Withdraw this result").click()
        analyst.fill(reason="The wrong day was given")
        analyst.press("Withdraw it")
        analyst.is_told("Withdrawn.")
        with visiting(browser, city) as stranger:
            stranger.open(address)
            assert stranger.page.get_by_text("The wrong day was given").is_visible()
            assert not stranger.page.locator("mark").count()
