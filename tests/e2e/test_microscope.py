"""The comparison microscope and the mask editor, by hand and by keyboard."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room, stored
from tests.e2e.visits import SCREENS, Visit, person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser


def microscope(visit: Visit, room: Room) -> Locator:
    """The microscope of a link that is examined, once its surfaces stand."""
    pk = room.one("SELECT id FROM comparisons_ballisticlink WHERE state = 'lead_verified' LIMIT 1")
    visit.open(f"/links/{pk}/")
    section = visit.page.locator("[data-microscope][data-ready]")
    section.wait_for()
    section.scroll_into_view_if_needed()
    return section


def sight(section: Locator) -> str:
    """What is to be seen in the picture, as a number that another picture does not have."""
    section.page.wait_for_timeout(150)
    return hashlib.sha256(section.locator("[data-stage]").screenshot()).hexdigest()


def slide(slider: Locator, value: float) -> None:
    slider.evaluate(
        "(range, value) => { range.value = value; range.dispatchEvent(new Event('input')); }", value
    )


@pytest.mark.parametrize("screen", list(SCREENS))
def test_each_control_changes_what_is_seen(browser: Browser, city: Room, screen: str) -> None:
    with stepping_in(browser, city, person(city, "examiner"), screen) as visit:
        section = microscope(visit, city)
        seen = [sight(section)]

        def changed(what: str) -> None:
            seen.append(sight(section))
            assert seen[-1] != seen[-2], f"{what} changes nothing"

        slide(section.locator("[data-set=azimuth]"), 200)
        changed("the light")
        slide(section.locator("[data-set=elevation]"), 75)
        changed("the height of the light")
        slide(section.locator("[data-set=rotation]"), 40)
        changed("turning")
        section.get_by_role("button", name="Zoom in").click()
        changed("zooming")
        for mode in ("Split screen", "Overlay"):
            section.get_by_role("button", name=mode).click()
            changed(mode)
        section.get_by_label("Congruent cells").check()
        changed("the cells")
        assert section.locator("[data-legend]").first.is_visible()
        section.get_by_label("Same pose").uncheck()
        changed("the pose as scanned")
        section.get_by_role("button", name="3D").click()
        section.locator("[data-stage][data-shows=space]").wait_for()
        changed("3D")
        visit.assert_in_order()


def test_both_sides_are_one_view(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, person(city, "examiner")) as visit:
        section = microscope(visit, city)
        stage = section.locator("canvas[data-lines]")
        box = stage.bounding_box()
        assert box is not None
        before = halves(section)
        visit.page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
        visit.page.mouse.down()
        visit.page.mouse.move(box["x"] + box["width"] / 4 + 60, box["y"] + box["height"] / 2 + 30)
        visit.page.mouse.up()
        after = halves(section)
        assert before[0] != after[0] and before[1] != after[1]


def halves(section: Locator) -> list[str]:
    """The left and the right half of the picture."""
    section.page.wait_for_timeout(150)
    box = section.locator("[data-stage]").bounding_box()
    assert box is not None
    half = box["width"] / 2
    parts = [{**box, "width": half}, {**box, "x": box["x"] + half, "width": half}]
    return [hashlib.sha256(section.page.screenshot(clip=one)).hexdigest() for one in parts]


def test_the_keyboard_reaches_all_of_the_microscope(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, person(city, "examiner")) as visit:
        section = microscope(visit, city)
        section.locator("canvas[data-lines]").focus()
        seen = [sight(section)]
        for key in ("2", "+", "]", "ArrowLeft", "Shift+ArrowRight", "c", "p"):
            visit.page.keyboard.press(key)
            seen.append(sight(section))
            assert seen[-1] != seen[-2], f"{key} changes nothing"
        zoomed = float(section.get_attribute("data-zoom") or 0)
        visit.page.keyboard.press("0")
        visit.page.wait_for_timeout(150)
        assert float(section.get_attribute("data-zoom") or 0) < zoomed
        assert float(section.get_attribute("data-turned") or 1) == 0


@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_mask_is_corrected_with_brush_and_circle(
    browser: Browser, city: Room, screen: str
) -> None:
    name = person(city, "technician")
    pk = city.one(
        "SELECT s.id FROM evidence_scan s JOIN evidence_exhibit e ON e.id = s.exhibit_id "
        "JOIN accounts_user u ON u.agency_id = e.agency_id "
        "WHERE u.name = ? AND s.state = 'searched' ORDER BY s.id LIMIT 1 OFFSET ?",
        name,
        list(SCREENS).index(screen),
    )
    version = "SELECT version, mask_corrected_at FROM evidence_scan WHERE id = ?"
    before = city.rows(version, stored(pk))[0]
    with stepping_in(browser, city, name, screen) as visit:
        visit.open(f"/scans/{pk}/mask/")
        section = visit.page.locator("[data-mask-editor][data-ready]")
        section.wait_for()
        whole = usable(section)
        canvas = section.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.25
        section.get_by_role("group", name="Brush").get_by_text("Leave out").click()
        slide(section.locator("[data-size]"), 600)
        visit.page.mouse.move(*middle)
        visit.page.mouse.down()
        visit.page.mouse.move(middle[0] + box["width"] / 6, middle[1], steps=6)
        visit.page.mouse.up()
        brushed = usable(section)
        assert brushed < whole
        section.get_by_role("button", name="Undo").click()
        assert usable(section) == whole
        section.get_by_role("button", name="Redo").click()
        assert usable(section) == brushed
        section.get_by_role("group", name="Circle").get_by_text("inside alone").click()
        section.locator("summary", has_text="by numbers").click()
        section.locator("[data-radius]").fill("1200")
        section.get_by_role("button", name="Draw the circle").click()
        assert usable(section) < brushed
        visit.assert_in_order()
        visit.press("Keep the mask and search anew")
        visit.page.wait_for_url(f"**/scans/{pk}/")
        visit.page.locator(".hs-facts .hs-tag", has_text="Searched").wait_for(timeout=60_000)
    after = city.rows(version, stored(pk))[0]
    assert after[0] > before[0]
    assert after[1] not in (None, before[1])


def usable(section: Locator) -> float:
    return float(section.locator("[data-area]").inner_text().split()[0])
