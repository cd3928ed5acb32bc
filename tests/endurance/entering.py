"""The entries that a technician makes, each through its page."""

from __future__ import annotations

from collections.abc import Callable

from tests.endurance.browser import Answer, Browser
from tests.endurance.running import Place


class Technician:
    """Somebody with a browser; everything they enter is of one incident."""

    def __init__(self, place: Place) -> None:
        person = place.ask("people", roles=[["technician", "PVPD"]])[0]
        self.browser = Browser(place.port, person["session"])
        self._incident = ""

    def register(self, number: str, **values: str) -> Answer:
        """An incident."""
        form = self.browser.get("/incidents/new/").form(field="occurred_at")
        occurred = "2024-05-01T12:00"
        return self.browser.submit(form, number=number, occurred_at=occurred, **values)

    def add_exhibit(self) -> str:
        """An exhibit; gives its page."""
        self._incident = self._incident or self.register("T-1").location
        form = self.browser.get(f"{self._incident}exhibits/new/").form(field="collected_at")
        answer = self.browser.submit(form)
        assert answer.status == 302, answer.text
        return answer.location

    def send_scan(
        self, exhibit: str, content: bytes, amid: Callable[[], object] | None = None
    ) -> Answer:
        """A scan of an exhibit."""
        form = self.browser.get(exhibit).form(action=f"{exhibit}scans/")
        return self.browser.submit(form, (("scan_files", "scan.x3p", content),), amid)

    def scan(self, content: bytes) -> str:
        """A scan of a new exhibit; gives its page."""
        answer = self.send_scan(self.add_exhibit(), content)
        assert answer.status == 302, answer.text
        return answer.location
