"""Somebody who goes on entering whatever becomes of the server, and remembers what it said."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

from tests.endurance.browser import Answer, Browser, File, Form, LostError
from tests.endurance.running import Place, eventually


@dataclass
class Acknowledged:
    """What the server said is kept, and what nobody knows of."""

    exhibits: list[str] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    lost: int = 0
    faults: list[str] = field(default_factory=list)


class Drawer:
    """Scans that have not been sent yet, handed out little by little."""

    def __init__(self, scans: list[bytes]) -> None:
        self.share = 0.1
        """How many of them may be taken by now: 0 to 1."""
        self._scans = scans
        self._taken = 0
        self._lock = threading.Lock()

    def take(self) -> bytes | None:
        """The next one, if it is time."""
        with self._lock:
            if self._taken >= self.share * len(self._scans):
                return None
            self._taken += 1
            return self._scans[self._taken - 1]


class Clerk(threading.Thread):
    """Enters exhibits of one incident, and scans of each, until told to stop."""

    def __init__(self, place: Place, session: str, number: int, drawer: Drawer) -> None:
        super().__init__(name=f"clerk {number}")
        self.told = Acknowledged()
        self.doing = ""
        self.stop = threading.Event()
        self.browser = Browser(place.port, session)
        self._place = place
        self._drawer = drawer
        self._incident = self._register(number)

    def run(self) -> None:
        """Enter until told to stop; after each answer that never came wait for the server."""
        while not self.stop.is_set():
            try:
                self._enter()
            except LostError:
                self._lost()
            except AssertionError as error:
                self.told.faults.append(str(error))
                return

    def _register(self, number: int) -> str:
        form = self._get("/incidents/new/").form(field="occurred_at")
        answer = self.browser.submit(form, number=f"K-{number}", occurred_at="2024-05-01T12:00")
        return answer.location

    def _enter(self) -> None:
        form = self._get(f"{self._incident}exhibits/new/").form(field="collected_at")
        answer = self._post("exhibit", form)
        assert answer.status == 302, f"{answer.status} {answer.path} {answer.text[-2000:]}"
        self.told.exhibits.append(form.values["number"])
        if content := self._drawer.take():
            self._send_scan(answer.location, content)

    def _send_scan(self, exhibit: str, content: bytes) -> None:
        """Send it until it is known to be there: a second time it is a duplicate."""
        while not self.stop.is_set():
            try:
                form = self._get(exhibit).form(action=f"{exhibit}scans/")
                answer = self._post("scan", form, (("scan_files", "scan.x3p", content),))
            except LostError:
                self._lost()
                continue
            there = answer.status == 302 or "not stored twice" in answer.text
            assert there, f"{answer.status} {answer.path} {answer.text[-2000:]}"
            self.told.scans.append(hashlib.sha256(content).hexdigest())
            return

    def _post(self, what: str, form: Form, files: tuple[File, ...] = ()) -> Answer:
        self.doing = what
        try:
            return self.browser.submit(form, files)
        finally:
            self.doing = ""

    def _get(self, path: str) -> Answer:
        answer = self.browser.get(path)
        assert answer.status == 200, f"{answer.status} {path} {answer.text[-2000:]}"
        return answer

    def _lost(self) -> None:
        self.told.lost += 1
        eventually(lambda: self.stop.is_set() or self._place.answers(), "the server is back")
