"""A real sign-in, without the doors of a demonstration: invitation, password, second factor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.e2e.accessibility import assert_accessible
from tests.e2e.rooms import Room, environment, headstamp, served
from tests.e2e.signing_in import PASSWORD, Account, arrive, give_password, sign_in
from tests.e2e.visits import SCREENS, Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AWAY = 31 * 60
"""Seconds after which a page left alone is locked."""

OVERNIGHT = 13 * 3600
"""Seconds after which the session is over."""


ADA = "ada.ferrant@pvpd.example"
BEN = "ben.okoro@pvpd.example"


@dataclass
class Office:
    """A workspace that is served, its first invitation, and the screen it is looked at on."""

    room: Room
    invitation: str
    screen: str


@dataclass
class Person:
    """Somebody who is signed in, and what was wrong with the pages on the way."""

    visit: Visit
    account: Account
    invitation: str
    seen: list[str]

    def look(self, where: str) -> None:
        """A page is in order and accessible, the light and the dark."""
        look_at(self.visit, where, self.seen)


def look_at(visit: Visit, where: str, seen: list[str]) -> None:
    visit.assert_in_order()
    assert_accessible(visit.page, where)
    seen.append(where)


@pytest.fixture(scope="module", params=list(SCREENS))
def office(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Office]:
    """A new workspace that is no demonstration, for each screen."""
    root = tmp_path_factory.mktemp("office") / "workspace"
    made = headstamp(
        *("init", root, "--json", "--name", "Ada Ferrant", "--email", ADA),
        *("--agency", "Port Verity Police Department", "--code", "PVPD"),
    )
    with served(root) as url:
        yield Office(Room(root, url), json.loads(made)["invitation"], request.param)


@pytest.fixture(scope="module")
def administrator(browser: Browser, office: Office) -> Iterator[Person]:
    """Its first person."""
    with visiting(browser, office.room, office.screen) as visit:
        yield arriving(visit, office.invitation, ADA)


@pytest.fixture(scope="module")
def technician(browser: Browser, office: Office, administrator: Person) -> Iterator[Person]:
    """Somebody whom the administrator invited."""
    link = invite(administrator, "Ben Okoro", BEN)
    with visiting(browser, office.room, office.screen) as visit:
        yield arriving(visit, link, BEN)


def arriving(visit: Visit, link: str, email: str) -> Person:
    seen: list[str] = []
    path = "/invitation/" + link.split("/invitation/")[1]
    account = arrive(visit, path, email, lambda where: look_at(visit, where, seen))
    return Person(visit, account, path, seen)


def invite(administrator: Person, name: str, email: str) -> str:
    visit = administrator.visit
    visit.open("/people/invite/")
    administrator.look("invite")
    visit.fill(name=name, email=email)
    visit.page.locator("[name=role]").select_option("technician")
    visit.press("Make the link")
    link = visit.page.locator("#invitation-link").inner_text()
    administrator.look("link")
    return link


def let_pass(room: Room, seconds: int) -> None:
    """Nobody touches a key for so long."""
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.elapsed", str(room.root), str(seconds)],
        env=environment(),
        check=True,
    )


def begin_an_incident(visit: Visit, number: str) -> None:
    visit.open("/incidents/new/")
    visit.fill(number=number, address="2200 block, Linden Street")


def assert_it_was_kept(visit: Visit, number: str) -> None:
    visit.page.wait_for_url("**/incidents/new/")
    visit.page.get_by_text("What you had typed was kept").wait_for()
    assert visit.page.locator("main [name=number]").input_value() == number
    visit.press("Register alone")
    visit.is_told("is registered")
    assert "2200 block, Linden Street" in visit.page.locator("main").inner_text()
    visit.open("/incidents/new/")
    assert visit.page.locator("main [name=number]").input_value() != number


def test_the_first_administrator_arrives(administrator: Person) -> None:
    assert administrator.seen[:5] == [
        *("invitation", "sign in", "second factor to set up", "recovery codes", "notice")
    ]
    assert len(administrator.account.recovery_codes) == 10
    administrator.visit.open("/")
    administrator.look("home")
    for path in ("/account/password/", "/account/2fa/", "/people/", "/agencies/"):
        administrator.visit.open(path)
        administrator.look(path)


def test_the_link_of_an_invitation_opens_once(
    browser: Browser, office: Office, technician: Person
) -> None:
    with visiting(browser, office.room, office.screen) as visit:
        visit.open(technician.invitation)
        assert visit.page.locator("[name=password]").count() == 0
        assert "ask your administrator" in visit.page.locator("main").inner_text().lower()
        assert_accessible(visit.page, "an invitation that is over")


def test_a_page_left_alone_is_locked_and_keeps_what_was_typed(technician: Person) -> None:
    visit = technician.visit
    begin_an_incident(visit, "PV26-000101")
    let_pass(visit.room, AWAY)
    visit.press("Register alone")
    visit.page.wait_for_url("**/locked/**")
    technician.look("locked")
    visit.fill(password=PASSWORD[::-1])
    visit.press("Unlock")
    visit.page.locator("main .usa-error-message, main .usa-alert--error").first.wait_for()
    visit.fill(password=PASSWORD)
    visit.press("Unlock")
    assert_it_was_kept(visit, "PV26-000101")


def test_a_session_that_ends_in_the_middle_of_entry_loses_nothing(technician: Person) -> None:
    visit = technician.visit
    begin_an_incident(visit, "PV26-000102")
    let_pass(visit.room, OVERNIGHT)
    visit.press("Register alone")
    visit.page.wait_for_url("**/account/login/**")
    sign_in(visit, technician.account, technician.account.app.code(), technician.look)
    assert_it_was_kept(visit, "PV26-000102")
    assert "second factor" in technician.seen


def test_a_recovery_code_signs_in_once(technician: Person) -> None:
    visit, account = technician.visit, technician.account
    code = account.recovery_codes[0]
    sign_out(visit)
    give_password(visit, account.email)
    visit.fill(code=code)
    visit.press("Sign in")
    visit.page.wait_for_url("**/notice/**")
    visit.press("I agree")
    visit.open("/incidents/")
    sign_out(visit)
    give_password(visit, account.email)
    visit.fill(code=code)
    visit.press("Sign in")
    visit.page.get_by_text("This code is wrong, or was used already").first.wait_for()
    visit.fill(code=account.recovery_codes[1])
    visit.press("Sign in")
    visit.page.wait_for_url("**/notice/**")
    visit.press("I agree")
    visit.open("/account/2fa/recovery-codes/generate/")
    technician.look("new recovery codes")


def sign_out(visit: Visit) -> None:
    visit.page.locator(".hs-person summary").click()
    visit.press("Sign out")
    visit.open("/account/login/")
