"""A table of 50,000 incidents on its way in: handed in, looked at, imported while others read."""

from __future__ import annotations

import csv
import http.client
import io
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from benchmarks.city_client import COOKIE, Browser
from headstamp.simulation.city import plan_city
from headstamp.simulation.city_names import TIME_ZONE

ROWS: Final = 50_000
HEADER: Final = (
    *("Incident Number", "Date Occurred", "Reported", "Block", "District", "IUCR"),
    *("Primary Type", "Killed", "Wounded", "Shot at", "Status", "Latitude", "Longitude"),
)


@dataclass(frozen=True)
class Imported:
    """Seconds of each step, the longest wait of a reader meanwhile, and what the server took."""

    rows: int
    upload: float
    preview: float
    run: float
    longest_read: float
    reads: int
    peak_mb: float


def table(rows: int = ROWS) -> bytes:
    """Incidents of a year that no loaded city has, as an agency exports them."""
    city = plan_city(99, rows, 2014, rows // 6, scans=0, exhibits=0)
    zone = ZoneInfo(TIME_ZONE)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(HEADER)
    for number, one in enumerate(city.incidents):
        occurred, reported = (at.astimezone(zone) for at in (one.occurred_at, one.reported_at))
        writer.writerow(
            [
                f"HX{number:07d}",
                f"{occurred:%m/%d/%Y %I:%M %p}",
                f"{reported:%m/%d/%Y %I:%M %p}",
                *(one.address, one.area, one.offence_code, one.offence_title),
                *(one.homicides, one.nonfatal, one.shot_at, one.status),
                *(f"{41.8 + one.y_m / 111_000:.6f}", f"{-87.6 + one.x_m / 111_000:.6f}"),
            ]
        )
    return stream.getvalue().encode()


class Importer:
    """Somebody at the pages of imports."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._cookie = f"{COOKIE}={cookie}"
        self._origin = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> str:
        """A page."""
        return self._send("GET", path)[1]

    def post(self, path: str, form: str, fields: dict[str, Any]) -> str:
        """Send a form that was taken from a page; where it leads."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form))
        assert token, form
        body, kind = _multipart({"csrfmiddlewaretoken": token[1], **fields})
        answer, text = self._send(
            "POST", path, body, {"Content-Type": kind, "Referer": self._origin}
        )
        assert answer.status == 302, (path, answer.status, text[:500])
        return str(answer.headers["Location"])

    def _send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        sent = {"Cookie": self._cookie, **(headers or {})}
        try:
            self._connection.request(method, path, body, sent)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            self._connection.request(method, path, body, sent)
            answer = self._connection.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("csrftoken"):
                self._cookie = f"{self._cookie.split('; csrf')[0]}; {value.split(';')[0]}"
        return answer, answer.read().decode()


def _multipart(fields: dict[str, Any]) -> tuple[bytes, str]:
    boundary, parts = "----headstamp", []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        if isinstance(value, bytes):
            head += '; filename="table.csv"\r\nContent-Type: text/csv'
        data = value if isinstance(value, bytes) else str(value).encode()
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(
        parts
    ) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def bring_in(port: int, target: dict[str, Any], server: int, rows: int = ROWS) -> Imported:
    """Hand a table in, look at it, and import it while somebody else reads.

    Parameters
    ----------
    server : int
        Process id of the server, one of whose descendants answers.
    """
    content = table(rows)
    cookies = [one["cookie"] for one in target["people"]]
    importer = Importer(port, cookies[0])
    began = time.perf_counter()
    page = importer.post("/imports/new/", "/imports/new/", {"kind": "incidents", "table": content})
    handed_in = time.perf_counter()
    preview = importer.get(page)
    looked = time.perf_counter()
    assert f'<dd class="hs-figure">{rows}</dd>' in preview, preview[:3000]
    waits: list[float] = []
    done = threading.Event()
    reader = threading.Thread(target=_read, args=(port, cookies[1], waits, done))
    reader.start()
    started = time.perf_counter()
    importer.post(f"{page}run/", "/imports/", {})
    finished = time.perf_counter()
    done.set()
    reader.join()
    return Imported(
        rows,
        handed_in - began,
        looked - handed_in,
        finished - started,
        max(waits) / 1e3,
        len(waits),
        peak_mb(server),
    )


def _read(port: int, cookie: str, waits: list[float], done: threading.Event) -> None:
    browser = Browser(port, cookie)
    while not done.is_set():
        waits.append(browser.get("/incidents/"))
        time.sleep(0.05)
    browser.close()


def peak_mb(server: int) -> float:
    """The most memory a process of the server or of its descendants has held, MB."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found = [server]
    for process in found:  # grows while it is read: children, and theirs
        found += [child for child, parent in parents.items() if parent == process]
    peaks = []
    for process in found:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        peaks += [int(kib) / 1024 for kib in re.findall(r"VmHWM:\s+(\d+)", status)]
    return max(peaks)
