"""Work without a mouse, and without script where a page can do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  // a field of a date is several stops; each shows the focus inside of it
  const inside = one.type === "datetime-local";
  const seen = inside || style.outlineStyle !== "none" || style.boxShadow !== "none";
  return [one.tagName, one.textContent.trim(), one.getAttribute("name") ?? "", seen];
}"""


def test_an_incident_is_registered_with_the_keyboard_alone(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, person(city, "technician")) as visit:
        keys = visit.page.keyboard
        visit.open("/incidents/new/")
        visit.page.locator("body").press("Tab")
        assert visit.page.evaluate(FOCUS)[1].startswith("Skip")
        keys.press("Enter")
        typed = {"number": "PV26-880001", "address": "800 block, Quay Street"}
        left = set(typed)
        for _ in range(80):
            keys.press("Tab")
            tag, text, name, seen = visit.page.evaluate(FOCUS)
            assert seen, f"{tag} {text} {name} does not show that it has the focus"
            if name in left:
                keys.press("Control+a")
                keys.type(typed[name])
                left.remove(name)
            if tag == "BUTTON" and text == "Register alone":
                break
        assert not left
        keys.press("Enter")
        visit.is_told("is registered")
        assert "800 block, Quay Street" in visit.page.locator("main").inner_text()


@pytest.mark.parametrize("screen", list(SCREENS))
def test_without_script_one_still_registers_finds_and_reads(
    browser: Browser, city: Room, screen: str
) -> None:
    name = person(city, "technician")
    with stepping_in(browser, city, name, screen, java_script_enabled=False) as visit:
        number = f"PV26-88010{len(screen)}"
        visit.open("/incidents/new/")
        visit.fill(number=number, address="900 block, Quay Street")
        visit.press("Register alone")
        visit.is_told("is registered")
        visit.open(f"/search/?q={number}")
        visit.page.locator("main").get_by_role("link", name=number).first.click()
        assert "900 block, Quay Street" in visit.page.locator("main").inner_text()
        visit.open("/exhibits/")
        visit.page.locator("tbody th a").first.click()
        assert visit.page.locator("h1").inner_text().startswith("Exhibit ")
