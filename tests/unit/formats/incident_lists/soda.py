"""A portal on loopback that speaks as much of SODA 2.1 as is asked of one, with faults to order."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

DATASET = "abcd-1234"
Handler = BaseHTTPRequestHandler
Fault = Callable[[Handler, "Portal"], bool]


def murder(number: int, updated: str = "2021-01-02T03:00:00.000Z", **other: str) -> dict[str, str]:
    """A row of a known list, with the portal's own fields."""
    return {
        "id": str(number), "case_number": f"A{number}", "date": "2020-03-04T21:05:00.000",
        "block": "001XX N OAK ST", "iucr": "0110", "primary_type": "HOMICIDE", "fbi_code": "01A",
        "updated_on": "2021-01-02T15:40:00.000", ":id": f"row-{number:04}", ":updated_at": updated,
        **other,
    }  # fmt: skip


@dataclass
class Portal:
    """The data, what is wrong with the portal, and what it was asked.

    Parameters
    ----------
    rows : list of dict
    modified : str
        Of ``Last-Modified``; none when empty.
    faults : list
        One for each request to come: takes the handler and the portal, says whether it answered.
    asked : list of dict
        Query and headers of each request.
    release : callable
        Ends what a fault waits for.
    """

    rows: list[dict[str, str]]
    modified: str = "Sat, 02 Jan 2021 03:00:00 GMT"
    faults: list[Fault | None] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    origin: str = ""
    release: Callable[[], object] = lambda: None

    @property
    def address(self) -> str:
        """Of its only dataset."""
        return f"{self.origin}/resource/{DATASET}"

    @property
    def offsets(self) -> list[int]:
        """Of the pages that were asked for."""
        return [int(one["$offset"]) for one in self.asked if "$offset" in one]

    def answer(self, query: dict[str, str]) -> tuple[str, bytes]:
        """Content type and body."""
        rows = [row for row in self.rows if _holds(query.get("$where", ""), row)]
        if query["$select"] == "count(*)":
            return "application/json;charset=utf-8", json.dumps(
                [{"count": str(len(rows))}]
            ).encode()
        assert query["$order"] == ":id"
        rows = sorted(rows, key=lambda row: row[":id"])
        first = int(query["$offset"])
        return "text/csv; charset=UTF-8", self.page(
            rows[first : first + int(query["$limit"])], query["$select"].split(",")
        )

    def page(self, rows: list[dict[str, str]], selected: list[str]) -> bytes:
        """As CSV, the star standing for what is not the portal's own."""
        assert "*" not in selected[1:], "Star selections must come at the start"
        own = [name for name in self.rows[0] if not name.startswith(":")]
        columns = [name for one in selected for name in (own if one == "*" else [one])]
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(name, "") for name in columns] for row in rows)
        return text.getvalue().encode()


def _holds(where: str, row: dict[str, str]) -> bool:
    if not where:
        return True
    match = re.fullmatch(r":updated_at >= '([^']+)'", where)
    assert match, where
    return row[":updated_at"] >= match[1]


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """The portal behind a server, until the end."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            portal.asked.append({**query, "path": parts.path, **self.headers})
            fault = portal.faults.pop(0) if portal.faults else None
            if fault is not None and fault(self, portal):
                return
            if DATASET not in parts.path:
                send(self, b'{"message": "Not found"}', "application/json", status=404)
                return
            kind, body = portal.answer(query)
            send(self, body, kind, modified=portal.modified)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    portal.origin = f"http://127.0.0.1:{server.server_port}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(
    handler: Handler,
    body: bytes,
    kind: str = "text/csv",
    *,
    status: int = 200,
    modified: str = "",
    **headers: str,
) -> None:
    """An answer whose length is said truly unless another is given."""
    handler.send_response(status)
    said = {"Content-Type": kind, "Content-Length": str(len(body))}
    said |= {"Last-Modified": modified} if modified else {}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in said.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def refusing(status: int, **headers: str) -> Fault:
    """Answer with a status."""

    def fault(handler: Handler, portal: Portal) -> bool:
        send(handler, b'{"message": "no"}', "application/json", status=status, **headers)
        return True

    return fault


def sending(body: bytes, kind: str = "text/csv", **headers: str) -> Fault:
    """Answer with this, whatever was asked."""

    def fault(handler: Handler, portal: Portal) -> bool:
        send(handler, body, kind, modified=portal.modified, **headers)
        return True

    return fault


def after(change: Callable[[Portal], None]) -> Fault:
    """Change something, then answer as ever."""

    def fault(handler: Handler, portal: Portal) -> bool:
        change(portal)
        return False

    return fault


def silent(handler: Handler, portal: Portal) -> bool:
    """Say nothing until the other side has given up."""
    handler.connection.settimeout(5)
    handler.rfile.read(1)
    return True


def breaking_off(handler: Handler, portal: Portal) -> bool:
    """Announce more than is sent, and hang up."""
    query = dict(parse_qsl(urlsplit(handler.path).query))
    kind, body = portal.answer(query)
    send(handler, body[: len(body) // 2], kind, Content_Length=str(len(body)))
    handler.close_connection = True
    return True
