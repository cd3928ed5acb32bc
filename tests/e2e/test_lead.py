"""A lead from the queue to a rated outcome, each step by the person whose it is; two agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, Visit, person, stepping_in

from headstamp.reports.wording import LEAD_SENTENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FEDERAL = "FFB"


def new_leads(room: Room) -> list[str]:
    """Leads that nobody has triaged and nothing holds, oldest recovery first."""
    rows = room.rows(
        "SELECT number FROM leads_lead WHERE state = 'new' AND NOT on_hold ORDER BY recovered_at"
    )
    return [number for (number,) in rows]


def state_of(visit: Visit) -> str:
    return visit.page.locator("#state").inner_text()


def done(visit: Visit, button: str, message: str) -> None:
    visit.page.locator("main").get_by_role("button", name=button, exact=True).first.click()
    visit.is_told(message)
    visit.assert_in_order()


def unfold(visit: Visit, heading: str) -> None:
    visit.page.locator("main summary", has_text=heading).click()


@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_lead_goes_from_the_queue_to_a_rated_outcome_across_two_agencies(
    browser: Browser, city: Room, screen: str
) -> None:
    number = new_leads(city)[0]
    agent = person(city, "investigator", FEDERAL)
    with stepping_in(browser, city, person(city, "commander"), screen) as visit:
        assert visit.page.locator("li", has_text=number).get_by_text("Triage").count() == 1
        visit.open("/leads/")
        visit.press(number)
        assert state_of(visit) == "New, not triaged"
        assert LEAD_SENTENCE in visit.page.locator("main").inner_text()
        visit.page.get_by_text("Urgent", exact=True).click()
        visit.page.get_by_text("Somebody was killed", exact=True).click()
        visit.fill(text="Both incidents are open.")
        done(visit, "Triage it", "Triaged")
        assert state_of(visit) == "Triaged, not assigned"
        visit.page.locator("select[name=person]:visible").first.select_option(
            label=f"{agent}, {FEDERAL}"
        )
        visit.fill(text="Ask the witnesses of both.")
        done(visit, "Assign it", "they are told")
        assert state_of(visit) == "Assigned, not acknowledged"
        path = visit.path()

    with stepping_in(browser, city, agent, screen) as visit:
        told = visit.page.locator("main .usa-alert", has_text=number)
        assert told.count() > 0
        visit.open(path)
        done(visit, "Acknowledge", "Acknowledged")
        visit.fill(text="Asked both; they name the same car.")
        done(visit, "Put on record", "Your follow-up is on record")
        assert state_of(visit) == "In progress"
        visit.press("Lead sheet")
        assert LEAD_SENTENCE in visit.page.locator("main").inner_text()
        assert_accessible(visit.page, "the lead sheet")
        with visit.page.expect_download() as loaded:
            visit.press("PDF")
        assert loaded.value.suggested_filename == f"lead-{number}.pdf"
        visit.open(path)
        unfold(visit, "Close with an outcome")
        visit.page.get_by_text("Charges filed", exact=True).click()
        visit.fill(outcome="Charges filed after the examination.")
        done(visit, "Close it", "The lead is closed")
        visit.page.get_by_text("Helpful", exact=True).click()
        visit.fill(comment="It joined two incidents.")
        done(visit, "Rate it", "Your rating is on record")

    with stepping_in(browser, city, person(city, "analyst"), screen) as visit:
        visit.open("/leads/")
        assert visit.page.get_by_role("link", name=number).count() == 0
        visit.open("/leads/?state=closed_charged")
        visit.press(number)
        text = visit.page.locator("main").inner_text()
        assert state_of(visit) == "Closed: charges filed"
        assert "Helpful: It joined two incidents." in text
        assert f"{agent}, {FEDERAL}" in text


def test_a_technician_is_led_to_no_lead(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, person(city, "technician")) as visit:
        assert visit.page.get_by_role("link", name="Leads", exact=True).count() == 0
        visit.open("/leads/")
        assert "L-" not in visit.page.locator("main").inner_text()
