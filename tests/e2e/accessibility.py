"""What axe finds wrong with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

_axe = Axe()

SHAPE = """() => [...document.querySelectorAll(
      "main :is(h2, summary, legend, label, button, th, .usa-alert)")]
    .filter((one) => one.getAttribute("scope") !== "row")
    .map((one) => [one.tagName, one.className,
      one.textContent.replace(/[^a-z]/gi, "").slice(0, 30)].join(" "))
    .filter((one, i, all) => all.indexOf(one) === i).sort().join()"""
"""Of what parts a page is made: two pages of one shape break the same rules."""

UNFOLD = """() => document.querySelectorAll("main details")
    .forEach((part) => { part.open = true; })"""


class Checker:
    """Checks each shape of a page once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def check(self, page: Page, where: str) -> None:
        """No rule of axe is broken in the light, and none of contrast in the dark.

        What is folded away is opened first: it is part of the page.
        """
        page.evaluate(UNFOLD)
        shape = f"{where.rsplit(maxsplit=1)[-1]} {page.evaluate(SHAPE)}"
        if shape not in self._seen:
            self._seen.add(shape)
            assert_accessible(page, where)


def assert_accessible(page: Page, where: str) -> None:
    """The same for a page as it stands."""
    page.emulate_media(color_scheme="light")
    broken = _broken(page, {})
    page.emulate_media(color_scheme="dark")
    broken += _broken(page, {"runOnly": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    assert not broken, f"{where}:\n" + "\n".join(broken)


def _broken(page: Page, options: dict[str, Any]) -> list[str]:
    found = _axe.run(page, options={"resultTypes": ["violations"], **options})
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:240]})"
        for one in found.response["violations"]
        for node in one["nodes"][:4]
    ]
