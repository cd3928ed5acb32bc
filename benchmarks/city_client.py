"""People at browsers: signed-in connections that stay open, timed request by request."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.city_requests import PAGES, Page

COOKIE: Final = "headstamp_session"
LIMIT: Final = "/health/"
"""The page that answers two letters: what the server and the framework cannot do without."""

WARM: Final = 5


@dataclass
class Times:
    """Milliseconds of each page, by its name, and of ``LIMIT``, asked for after each of them."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    limits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Times) -> None:
        """Take in what somebody else measured."""
        for name, found in other.of.items():
            self.of[name] += found


class Browser:
    """One connection of somebody who is signed in."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port = port
        self._headers = {"Host": f"127.0.0.1:{port}", "Accept": "text/html"}
        if cookie:
            self._headers["Cookie"] = f"{COOKIE}={cookie}"
        self._connection = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        made = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        made.connect()
        return made

    def get(self, path: str) -> float:
        """Ask for a page and read all of it: milliseconds.

        Raises
        ------
        RuntimeError
            If the answer is not the page.
        """
        for last in (False, True):
            begun = time.perf_counter()
            try:
                self._connection.request("GET", path, headers=self._headers)
                answer = self._connection.getresponse()
                body = answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):
                if last:  # the server closes a connection that was idle for five seconds
                    raise
                self._connection.close()
                self._connection = self._connect()
        took = 1e3 * (time.perf_counter() - begun)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return took

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def pages_for(role: str) -> list[Page]:
    """The pages of somebody's role."""
    return [page for page in PAGES if role in page.roles]


def alone(port: int, target: dict[str, Any], requests: int, seed: int) -> Times:
    """One person asks for every page of theirs, one request after the other."""
    chance = random.Random(seed)
    found = Times()
    person = target["people"][0]
    browser = Browser(port, person["cookie"])
    for page in pages_for(target["role"]):
        for number in range(WARM + requests):
            took = browser.get(page.path(person, chance))
            least = browser.get(LIMIT)
            if number >= WARM:
                found.of[page.name].append(took)
                found.limits[page.name].append(least)
    browser.close()
    return found


def stranger(port: int, requests: int) -> list[float]:
    """Somebody who is not signed in asks whether the server answers."""
    browser = Browser(port)
    return [browser.get(LIMIT) for _ in range(WARM + requests)][WARM:]


def together(port: int, targets: dict[str, Any], seconds: float, seed: int) -> tuple[Times, float]:
    """Everybody at once, each asking for pages at random; times and requests a second."""
    end = time.perf_counter() + seconds
    found: list[Times] = []
    faults: list[Exception] = []

    def work(role: str, person: dict[str, Any], own_seed: int) -> None:
        chance, mine = random.Random(own_seed), Times()
        found.append(mine)
        pages = pages_for(role)
        try:
            browser = Browser(port, person["cookie"])
            while time.perf_counter() < end:
                page = chance.choice(pages)
                mine.of[page.name].append(browser.get(page.path(person, chance)))
            browser.close()
        except Exception as error:
            faults.append(error)

    people = [
        threading.Thread(target=work, args=(target["role"], one, seed + 100 * a + b))
        for a, target in enumerate(targets.values())
        for b, one in enumerate(target["people"])
    ]
    begun = time.perf_counter()
    for one in people:
        one.start()
    for one in people:
        one.join()
    took = time.perf_counter() - begun
    if faults:
        raise faults[0]
    whole = Times()
    for one in found:
        whole.add(one)
    return whole, sum(map(len, whole.of.values())) / took


def percentile(times: list[float], share: float) -> float:
    """The time that this share of the requests did not exceed."""
    if len(times) < 2:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[round(100 * share) - 1]
