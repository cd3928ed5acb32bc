"""Figures: what everybody reads, without script, on a phone and on paper; how they get there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e import printed
from tests.e2e.accessibility import Checker
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, Visit, person, stepping_in, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PARTS = (
    *("", "trends/", "areas/district/", "areas/area/", "map/", "hot-spots/", "near-repeat/"),
    *("cities/", "method/", "method/port-verity-murders-v1/", "restatements/", "report/"),
    *("data/", "port-verity-murders-v1/year_to_date/"),
)


ALIKE = ("/areas/area/", "/map/", "/hot-spots/", "/figures/port-verity/")
"""Pages that are made as another one is."""


def release(city: Room, number: int = 2) -> str:
    """The address of one of the demonstration's releases."""
    sql = "SELECT last_day FROM figures_release WHERE number = ? ORDER BY released_at LIMIT 1"
    return f"/figures/port-verity/{city.one(sql, number)}/{number}/"


def addresses(city: Room) -> list[str]:
    """Every kind of page that everybody reaches."""
    every = [release(city) + part for part in PARTS]
    return ["/figures/", "/figures/port-verity/", "/figures/port-verity/archive/", *every]


@pytest.fixture(scope="module", params=list(SCREENS))
def stranger(browser: Browser, city: Room, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Somebody who never signed in, in a browser that runs no script."""
    with visiting(browser, city, request.param, java_script_enabled=False) as visit:
        yield visit


def test_every_public_page_is_in_order_without_script(stranger: Visit, city: Room) -> None:
    for address in addresses(city):
        page = stranger.open(address)
        stranger.assert_in_order()
        assert not page.context.cookies(), address
        for image in page.locator("main img").all():
            assert image.get_attribute("alt"), address
            assert image.evaluate("(i) => i.decode().then(() => i.naturalWidth > 0)"), address


def test_the_headline_table_is_read_without_scrolling_sideways(stranger: Visit, city: Room) -> None:
    page = stranger.open(release(city))
    tables = page.locator(".hs-headline")
    assert tables.count() == 5
    for table in tables.all():
        assert table.evaluate("(t) => t.scrollWidth <= t.parentElement.clientWidth")
        said = table.locator("tbody tr").first
        assert said.locator(".hs-count").is_visible()
        assert said.locator(".hs-said").is_visible()


def test_the_table_of_a_chart_opens_without_script(stranger: Visit, city: Room) -> None:
    page = stranger.open(f"{release(city)}trends/")
    assert not page.locator(".hs-chart table").first.is_visible()
    page.locator(".hs-chart summary").first.click()
    assert page.locator(".hs-chart table").first.is_visible()


@pytest.mark.parametrize("screen", list(SCREENS))
def test_every_public_page_is_accessible_in_light_and_dark(
    browser: Browser, city: Room, screen: str
) -> None:
    """One page of each make; on a phone those with tables, which are other tables there."""
    checker, faults = Checker(), []
    every = [one for one in addresses(city) if not one.endswith(ALIKE)]
    tables = [release(city) + part for part in ("", "areas/district/", PARTS[-1])]
    with visiting(browser, city, screen) as visit:
        for address in every if screen == "desktop" else tables:
            page = visit.open(address)
            visit.assert_in_order()
            try:
                checker.check(page, address)
            except AssertionError as error:
                faults.append(str(error))
    assert not faults


def test_every_public_page_prints(browser: Browser, city: Room) -> None:
    """Its heading and where it comes from stand on paper; menus and buttons do not."""
    with visiting(browser, city) as visit:
        for address in addresses(city):
            page = visit.open(address)
            heading = page.locator("h1").inner_text()
            pdf = page.pdf(format="Letter")
            said = printed.text(pdf)
            assert 1 <= printed.pages(pdf) <= 40, address
            assert heading in said, address
            if address.startswith(release(city)):
                assert "Address that stays" in said, address
                assert "Near repeatsOther cities" not in said, address
        page = visit.open(release(city))
        counts = page.locator(".hs-headline .hs-count").all_inner_texts()
        said = printed.text(page.pdf(format="Letter"))
        assert len(counts) == 20
        assert all(count in said for count in counts)


def test_a_report_is_a_pdf_too(browser: Browser, city: Room) -> None:
    with visiting(browser, city) as visit:
        page = visit.open(f"{release(city)}report/")
        link = page.get_by_role("link", name="The report as a PDF").get_attribute("href")
        answer = page.request.get(city.url + str(link))
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-1.")


def test_an_earlier_release_says_that_it_was_replaced_and_restated(
    stranger: Visit, city: Room
) -> None:
    page = stranger.open(release(city, 1))
    assert page.get_by_text("Replaced.").is_visible()
    assert page.get_by_text("Restated.").first.is_visible()
    page.get_by_role("link", name="what changed").first.click()
    assert page.locator("td[data-label=Now]").count() > 0


def a_later_list(city: Room, folder: Path) -> tuple[Path, date]:
    """The demonstration's list a day later: three more were shot on the last day of a release."""
    from headstamp.simulation.list_table import list_csv
    from headstamp.simulation.victim_list import plan_list

    newest = date.fromisoformat(
        city.one("SELECT max(substr(retrieved, 1, 10)) FROM figures_listvintage")
    )
    listed = list_csv(plan_list(2017, 6, newest, 520), newest)
    header, *rows = listed.splitlines()
    shot = next(row for row in rows if ",FIREARM,no,no," in row).split(",")
    last_day, day = release(city).split("/")[3], newest + timedelta(days=1)
    for number in range(3):
        late = [f"LATE-{number}-1", f"LATE-{number}", f"{last_day} 12:00", "", day.isoformat()]
        rows.append(",".join([*late, *shot[5:]]))
    path = folder / f"victims-{day.isoformat()}.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path, day


def test_from_a_list_to_a_release_that_restates_an_earlier_one(
    browser: Browser, city: Room, tmp_path: Path
) -> None:
    path, day = a_later_list(city, tmp_path)
    before = release(city)
    last_day = before.split("/")[3]
    with stepping_in(browser, city, person(city, "analyst")) as analyst:
        analyst.open("/figures/work/lists/add/")
        analyst.page.locator("input[type=file][name=list]").set_input_files(path)
        analyst.fill(retrieved=day.isoformat())
        analyst.press("Import it")
        analyst.is_told("rows are kept")
        analyst.press("What changed between them")
        analyst.page.locator("tbody tr").first.wait_for()
        analyst.open("/figures/work/prepare/")
        analyst.fill(last_day=last_day, note="Counted anew")
        analyst.press("Compute them")
        analyst.page.get_by_text("Waits for a second person", exact=False).first.wait_for(
            timeout=60_000
        )
        draft = analyst.path()
        assert not analyst.page.get_by_role("button", name="Release to everybody").count()
        assert analyst.page.locator(".hs-chart img").count() > 10
        analyst.assert_in_order()
    with visiting(browser, city) as stranger:
        stranger.open(before.replace("/2/", "/3/"))
        assert stranger.page.get_by_role("heading", name="Not found").is_visible()
    with stepping_in(browser, city, person(city, "commander")) as commander:
        commander.page.get_by_text("Figures to release").wait_for()
        commander.open(draft)
        commander.press("Release to everybody")
        commander.is_told("everybody can read it now")
        commander.press("Its public page")
        assert commander.path() == before.replace("/2/", "/3/")
    with visiting(browser, city, "phone", java_script_enabled=False) as stranger:
        stranger.open(before.replace("/2/", "/3/"))
        assert stranger.page.get_by_text("Counted anew").is_visible()
        stranger.assert_in_order()
        stranger.open(before)
        assert stranger.page.get_by_text("Replaced.").is_visible()
        assert stranger.page.get_by_text("Restated.").first.is_visible()
    _withdraw(browser, city, draft, before.replace("/2/", "/3/"))


def _withdraw(browser: Browser, city: Room, draft: str, address: str) -> None:
    with stepping_in(browser, city, person(city, "commander")) as commander:
        commander.open(draft)
        commander.page.locator("summary", has_text="Withdraw this release").click()
        commander.fill(reason="Entered for a test")
        commander.press("Withdraw it")
        commander.is_told("Withdrawn")
    with visiting(browser, city) as stranger:
        answer = stranger.page.goto(stranger.room.url + address)
        assert answer is not None
        assert answer.status == 410
        assert stranger.page.get_by_text("Entered for a test").is_visible()


def test_a_weekly_report_is_made_once_and_then_there_at_once(browser: Browser, city: Room) -> None:
    last_day = release(city).split("/")[3]
    with stepping_in(browser, city, person(city, "analyst")) as analyst:
        analyst.open("/figures/work/weekly/")
        analyst.fill(last_day=last_day)
        analyst.press("Show the report")
        analyst.press("Have the report made")
        analyst.page.get_by_role("link", name="The report as a PDF").wait_for(timeout=60_000)
        made = analyst.path()
        analyst.assert_in_order()
        Checker().check(analyst.page, made)
    with stepping_in(browser, city, person(city, "investigator"), "phone") as reader:
        reader.open(f"/figures/work/weekly/?jurisdiction=port-verity&last_day={last_day}")
        assert reader.path() == made
        reader.assert_in_order()
