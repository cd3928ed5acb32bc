"""An exhibit goes from hand to hand, each side on their own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room, stored
from tests.e2e.visits import person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def held_by(room: Room, name: str) -> str:
    """The address of an exhibit in somebody's custody that nobody is offered."""
    pk = room.one(
        "SELECT e.id FROM evidence_exhibit e JOIN accounts_user u ON u.id = e.holder_id "
        "WHERE u.name = ? AND e.withdrawn_at IS NULL AND e.id NOT IN "
        "(SELECT exhibit_id FROM evidence_handover WHERE settled_at IS NULL) "
        "ORDER BY e.number DESC",
        name,
    )
    return f"/exhibits/{pk}/"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_an_exhibit_is_handed_over_by_both_sides(browser: Browser, city: Room, screen: str) -> None:
    giver, taker = person(city, "technician"), person(city, "examiner")
    exhibit = held_by(city, giver)
    with stepping_in(browser, city, giver, screen) as gives:
        page = gives.open(exhibit)
        number = page.locator("h1").inner_text().removeprefix("Exhibit ")
        page.locator("summary", has_text="Hand it over").click()
        page.locator("[name=to]").select_option(label=f"{taker}, examiner, PVPD")
        gives.fill(seal="S-4711", condition="Sealed bag")
        gives.press("Offer it")
        gives.is_told(f"Offered to {taker}")
        gives.assert_in_order()
        with stepping_in(browser, city, taker, screen) as takes:
            offer = takes.page.locator(".usa-alert", has_text=number)
            assert f"{giver} offers you exhibit {number}" in offer.inner_text()
            offer.get_by_role("link", name="Take or refuse it").click()
            assert "S-4711" in takes.page.locator("main").inner_text()
            takes.fill(condition="Bag and seal whole")
            takes.press("I have it")
            takes.is_told(f"Exhibit {number} is in your custody")
            takes.assert_in_order()
            chain = takes.page.locator(".hs-steps li").last.inner_text()
            assert giver in chain and taker in chain and "S-4711" in chain
        page.reload()
        assert f"{taker} holds it and alone can hand it over" in page.locator("main").inner_text()
        assert page.locator("summary", has_text="Hand it over").count() == 0
    pk = stored(exhibit.split("/")[2])
    last, before = city.rows(
        "SELECT hash, previous FROM evidence_custodytransfer WHERE exhibit_id = ? "
        "ORDER BY position DESC LIMIT 2",
        pk,
    )
    assert last[1] == before[0]


def test_an_offer_can_be_taken_back(browser: Browser, city: Room) -> None:
    giver, taker = person(city, "technician", place=1), person(city, "examiner")
    with stepping_in(browser, city, giver, "phone") as visit:
        page = visit.open(held_by(city, giver))
        page.locator("summary", has_text="Hand it over").click()
        page.locator("[name=to]").select_option(label=f"{taker}, examiner, PVPD")
        visit.press("Offer it")
        visit.press("Take the offer back")
        visit.press("Take the offer back")
        visit.is_told("stays where it was")
        assert page.locator("summary", has_text="Hand it over").count() == 1
