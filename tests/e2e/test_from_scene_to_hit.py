"""A shooting from the scene to an identification, each step by the person whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room
from tests.e2e.visits import Visit, person, stepping_in

from headstamp.reports.wording import LEAD_SENTENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SCENES = {"phone": "PV26-900001", "desktop": "PV26-900002"}
"""Each screen has its own shooting, and a firearm's pair of scans."""


def photograph(folder: Path, shade: int) -> Path:
    from PIL import Image

    path = folder / "IMG_0001.jpg"
    Image.new("RGB", (64, 48), (shade, shade, shade)).save(path)
    return path


def state_of(visit: Visit) -> str:
    return visit.page.locator("#state").inner_text()


def decide(visit: Visit, link: str, button: str, **fields: str) -> None:
    """Open a link, write what it asks for, press the button."""
    visit.open(link)
    visit.page.locator("[data-microscope][data-ready]").wait_for()
    visit.fill(**fields)
    visit.press(button)
    visit.page.locator("main .usa-alert--success").wait_for()
    visit.assert_in_order()


def register_incident(visit: Visit, incident: str) -> None:
    visit.press("New incident")
    visit.fill(number=incident, address="1400 block, Alder Street")
    visit.press("Register, open the scene")
    visit.is_told("is registered")
    visit.press("Open the scene")
    visit.is_told("The scene is open")


def add_exhibits(visit: Visit, incident: str) -> str:
    """Two exhibits one after the other; the address of the second."""
    visit.press("Add an exhibit")
    number = visit.page.locator("[name=number]")
    assert number.input_value() == f"{incident}-01"
    visit.fill(calibre="9 mm Luger", headstamp_maker="WIN")
    visit.press("Keep, and the next one")
    visit.is_told(f"Exhibit {incident}-01 is registered and in your custody")
    assert number.input_value() == f"{incident}-02"
    assert visit.page.locator("[name=calibre]").input_value() == "9 mm Luger"
    assert visit.page.locator("[name=kind]:checked").input_value() == "cartridge_case"
    visit.press("Keep, the last one")
    visit.is_told(f"Exhibit {incident}-02 is registered")
    return visit.path()


def hand_in(visit: Visit, exhibit: str, scan: Path) -> None:
    """Drop a scan file in, and follow it until it has been searched."""
    visit.open(exhibit)
    visit.page.locator("[name=scan_files]").set_input_files(scan)
    visit.press("Hand in and search")
    visit.is_told("The scan is kept")
    done = visit.page.locator(".hs-facts .hs-tag", has_text="Searched")
    done.wait_for(timeout=60_000)


@pytest.mark.parametrize("screen", list(SCENES))
def test_a_shooting_goes_from_the_scene_to_a_hit(
    browser: Browser, city: Room, scans: list[Path], tmp_path: Path, screen: str
) -> None:
    incident, place = SCENES[screen], list(SCENES).index(screen)
    technician = person(city, "technician")
    with stepping_in(browser, city, technician, screen) as visit:
        register_incident(visit, incident)
        visit.page.locator("#camera").set_input_files(photograph(tmp_path, 90 * place))
        visit.is_told("1 photograph kept")
        visit.assert_in_order()
        second = add_exhibits(visit, incident)
        visit.press(incident)
        visit.press(f"{incident}-01")
        first = visit.path()
        hand_in(visit, first, scans[2 * place])
        hand_in(visit, second, scans[2 * place + 1])
        row = visit.page.locator("tbody tr").first
        assert row.get_by_role("link").inner_text() == f"{incident}-01"
        assert "support for one firearm" in row.inner_text()
        row.get_by_role("link").click()
        visit.press("Review this pair")
        assert state_of(visit) == "Candidate, not reviewed"
        link = visit.path()
        decide(visit, link, "It is a lead", reason="Striae agree over the left half.")
        assert state_of(visit) == "Unconfirmed lead"
        assert "waits for a second person" in visit.page.locator("main").inner_text()
        assert LEAD_SENTENCE in visit.page.locator("main").inner_text()

    with stepping_in(browser, city, person(city, "technician", place=1), screen) as visit:
        decide(visit, link, "I see the lead too", reason="The same areas.")
        assert state_of(visit) == "Unconfirmed lead, second review done"

    with stepping_in(browser, city, person(city, "analyst"), screen) as visit:
        sent = {"sent_to": "Investigators of the incident", "reason": "The incident is open."}
        decide(visit, link, "Put on record as sent", **sent)
        assert state_of(visit) == "Unconfirmed lead, sent out"

    with stepping_in(browser, city, person(city, "investigator"), screen) as visit:
        visit.open(link)
        assert visit.page.get_by_role("button", name="Conclude").count() == 0
        decide(visit, link, "Request it", reason="Needed before charges are asked for.")
        assert LEAD_SENTENCE in visit.page.locator("main").inner_text()

    with stepping_in(browser, city, person(city, "examiner"), screen) as visit:
        visit.open(link)
        visit.page.locator("[name=conclusion]").select_option(label="Identification")
        visit.page.locator("[name=method]").select_option(index=1)
        bases = "Individual characteristics agree in detail over the whole mark."
        visit.fill(bases=bases)
        visit.press("Conclude")
        visit.is_told("it counts once another examiner has verified it")
        assert "identified them" not in visit.page.locator("main").inner_text()
        assert "waits for another examiner" in visit.page.locator("main").inner_text()

    with stepping_in(browser, city, person(city, "examiner", place=1), screen) as visit:
        decide(visit, link, "I agree", note="Compared independently.")
        assert state_of(visit) == "Hit: identification by an examiner"
        text = visit.page.locator("main").inner_text()
        assert "a second examiner verified it" in text
        assert LEAD_SENTENCE not in text.split("What became of it")[0]
        assert bases in text
