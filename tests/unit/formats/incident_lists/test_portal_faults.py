"""A portal that is slow, closed, elsewhere or lies: waited for or refused, and nothing imported."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import HTTPServer
from pathlib import Path

import pytest
from tests.unit.formats.incident_lists import soda
from tests.unit.formats.incident_lists.soda import (
    DATASET,
    after,
    breaking_off,
    murder,
    refusing,
    sending,
    silent,
)

from headstamp.errors import PortalError
from headstamp.formats.incident_lists.portal import asking, collecting
from headstamp.formats.incident_lists.portal.address import dataset
from headstamp.formats.incident_lists.portal.asking import TRIES, Portal
from headstamp.formats.incident_lists.portal.fetching import Fetched, Wanted, fetch

HEADER = "id,case_number,date,block,iucr,primary_type,fbi_code,updated_on,:id,:updated_at\n"


@pytest.fixture
def portal() -> Iterator[soda.Portal]:
    """Four murders."""
    with soda.serving(soda.Portal([murder(number) for number in range(1, 5)])) as one:
        yield one


@pytest.fixture
def waits() -> list[float]:
    """Seconds that were waited each time; nothing waits in truth."""
    return []


@pytest.fixture
def get(portal: soda.Portal, tmp_path: Path, waits: list[float]) -> Callable[..., Fetched]:
    """``get()`` fetches two pages of two rows."""

    def run(timeout: float = 5.0) -> Fetched:
        asked = Portal(dataset(portal.address), "", timeout, lambda _: None, waits.append)
        return fetch(asked, Wanted(tmp_path / "data", page_size=2))

    return run


@pytest.fixture
def imported(tmp_path: Path) -> Callable[[], list[Path]]:
    """``imported()``: whatever of a vintage is there."""
    return lambda: [path for path in (tmp_path / "data").rglob("*") if path.suffix == ".parquet"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_passes_is_waited_for_longer_each_time(get, portal, waits, status):
    portal.faults = [None, *[refusing(status)] * 3]
    assert get().imported.vintage.rows == 4
    assert waits == [1, 2, 4]


def test_the_portal_says_how_long_to_wait(get, portal, waits):
    portal.faults = [refusing(429, Retry_After="17"), refusing(503, Retry_After="0")]
    get()
    assert waits == [17, 0]


def test_the_portal_says_until_when_to_wait(get, portal, waits):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    portal.faults = [refusing(429, Retry_After=then), refusing(503, Retry_After="soon")]
    get()
    assert 60 < waits[0] <= 100
    assert waits[1] == 2


def test_a_portal_that_wants_hours_is_left_to_the_user(get, portal, waits):
    portal.faults = [refusing(429, Retry_After="7200")]
    with pytest.raises(PortalError, match=r"left alone for 7,200 s; run the same command again"):
        get()
    assert not waits


def test_it_is_given_up_in_the_end(get, portal, waits, tmp_path):
    portal.faults = [refusing(503)] * 50
    with pytest.raises(PortalError, match=rf"answers 503 .*{TRIES} times in a row"):
        get()
    assert len(portal.asked) == TRIES
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("status", "advice"),
    [(400, "check the address"), (401, "app token"), (403, "app token"), (404, "id of the")],
)
def test_what_does_not_pass_is_not_asked_again(get, portal, waits, status, advice):
    portal.faults = [refusing(status)]
    with pytest.raises(PortalError, match=rf"answers {status} \(no\).*{advice}"):
        get()
    assert (len(portal.asked), waits) == (1, [])


def test_a_portal_that_says_nothing_is_asked_again(get, portal, waits):
    portal.faults = [None, silent]
    assert get(timeout=0.3).imported.vintage.rows == 4
    assert waits == [1]


def test_a_portal_that_never_says_anything_is_given_up(get, portal, monkeypatch, imported):
    monkeypatch.setattr(asking, "TRIES", 2)
    portal.faults = [None, None, silent, silent]
    with pytest.raises(PortalError, match="does not answer in time, 2 times in a row"):
        get(timeout=0.3)
    assert not imported()


def test_an_answer_that_trickles_without_end_is_given_up(get, monkeypatch):
    monkeypatch.setattr(asking, "LONGEST_ANSWER", -1.0)
    with pytest.raises(PortalError, match="an answer took more than"):
        get()


def test_a_connection_that_breaks_is_made_again(get, portal, waits):
    portal.faults = [None, breaking_off, breaking_off]
    assert get().imported.vintage.rows == 4
    assert waits == [1, 2]


def test_a_portal_that_lies_about_the_length_of_its_answer_is_told(get, portal, imported):
    portal.faults = [None, *[breaking_off] * TRIES]
    with pytest.raises(PortalError, match=r"sent \d+ of the \d+ bytes it had announced"):
        get()
    assert not imported()


def test_an_answer_cut_at_the_length_it_announced_is_told(get, portal, imported):
    whole = portal.page(portal.rows[:2], ["*", ":id", ":updated_at"])
    portal.faults = [None, sending(whole, Content_Length=str(len(whole) - 9))]
    with pytest.raises(PortalError, match="page 1 is damaged or cut off"):
        get()
    assert not imported()


def test_nobody_there_is_told(tmp_path, waits):
    with soda.serving(soda.Portal([])) as gone:
        pass
    asked = Portal(dataset(gone.address), sleep=waits.append)
    with pytest.raises(PortalError, match="cannot be reached"):
        fetch(asked, Wanted(tmp_path / "data"))
    assert len(waits) == TRIES - 1


@pytest.mark.parametrize(
    ("count", "trouble"),
    [
        (b'[{"count":"5"}]', "says that it has 5 rows, but page 3 has 0 where 1 should be"),
        (b'[{"count":"3"}]', "says that it has 3 rows, but page 2 has 2 where 1 should be"),
        (b'[{"count":"0"}]', "has no rows"),
        (b'[{"count":"-1"}]', "says that it has -1 rows"),
        (b'[{"count":"many"}]', "does not say how many rows"),
        (b"[]", "does not say how many rows"),
        (b"[" * 60_000, "is no JSON"),
        (b"<html>Welcome</html>", "is no JSON"),
        (b" " * 70_000, "is larger than"),
    ],
)
def test_a_portal_that_lies_about_its_rows_is_told(get, portal, imported, count, trouble):
    def lie(handler, one):
        is_count = "count" in handler.path
        return sending(count, "application/json")(handler, one) if is_count else False

    portal.faults = [lie] * 10
    with pytest.raises(PortalError, match=trouble):
        get()
    assert not imported()


def test_a_portal_that_sends_small_pages_is_told_with_what_to_do(get, portal):
    small = portal.page(portal.rows[:1], ["*", ":id", ":updated_at"])
    portal.faults = [None, sending(small)]
    with pytest.raises(PortalError, match="give --page-size 1"):
        get()


@pytest.mark.parametrize(
    ("rename", "trouble"),
    [
        ({"iucr": "iucr_code"}, "page 2 has iucr_code and lacks iucr, unlike page 1"),
        ({"iucr": "block", "block": "iucr"}, "page 2 has its columns in another order"),
    ],
)
def test_columns_that_change_between_pages_are_told(get, portal, imported, rename, trouble):
    def change(one: soda.Portal) -> None:
        one.rows = [{rename.get(name, name): row[name] for name in row} for row in one.rows]

    portal.faults = [None, None, after(change)]
    with pytest.raises(PortalError, match=trouble):
        get()
    assert not imported()


def test_after_columns_changed_it_is_fetched_from_the_beginning(get, portal):
    def change(one: soda.Portal) -> None:
        one.rows = [{"ward": "4", **row} for row in one.rows]

    portal.faults = [None, None, after(change)]
    with pytest.raises(PortalError):
        get()
    assert "ward" in get().imported.vintage.fields


@pytest.mark.parametrize(
    ("body", "kind", "trouble"),
    [
        (b"<!DOCTYPE html><p>Sign in", "text/html", "is a web page instead of CSV"),
        (b"\n <html>Maintenance</html>", "text/csv", "is a web page instead of CSV"),
        (b'[{"id": 1}]', "application/json", "is application/json instead of CSV"),
        (b"", "text/csv", "is nothing instead of CSV"),
        (HEADER.encode() + b"1,2\n", "text/csv", "row 1 has 2 columns, not 10"),
        (HEADER.encode() + b'"1,2\n', "text/csv", "damaged or cut off"),
        (HEADER.encode() + b"\xff\xfe\n", "text/csv", "damaged or cut off"),
        (b'"a\nb",c\n1,2\n', "text/csv", "its header is not one line"),
        (b"id,ID,:id,:updated_at\n1,2,3,4\n", "text/csv", "two columns have one name"),
        (b"id,date\n1,2\n", "text/csv", "has no column :id and :updated_at"),
    ],
)
def test_what_is_no_page_of_a_list_is_refused(get, portal, imported, body, kind, trouble):
    portal.faults = [None, sending(body, kind)]
    with pytest.raises(PortalError, match=trouble):
        get()
    assert not imported()


@pytest.mark.parametrize("declares", [True, False])
def test_an_answer_that_is_too_large_is_refused(get, portal, monkeypatch, declares):
    monkeypatch.setattr(collecting, "LARGEST_PAGE", 300)

    def endless(handler, one):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/csv")
        if declares:
            handler.send_header("Content-Length", "301")
        handler.end_headers()
        handler.wfile.write(b"x" * 301)
        return True

    portal.faults = [None, endless]
    with pytest.raises(PortalError, match=r"larger than .*smaller --page-size"):
        get()


def moved(where: str) -> soda.Fault:
    return refusing(302, Location=where)


def test_another_path_of_the_same_host_is_followed(get, portal):
    portal.faults = [moved(f"/api/{DATASET}.json?$select=count(*)")]
    assert get().imported.vintage.rows == 4
    assert portal.asked[1]["path"] == f"/api/{DATASET}.json"


@pytest.mark.parametrize(
    "where", ["https://other.example.gov/resource/abcd-1234.csv", "//other.example.gov/", "ftp://x"]
)
def test_another_host_is_never_asked(get, portal, imported, where):
    portal.faults = [moved(where)]
    with pytest.raises(PortalError, match=r"sends us on to .* not the same host"):
        get()
    assert len(portal.asked) == 1
    assert not imported()


def test_another_port_of_the_same_host_is_another_host(get, portal):
    with soda.serving(soda.Portal(portal.rows)) as other:
        portal.faults = [moved(f"{other.address}.json")]
        with pytest.raises(PortalError, match="not the same host"):
            get()
        assert not other.asked


def test_a_circle_is_left(get, portal):
    portal.faults = [moved("/resource/abcd-1234.json")] * 50
    with pytest.raises(PortalError, match="round in a circle"):
        get()
    assert len(portal.asked) < 10


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (["https://data.example.gov/resource/abcd-1234"], "https://data.example.gov"),
        (["https://DATA.example.gov:443/resource/abcd-1234.csv"], "https://data.example.gov"),
        (["data.example.gov/resource/abcd-1234.json"], "https://data.example.gov"),
        (["https://data.example.gov/d/abcd-1234/"], "https://data.example.gov"),
        (["data.example.gov", "abcd-1234"], "https://data.example.gov"),
        (["https://data.example.gov/", "abcd-1234"], "https://data.example.gov"),
        (["data.example.gov:8443", "abcd-1234"], "https://data.example.gov:8443"),
        (["http://127.0.0.1:8080", "abcd-1234"], "http://127.0.0.1:8080"),
        (["http://[::1]:8080", "abcd-1234"], "http://[::1]:8080"),
        (["http://localhost", "abcd-1234"], "http://localhost"),
    ],
)
def test_a_dataset_is_named_by_its_address_or_by_host_and_id(words, address):
    assert dataset(*words).address == f"{address}/resource/abcd-1234"


@pytest.mark.parametrize(
    "words",
    [
        ["data.example.gov"],
        ["data.example.gov", "abcd1234"],
        ["data.example.gov/resource/abcd-1234", "abcd-1234"],
        ["https://data.example.gov/resource/abcd-1234?$where=x"],
        ["https://data.example.gov/resource/ABCD-1234"],
        ["https://data.example.gov/resource/../abcd-1234"],
        ["https://me:secret@data.example.gov/resource/abcd-1234"],
        ["https://data.example.gov:port/resource/abcd-1234"],
        ["https://[::1/resource/abcd-1234"],
        ["https://a b/resource/abcd-1234"],
        ["", "abcd-1234"],
    ],
)
def test_what_names_no_dataset_is_refused(words):
    with pytest.raises(PortalError, match="names no dataset; write https://HOST/resource"):
        dataset(*words)


@pytest.mark.parametrize("scheme", ["http", "ftp", "file"])
def test_another_machine_is_asked_over_tls_alone(scheme):
    with pytest.raises(PortalError, match="without TLS"):
        dataset(f"{scheme}://data.example.gov/resource/abcd-1234")


@pytest.mark.parametrize("token", ["a\r\nHost: other", "t\N{LATIN SMALL LETTER O WITH STROKE}ken"])
def test_a_token_that_can_be_none_is_refused(token):
    with pytest.raises(PortalError, match="app token has characters that none has"):
        Portal(dataset("data.example.gov", "abcd-1234"), token)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, waits):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    asked = []

    class Server(HTTPServer):
        def finish_request(self, *_: object) -> None:
            asked.append(1)

        def handle_error(self, *_: object) -> None:
            """Nothing is printed."""

    server = Server(("127.0.0.1", 0), soda.Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        address = f"https://localhost:{server.server_port}/resource/abcd-1234"
        with pytest.raises(PortalError, match=r"cannot be trusted .*nothing was sent"):
            fetch(Portal(dataset(address), sleep=waits.append), Wanted(tmp_path / "data"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert (asked, waits) == ([], [])
