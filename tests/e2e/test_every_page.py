"""Every page as every role sees it: in order, accessible, asking nobody else for anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.e2e.accessibility import Checker, assert_accessible
from tests.e2e.rooms import Room
from tests.e2e.visits import SCREENS, person, stepping_in
from tests.e2e.walking import NO_PAGE, walk

from headstamp.web.comparisons.states import LinkState
from headstamp.web.leads.states import LeadState
from headstamp.web.roles import Role
from headstamp.web.traces.states import TraceState

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AGENCIES = {Role.PROSECUTOR: "PVSA", Role.MONITOR: "OIM"}
WORKS_LEADS = (Role.COMMANDER, Role.INVESTIGATOR)
WORKS_TRACES = (Role.ANALYST, Role.INVESTIGATOR)
SEES_EVERY_STATE = (Role.EXAMINER, Role.MONITOR)
STATUS = "the server responded with a status of"

SIGNING_IN = {
    *("/account/login/", "/account/2fa/", "/account/2fa/authenticate/", "/account/password/"),
    *("/account/2fa/totp/activate/", "/account/2fa/recovery-codes/", "/account/reauthenticate/"),
    *("/account/2fa/recovery-codes/generate/", "/account/2fa/reauthenticate/", "/notice/"),
    *("/locked/", "/invitation/<id>/"),
}
"""Pages of a real sign-in, which a demonstration does without; see test_sign_in.py."""

NO_PAGES = {
    *("/health/", "/incidents/export/", "/audit/export/", "/photographs/<id>/"),
    *("/comparisons/<id>/data/", "/scans/<id>/file/", "/scans/<id>/heights/"),
    *("/scans/<id>/mask/picture/", "/scans/<id>/picture/", "/scans/<id>/progress/"),
    *("/check/api/", "/scans/<id>/surface/", "/imports/<id>/rows-to-mend/"),
    *("/leads/<id>/sheet/file/", "/leads/measures/export/"),
    *("/figures/work/drafts/<id>/progress/", "/figures/work/weekly/<id>/<slug:name>.svg"),
    "/figures/work/drafts/<id>/<slug:edition>/<slug:name>.svg",
    *("/traces/analysis/report/", "/traces/analysis/flows/<slug:name>.svg"),
}
"""Files, data and fragments."""

ONLY_WITH_SOMETHING_ENTERED = {
    *("/hand-overs/<id>/", "/imports/<id>/", "/figures/work/weekly/<id>/"),
    *("/traces/of-exhibit/<id>/", "/traces/requests/<id>/change/"),
}
"""Pages of what a demonstration has none or one of.

See test_custody, test_imports, test_figures and test_traces.
"""


def seeds(room: Room, role: Role) -> list[str]:
    """Pages with different content at one kind of address, and pages no link leads to."""
    links = [
        f"/links/{pk}/"
        for state in LinkState
        for (pk,) in room.rows(
            "SELECT id FROM comparisons_ballisticlink WHERE state = ? LIMIT 1", state
        )
    ]
    searches = ["/search/?q=PV26", "/search/?q=nothing", "/incidents/?q=nothing"]
    leads = [
        f"/leads/{pk}/"
        for state in LeadState
        for (pk,) in room.rows("SELECT id FROM leads_lead WHERE state = ? LIMIT 1", state)
    ]
    held = [f"/leads/{pk}/" for (pk,) in room.rows("SELECT id FROM leads_lead WHERE on_hold")]
    firearm = room.one("SELECT exhibit_id FROM evidence_firearm LIMIT 1")
    searches += [f"/exhibits/{firearm}/", f"/exhibits/{firearm}/firearm/"]
    traces = ["/traces/serials/?q=nothing1"]
    traces += [
        f"/traces/requests/{pk}/"
        for state in TraceState
        for (pk,) in room.rows("SELECT id FROM traces_tracerequest WHERE state = ? LIMIT 1", state)
    ]
    searches += traces if role in WORKS_TRACES else []
    others = ["/demo/", "/account/logout/", "/nothing/", "/links/", "/audit/verify/"]
    links = links if role in SEES_EVERY_STATE else []
    return ["/", *searches, *others, *links, *(leads + held if role in WORKS_LEADS else [])]


@pytest.fixture(scope="module", params=list(SCREENS))
def walked(
    browser: Browser, city: Room, request: pytest.FixtureRequest
) -> dict[Role, dict[str, list[str]]]:
    """What is wrong with each kind of page each role reaches."""
    checker, found = Checker(), {}
    for role in Role:
        name = person(city, role, AGENCIES.get(role, "PVPD"))
        found[role] = {}
        with stepping_in(browser, city, name, request.param) as visit:
            for kind in walk(visit, seeds(city, role)):
                faults = found[role].setdefault(kind, [])
                visit.complaints[:] = [one for one in visit.complaints if STATUS not in one]
                for check in (visit.assert_in_order, partial(checker.check, visit.page, kind)):
                    try:
                        check()
                    except AssertionError as error:
                        faults.append(str(error))
                        visit.complaints.clear()
    return found


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role_is_in_order(
    walked: dict[Role, dict[str, list[str]]], role: Role
) -> None:
    assert len(walked[role]) > 5
    assert not [fault for faults in walked[role].values() for fault in faults]


def test_no_page_is_left_out(walked: dict[Role, dict[str, list[str]]]) -> None:
    reached = {kind for kinds in walked.values() for kind in kinds}
    every = set(_addresses(get_resolver().url_patterns))
    left = {one for one in every - reached if not NO_PAGE.search(one)}
    assert left <= SIGNING_IN | NO_PAGES | ONLY_WITH_SOMETHING_ENTERED, left


def _addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> list[str]:
    """The addresses that can be visited, with ids as ``kind_of`` writes them."""
    found = []
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _addresses(one.url_patterns, address)
        elif _can_be_visited(one):
            for old in ("<uuid:pk>", "<str:token>"):
                address = address.replace(old, "<id>")
            address = address.replace("<slug:kind>", "<kind>")
            found.append(address.replace("<int:sequence>", "<number>"))
    return found


def _can_be_visited(pattern: URLPattern) -> bool:
    """Whether the address takes GET; a view says so by the methods it is restricted to."""
    from django.test import RequestFactory

    inner = pattern.callback
    while hasattr(inner, "__wrapped__"):
        inner = inner.__wrapped__
    answer = None
    try:
        request = RequestFactory().generic("BREW", "/")
        answer = pattern.callback(request, **dict.fromkeys(pattern.pattern.converters, "1"))
    except Exception:
        return True
    return answer is None or "GET" in answer.get("Allow", "GET")


@pytest.mark.parametrize("screen", list(SCREENS))
def test_the_menus_are_accessible_when_they_are_open(
    browser: Browser, city: Room, screen: str
) -> None:
    with stepping_in(browser, city, person(city, "analyst"), screen) as visit:
        visit.page.locator(".hs-person summary").click()
        assert_accessible(visit.page, "the menu of the person")
        visit.page.keyboard.press("Escape")
        assert not visit.page.locator(".hs-person__menu").is_visible()
        if screen == "phone":
            visit.page.locator(".hs-menu summary").click()
            assert_accessible(visit.page, "the menu of pages")
        visit.press("Cases")
        visit.page.wait_for_url("**/cases/")
