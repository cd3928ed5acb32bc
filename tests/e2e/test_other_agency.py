"""What one agency keeps to itself leaves no trace on the screens of another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room
from tests.e2e.visits import Visit, person, stepping_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NUMBER = "PV26-777001"
STREET = "7700 block, Quietwater Lane"


def counted(visit: Visit, path: str) -> str:
    """What a list says of how many there are."""
    return visit.open(path).locator("main :is(.hs-pages .hs-soft, .hs-empty h2)").inner_text()


def exported(visit: Visit) -> str:
    visit.open("/incidents/")
    with visit.page.expect_download() as download:
        visit.press("Export CSV")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def status_of(visit: Visit, path: str) -> int:
    answer = visit.page.goto(visit.room.url + path)
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("other", ["MPPD", "FFB"])
def test_another_agencys_analyst_sees_nothing_of_it(
    browser: Browser, city: Room, other: str
) -> None:
    number = f"{NUMBER}-{other}"
    with stepping_in(browser, city, person(city, "analyst", other)) as outside:
        lists = ("/incidents/", "/exhibits/", "/firearms/")
        before = {path: counted(outside, path) for path in lists}
        with stepping_in(browser, city, person(city, "investigator")) as owner:
            owner.open("/incidents/new/")
            owner.fill(number=number, address=STREET)
            owner.page.locator("summary", has_text="More").click()
            owner.page.locator("[name=marking]").select_option("case")
            owner.press("Register alone")
            owner.is_told("is registered")
            incident = owner.path()
            owner.press("Add an exhibit")
            owner.page.get_by_text("Firearm", exact=True).click()
            owner.press("Keep, the last one")
            exhibit = owner.path()
            owner.press("Describe the firearm")
            owner.fill(maker="Quietwater Arms", calibre="9 mm Luger", serial="QW7700Z")
            owner.page.locator("[name=type]").select_option(index=1)
            owner.press("Save")
            owner.is_told("The firearm is described")
        for path in (incident, exhibit, f"{incident}labels/", f"{exhibit}firearm/"):
            assert status_of(outside, path) in (403, 404)
        assert status_of(outside, incident) == 404
        assert status_of(outside, exhibit) == 404
        for text in (number, "Quietwater", "QW7700Z"):
            for path in ("/search/", "/incidents/", "/exhibits/", "/firearms/", "/queue/"):
                page = outside.open(f"{path}?q={text}")
                assert page.locator(f"main a[href*='{incident.split('/')[2]}']").count() == 0
                assert page.locator(".hs-empty").count() == 1, (path, text)
        assert {path: counted(outside, path) for path in lists} == before
        table = exported(outside)
        assert number not in table and STREET not in table
        assert number in exported_by_owner(browser, city)


def exported_by_owner(browser: Browser, city: Room) -> str:
    with stepping_in(browser, city, person(city, "investigator")) as owner:
        return exported(owner)
