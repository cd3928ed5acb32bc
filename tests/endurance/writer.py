"""One of many people who write at once, and what the server acknowledged to them."""

from __future__ import annotations

import hashlib
import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.endurance.browser import Answer, Browser

TRIES = 8
"""How often somebody takes the next number before they leave it."""


@dataclass
class Shared:
    """What all writers work on."""

    incidents: list[str]
    scenes: list[str]
    scans: list[bytes]
    lock: threading.Lock = field(default_factory=threading.Lock)
    registered: int = 0

    def next_scan(self) -> bytes | None:
        """A file nobody has sent yet."""
        with self.lock:
            return self.scans.pop() if self.scans else None


@dataclass
class Ledger:
    """What one writer was told."""

    events: Counter[str] = field(default_factory=Counter)
    incidents: list[str] = field(default_factory=list)
    exhibits: list[str] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    tokens: dict[str, list[str]] = field(default_factory=dict)
    conflicts: int = 0
    taken_numbers: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


class Writer:
    """Signs nothing in: the session is there; does one thing after another at random."""

    def __init__(
        self, name: str, browser: Browser, partner: str, shared: Shared, seed: int
    ) -> None:
        self.name = name
        self.ledger = Ledger()
        self._browser = browser
        self._partner = partner
        self._shared = shared
        self._random = random.Random(seed)
        self._mine: list[str] = []
        self._count = 0

    def one_thing(self) -> None:
        """Do something, whatever it is."""
        things: list[tuple[Callable[[], None], int]] = [
            (self.register_incident, 2),
            (self.add_exhibit, 4),
            (self.add_to_note, 6),
            (self.offer, 3),
            (self.take, 4),
            (self.send_scan, 1),
            (self.send_photograph, 2),
            (self.review, 2),
        ]
        weights = [weight for _, weight in things]
        self._random.choices(things, weights)[0][0]()

    def register_incident(self) -> None:
        """Take the number that seems to be next, as others do."""
        form = self._get("/incidents/new/").form(field="occurred_at")
        for _ in range(TRIES):
            number = f"R-{self._shared.registered + 1:05d}"
            answer = self._told(
                self._browser.submit(form, number=number, occurred_at="2024-05-01T12:00"), 302, 422
            )
            self._shared.registered = max(self._shared.registered, int(number[2:]))
            if answer.status == 302:
                self.ledger.incidents.append(number)
                self.ledger.events["casework.incident_added"] += 1
                return
            self._refused_as_taken(answer)

    def add_exhibit(self) -> None:
        """Take the proposed number; when somebody was quicker, the next one."""
        incident = self._random.choice(self._shared.incidents)
        form = self._get(f"/incidents/{incident}/exhibits/new/").form(field="collected_at")
        number = form.values["number"]
        for _ in range(TRIES):
            answer = self._told(self._browser.submit(form, number=number), 302, 422)
            if answer.status == 302:
                self.ledger.exhibits.append(number)
                self.ledger.events["evidence.exhibit_added"] += 1
                self._mine.append(answer.location)
                return
            self._refused_as_taken(answer)
            proposed = re.search(r"Next free number: <strong>(.*?)</strong>", answer.text)
            number = proposed[1] if proposed else self._fault("no number is proposed", answer)

    def add_to_note(self) -> None:
        """Add a word to a note as it was read; it is in it, or both versions are shown."""
        scene = self._random.choice(self._shared.scenes)
        form = self._get(f"/scenes/{scene}/change/").form(field="note")
        self._count += 1
        token = f"{self.name}.{self._count:04d}"
        before = form.values["note"]
        after = f"{before} {token}".strip()
        answer = self._told(self._browser.submit(form, note=after), 302, 409)
        if answer.status == 302:
            self.ledger.tokens.setdefault(scene, []).append(token)
            self.ledger.events["casework.scene_changed"] += 1
            return
        self.ledger.conflicts += 1
        self._both_are_shown(answer, after)

    def _both_are_shown(self, answer: Answer, mine: str) -> None:
        shown = re.findall(r'<input type="radio" name="note" value="([^"]*)"', answer.text)
        if len(shown) != 2 or shown[1] != mine or shown[0] == mine:
            self._fault("not both versions are shown", answer)
        keep_theirs = answer.form(field="version")
        answer = self._told(self._browser.submit(keep_theirs, note=shown[0]), 302, 409)

    def offer(self) -> None:
        """Offer one's newest exhibit to the partner."""
        if not self._mine:
            return
        exhibit = self._mine.pop()
        answer = self._get(exhibit)
        form = answer.form(action=f"{exhibit}offer/")
        answer = self._told(self._browser.submit(form, to=self._partner), 302, 422)
        if answer.status == 302:
            self.ledger.events["evidence.hand_over_offered"] += 1

    def take(self) -> None:
        """Take the first thing that is offered."""
        found = re.search(r"/hand-overs/[0-9a-f-]+/", self._get("/exhibits/").text)
        if not found:
            return
        form = self._get(found[0]).form(action=f"{found[0]}settle/")
        answer = self._told(self._browser.submit(form, do="take"), 302)
        if answer.location.startswith("/exhibits/"):
            self.ledger.events["evidence.hand_over_taken"] += 1
            self._mine.insert(0, answer.location)
        else:
            self.ledger.refused += 1

    def send_scan(self) -> None:
        """Send a scan of one's own exhibit, now and then the same again."""
        content = self._shared.next_scan() if self._mine else None
        if content is None:
            return
        exhibit = self._mine[-1]
        for again in range(self._random.choice((1, 2))):
            form = self._get(exhibit).form(action=f"{exhibit}scans/")
            file = ("scan_files", "scan.x3p", content)
            answer = self._told(self._browser.submit(form, (file,)), 422 if again else 302)
            if answer.status == 302:
                self.ledger.scans.append(hashlib.sha256(content).hexdigest())
                self.ledger.events["evidence.scan_added"] += 1
            elif "not stored twice" not in answer.text:
                self._fault("a duplicate is not named", answer)

    def send_photograph(self) -> None:
        """Send a photograph of a shared scene."""
        scene = f"/scenes/{self._random.choice(self._shared.scenes)}/"
        self._count += 1
        form = self._get(scene).form(action=f"{scene}photographs/")
        file = ("photographs", "one.png", _picture(f"{self.name}.{self._count}"))
        answer = self._told(self._browser.submit(form, (file,)), 302)
        if "1 photograph kept" not in self._get(answer.location).text:
            self._fault("a photograph was not kept", answer)
        self.ledger.events["casework.photograph_added"] += 1

    def review(self) -> None:
        """Decide about one of the first links of the queue, as others do."""
        found = re.findall(r"/links/[0-9a-f-]+/", self._get("/queue/").text)
        if not found:
            return
        link = self._random.choice(found[:3])
        page = self._get(link)
        step = next((s for s in ("review", "verify") if f"{link}{s}/" in page.text), None)
        if step is None:
            return
        form = page.form(action=f"{link}{step}/")
        answer = self._told(self._browser.submit(form, decision="lead", reason="Seen"), 302, 409)
        if answer.status == 302:
            self.ledger.events["comparisons.link_moved"] += 1
        else:
            self.ledger.refused += 1

    def _get(self, path: str) -> Answer:
        return self._told(self._browser.get(path), 200)

    def _told(self, answer: Answer, *allowed: int) -> Answer:
        if answer.status not in allowed:
            self._fault(f"{answer.status} is not among {allowed}", answer)
        return answer

    def _refused_as_taken(self, answer: Answer) -> None:
        if "already" not in answer.text:
            self._fault("refused for another reason", answer)
        self.ledger.taken_numbers += 1

    def _fault(self, what: str, answer: Answer) -> str:
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))
        raise AssertionError(f"{self.name}: {what}: {answer.path}: {page[-1500:]}")


def _picture(text: str) -> bytes:
    """A PNG whose content is unique."""
    import io

    from PIL import Image, PngImagePlugin

    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", text)
    stream = io.BytesIO()
    Image.new("L", (4, 4)).save(stream, "PNG", pnginfo=facts)
    return stream.getvalue()
