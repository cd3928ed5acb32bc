"""The monitor reads all of it, the record too, and changes none of it."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room
from tests.e2e.visits import Visit, person, stepping_in
from tests.e2e.walking import kind_of, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ALLOWED = {"/account/logout/", "/audit/verify/", "/check/", "/demo/"}
"""Sign out, recompute the record, check a text, and step into another role: nothing of it writes a
record."""

WRITERS = ("technician", "examiner", "analyst", "investigator", "commander", "administrator")

FORMS = """[...document.querySelectorAll("form")].filter((form) => form.method === "post")
    .flatMap((form) => [form, ...form.querySelectorAll("[formaction]")])
    .map((one) => one.getAttribute("formaction") ?? one.getAttribute("action"))
    .map((path) => path || location.pathname)
"""
NOT_RECORDS = ("audit_", "django_", "axes_", "sqlite_", "accounts_session")


def contents(room: Room) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the tables of records."""
    tables = [name for (name,) in room.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in tables if not name.startswith(NOT_RECORDS)]
    found = {name: room.rows(f"SELECT * FROM {name} ORDER BY 1") for name in kept}  # noqa: S608
    found["accounts_user"] = room.rows("SELECT id, name, role, is_active FROM accounts_user")
    return found


def posts(visit: Visit, seeds: list[str]) -> dict[str, str]:
    """Where the forms of each kind of page are sent to."""
    found: dict[str, str] = {}
    for _ in walk(visit, seeds):
        found |= {kind_of(one): one for one in visit.page.evaluate(FORMS)}
    return found


def monitor_of(room: Room) -> str:
    return person(room, "monitor", "OIM")


def test_the_monitor_has_no_form_that_writes(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, monitor_of(city)) as visit:
        visit.open("/")
        assert visit.page.get_by_role("link", name="Audit", exact=True).count() == 1
        assert set(posts(visit, ["/", "/search/?q=PV26"])) == ALLOWED


def test_whatever_the_monitor_sends_changes_nothing(browser: Browser, city: Room) -> None:
    targets: dict[str, str] = {}
    for role in WRITERS:
        with stepping_in(browser, city, person(city, role)) as writer:
            targets |= posts(writer, ["/", "/search/?q=PV26"])
    tried = {kind: path for kind, path in targets.items() if kind not in ALLOWED}
    assert len(tried) > 15
    before = contents(city)
    with stepping_in(browser, city, monitor_of(city)) as visit:
        token = visit.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        for kind, path in tried.items():
            answer = visit.page.request.post(
                city.url + path,
                form={"csrfmiddlewaretoken": token, "reason": "because", "version": "1"},
                headers={"Referer": city.url + "/"},
                max_redirects=0,
            )
            assert answer.status in (403, 404), (kind, answer.status)
    assert contents(city) == before


def test_the_monitor_reads_checks_and_exports_the_record(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, monitor_of(city)) as visit:
        visit.press("Audit")
        visit.fill(action="accounts.")
        visit.press("Filter")
        actions = visit.page.locator("tbody td[data-label=Action]").all_inner_texts()
        assert actions and all(one.startswith("accounts.") for one in actions)
        visit.page.locator("tbody th a").first.click()
        assert "the same" in visit.page.locator("main").inner_text()
        visit.press("Audit")
        visit.press("Check the whole record")
        visit.is_told("events are whole")
        with visit.page.expect_download() as download:
            visit.press("Export CSV")
        with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as stream:
            events = list(csv.DictReader(stream))
        assert len(events) > 50
        ordered = sorted(events, key=lambda one: int(one["sequence"]))
        assert all(one["previous"] == before["hash"] for before, one in pairwise(ordered))
        visit.assert_in_order()


def test_the_monitor_sees_the_records_of_every_agency(browser: Browser, city: Room) -> None:
    with stepping_in(browser, city, monitor_of(city), "phone") as visit:
        for agency in ("PVPD", "VCSO", "MPPD"):
            pk = city.one(
                "SELECT i.id FROM casework_incident i JOIN accounts_agency a ON a.id = i.agency_id "
                "WHERE a.code = ? LIMIT 1",
                agency,
            )
            visit.open(f"/incidents/{pk}/")
            assert visit.page.locator("h1", has_text="Incident").count() == 1
            visit.assert_in_order()
