"""A trace from the recovered gun to its result, and what follows from many; by two people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, Visit, person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def state_of(visit: Visit) -> str:
    return visit.page.locator("#state").inner_text()


def begin(visit: Visit) -> str:
    """A draft: the demonstration's, or one begun for the gun that no trace is requested of."""
    found = visit.room.rows("SELECT id FROM traces_tracerequest WHERE state = 'draft'")
    if found:
        visit.open(f"/traces/requests/{found[0][0]}/")
        return visit.path()
    exhibit = visit.room.one(
        "SELECT exhibit_id FROM evidence_firearm WHERE exhibit_id NOT IN "
        "(SELECT exhibit_id FROM traces_tracerequest)"
    )
    visit.open(f"/exhibits/{exhibit}/")
    visit.press("Request a trace")
    visit.fill(crime_code="5212", recovery_city="Port Verity", recovery_state="IL", ori="")
    assert_accessible(visit.page, "the form of a new request")
    visit.press("Keep as draft")
    visit.is_told("it is not sent yet")
    return visit.path()


@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_trace_goes_from_a_draft_to_its_result(
    browser: Browser, city: Room, screen: str, tmp_path: Path
) -> None:
    with stepping_in(browser, city, person(city, "investigator"), screen) as visit:
        path = begin(visit)
        assert state_of(visit) == "Draft"
        assert "Give the ORI of your agency." in visit.page.locator("main").inner_text()
        visit.press("Change")
        visit.fill(ori="IL0990100")
        assert_accessible(visit.page, "the form of a request")
        visit.press("Save")
        visit.is_told("Saved.")
        assert "Nothing that the form asks for is missing" in visit.page.inner_text("main")
        visit.assert_in_order()

    with stepping_in(browser, city, person(city, "commander"), screen) as visit:
        visit.open(path)
        assert "Example" not in visit.page.inner_text("main")  # the possessor
        visit.press("It has been sent")
        visit.is_told("It counts as sent.")
        assert state_of(visit) == "Submitted"
        number = visit.page.locator("h1").inner_text().split()[-1]

    with stepping_in(browser, city, person(city, "analyst"), screen) as visit:
        table = tmp_path / f"results-{screen}.csv"
        table.write_text(
            "Trace Number,Found,Sold,Shop state,Outcome,Buyer\n"
            f"{number},2026-05-04,2024-02-29,IN,completed to purchaser,KEY-BUYER\n"
            "N-2,31 June 2026,,,,KEY-OTHER\n",
            encoding="utf-8",
        )
        visit.open("/traces/results/add/")
        visit.page.locator("[name=table]").set_input_files(table)
        visit.press("Hand it in")
        visit.page.locator("h2", has_text="Which column means what").wait_for()
        assert_accessible(visit.page, "the columns of a table of results")
        chosen = {
            "recovered": "Found",
            "sold": "Sold",
            "dealer_state": "Shop state",
            "status": "Outcome",
            "purchaser": "Buyer",
        }
        for field, column in chosen.items():
            visit.page.locator(f"#column-{field}").select_option(column)
        visit.press("Show what the rows become")
        visit.page.locator("h2", has_text="What the rows become").wait_for()
        assert "Row 3" in visit.page.inner_text("main")
        assert "KEY-" not in visit.page.content()
        assert_accessible(visit.page, "a table of results before it is imported")
        visit.press("Import")
        visit.is_told("Imported: 1 new traces")
        visit.assert_in_order()
        visit.open(path)
        assert state_of(visit) == "Completed to purchaser"
        visit.page.locator("main dl").get_by_role("link", name=number).first.click()
        assert "KEY-BUYER" in visit.page.inner_text("main")
        visit.assert_in_order()


@pytest.mark.parametrize("screen", list(SCREENS))
def test_what_follows_from_many_traces_is_read_without_script(
    browser: Browser, city: Room, screen: str
) -> None:
    analyst = person(city, "analyst")
    with stepping_in(browser, city, analyst, screen, java_script_enabled=False) as visit:
        visit.open("/traces/analysis/?jurisdiction=IL")
        text = visit.page.locator("main").inner_text()
        assert "guns submitted for tracing" in text
        assert "not all firearms traced are used in crime" in text
        for name in ("Flow", "Signs", "Networks", "Dealers"):
            visit.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
            assert visit.page.locator("h1").count() == 1
            assert "Law enforcement sensitive" in visit.page.locator("main").inner_text()
        assert not visit.complaints


def test_drawings_are_seen_and_the_report_is_taken_out(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, person(city, "analyst")) as visit:
        visit.open("/traces/analysis/flows/")
        images = visit.page.locator("img.hs-drawing")
        assert images.count() == 3
        for place in range(images.count()):
            images.nth(place).scroll_into_view_if_needed()
            assert images.nth(place).evaluate("(one) => one.decode().then(() => one.naturalWidth)")
            assert "Shares are of" in (images.nth(place).get_attribute("alt") or "")
        visit.open("/traces/analysis/")
        for button, name in (
            ("Internal report, PDF", "gun-trace-report-internal.pdf"),
            ("Public edition, PDF", "gun-trace-report-public.pdf"),
        ):
            with visit.page.expect_download() as loaded:
                visit.press(button)
            assert loaded.value.suggested_filename == name
            assert Path(loaded.value.path()).read_bytes().startswith(b"%PDF")
        visit.assert_in_order()
