"""A table comes in, what is wrong with it is mended, and the mended rows come in too."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import Room
from tests.e2e.visits import Visit, person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HEADER = ["Incident Number", "Date", "Block", "District", "Killed", "Wounded"]


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return path


def hand_in(visit: Visit, path: Path) -> None:
    visit.open("/imports/new/")
    visit.page.locator("[name=table]").set_input_files(path)
    visit.press("Read the table")
    visit.page.locator("h1", has_text=path.name).wait_for()


def figures(visit: Visit) -> dict[str, str]:
    """What the page says would become, or has become, of the rows."""
    shown = visit.page.locator(".hs-facts div", has=visit.page.locator(".hs-figure"))
    return dict(text.split("\n") for text in shown.all_inner_texts())


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_an_import_is_mended(browser: Browser, city: Room, screen: str, tmp_path: Path) -> None:
    numbers = [f"IM26-{screen}-{number}" for number in range(4)]
    rows = [
        [numbers[0], "03/04/2026 21:10", "200 block, Elm Street", "Foundry", "0", "1"],
        [numbers[1], "02/30/2026 01:00", "300 block, Elm Street", "Foundry", "0", "0"],
        [numbers[2], "03/05/2026 22:00", "400 block, Elm Street", "Foundry", "many", "0"],
        [numbers[3], "03/06/2026 23:00", "500 block, Elm Street", "Foundry", "1", "2"],
    ]
    first = table(tmp_path / f"incidents-{screen}.csv", [HEADER, *rows])
    with stepping_in(browser, city, person(city, "analyst"), screen) as visit:
        hand_in(visit, first)
        assert (figures(visit)["New"], figures(visit)["To mend"]) == ("2", "2")
        assert_accessible(visit.page, "a table before it is imported")
        faults = visit.page.locator("table", has_text="What is wrong").inner_text()
        assert "3\t" in faults and "4\t" in faults
        with visit.page.expect_download() as download:
            visit.press("Download these rows")
        visit.press("Import the good rows")
        visit.is_told("2 rows imported")
        visit.assert_in_order()

        with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as stream:
            header, *bad = list(csv.reader(stream))
        assert header == [*HEADER, "What is wrong"]
        assert [row[0] for row in bad] == [numbers[1], numbers[2]]
        bad[0][1], bad[1][4] = "02/28/2026 01:00", "0"
        hand_in(visit, table(tmp_path / f"mended-{screen}.csv", [header, *bad]))
        assert (figures(visit)["New"], figures(visit)["To mend"]) == ("2", "0")
        visit.press("Import the good rows")
        visit.is_told("2 rows imported")

        hand_in(visit, first)
        found = figures(visit)
        assert (found["New"], found["There already"], found["To mend"]) == ("0", "2", "2")
        visit.press("Leave this table out")
        visit.open(f"/incidents/?q=IM26-{screen}")
        assert visit.page.locator("tbody tr").count() == 4
        visit.press(numbers[1])
        assert "2026-02-28 01:00" in visit.page.locator("main").inner_text()
        visit.page.locator("summary", has_text="As imported").click()
        assert "02/28/2026 01:00" in visit.page.locator("main").inner_text()
        visit.assert_in_order()


def test_a_file_that_is_no_table_is_refused_and_stays_chosen(
    browser: Browser, city: Room, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 8)
    with stepping_in(browser, city, person(city, "analyst"), "phone") as visit:
        visit.open("/imports/new/")
        visit.page.locator("[name=table]").set_input_files(path)
        visit.press("Read the table")
        visit.page.locator("form .usa-alert--error").wait_for()
        chosen = visit.page.locator("[name=table]").evaluate("(field) => field.files[0].name")
        assert chosen == "picture.csv"
