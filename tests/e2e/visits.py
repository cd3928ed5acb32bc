"""One person at one browser tab, and what went on in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from tests.e2e.rooms import Room

SCREENS: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
DRIVER = "GL Driver Message"
"""Chromium's software renderer says this when a picture of a canvas is taken."""
IDS_TWICE = """[...document.querySelectorAll("[id]")].map((one) => one.id)
    .filter((id, i, all) => all.indexOf(id) !== i)"""
MISTAKE = "the server responded with a status of 422"
"""Chromium says this of a form that comes back with what is to be mended."""


class Visit:
    """A tab."""

    def __init__(self, page: Page, room: Room, screen: str) -> None:
        self.page = page
        self.room = room
        self.screen = screen
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        expected = DRIVER in message.text or MISTAKE in message.text
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a page of the room."""
        self.page.goto(self.room.url + path)
        return self.page

    def press(self, name: str) -> None:
        """Press the button or follow the link with this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their name."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:visible").first.fill(value)

    def is_told(self, text: str) -> None:
        """See a message at the top of the page."""
        self.page.locator("main .usa-alert", has_text=text).first.wait_for()

    def path(self) -> str:
        """Where the tab is."""
        return self.page.url.removeprefix(self.room.url)

    def assert_in_order(self) -> None:
        """No request elsewhere, no complaint of the browser, no sideways scrolling, one heading.

        And no id twice: a label would lead to another field.
        """
        ours = (self.room.url + "/", "data:", f"blob:{self.room.url}/")
        assert not [url for url in self.requests if not url.startswith(ours)]
        assert not self.complaints, f"{self.path()}: {self.complaints}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.path()} scrolls sideways by {wide} pixels"
        assert self.page.locator("h1").count() == 1, self.path()
        assert not self.page.evaluate(IDS_TWICE), self.path()


@contextmanager
def visiting(browser: Browser, room: Room, screen: str = "desktop", **more: Any) -> Iterator[Visit]:
    """A tab of its own, nobody signed in."""
    context = browser.new_context(**{**SCREENS[screen], **more})
    context.set_default_timeout(15_000)
    try:
        yield Visit(context.new_page(), room, screen)
    finally:
        context.close()


@contextmanager
def stepping_in(
    browser: Browser, room: Room, person: str, screen: str = "desktop", **more: Any
) -> Iterator[Visit]:
    """A tab in which somebody of a demonstration has been stepped into with a click."""
    with visiting(browser, room, screen, **more) as visit:
        step_into(visit, person)
        yield visit


def step_into(visit: Visit, person: str) -> None:
    """Be somebody of a demonstration."""
    visit.open("/demo/").get_by_role("button", name=f"Be {person}", exact=True).click()
    visit.page.wait_for_url(re.compile(r"/$"))


def person(room: Room, role: str, agency: str = "PVPD", place: int = 0) -> str:
    """The name of the so-manieth person of a role in an agency of a demonstration."""
    found = room.rows(
        "SELECT u.name FROM accounts_user u JOIN accounts_agency a ON a.id = u.agency_id "
        "WHERE u.role = ? AND a.code = ? ORDER BY u.name",
        role,
        agency,
    )
    return str(found[place][0])
