"""Walks the pages that somebody reaches by links, one of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tests.e2e.visits import Visit

NO_PAGE = re.compile(
    r"^/(static|photographs)/|^/traces/analysis/report/|^/figures/(?!work/)|^/account/logout/"
    r"|/(export|file|rows-to-mend|picture|heights|surface|data|set-aside)/$"
)
"""Addresses that give a file or data, are the same for everybody, or end the visit."""

LINKS = """[...document.querySelectorAll("a[href]")].map((one) => one.href)"""


def kind_of(path: str) -> str:
    """An address without the ids in it: ``/exhibits/<id>/change/``."""
    found = re.sub(
        r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/", "/<id>/", path.split("?", maxsplit=1)[0]
    )
    found = re.sub(r"(/drafts/<id>/areas|/figures/work/templates)/[a-z-]+/", r"\1/<kind>/", found)
    return re.sub(r"/\d+/", "/<number>/", found)


def walk(visit: Visit, seeds: Iterable[str]) -> Iterator[str]:
    """Open one page of each kind that links lead to from the seeds; all of the seeds.

    Yields the kind of each page once it stands.
    """
    waiting, seen = list(seeds), set[str]()
    always = len(waiting)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        always -= 1
        if kind in seen and always < 0:
            continue
        seen.add(kind)
        visit.open(path)
        if visit.page.locator("[data-microscope]").count():
            visit.page.locator("[data-microscope][data-ready]").wait_for()
        yield kind
        found = visit.page.evaluate(LINKS)
        ours = [url.removeprefix(visit.room.url) for url in found if url.startswith(visit.room.url)]
        waiting += [
            one.split("#")[0]
            for one in ours
            if not NO_PAGE.search(one.split("?")[0]) and kind_of(one) not in seen
        ]
