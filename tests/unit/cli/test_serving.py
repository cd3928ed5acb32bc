"""The server of finished pages: this machine only, nothing but files."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from headstamp.cli.serving import main, server
from headstamp.errors import OutputError


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "index.html").write_text("<h1>here</h1>", encoding="utf-8")
    with server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()


def test_it_serves_on_the_loopback_address_with_a_strict_policy(address: str) -> None:
    with urllib.request.urlopen(address) as answer:  # noqa: S310
        assert b"here" in answer.read()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_is_404_and_nothing_outside_is_reached(address: str) -> None:
    for path in ("missing.html", "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address + path)  # noqa: S310
        assert refused.value.code == 404


def test_a_request_under_another_name_is_refused(address: str) -> None:
    request = urllib.request.Request(address, headers={"Host": "attacker.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)  # noqa: S310
    assert refused.value.code == 421


def test_a_port_that_is_taken_is_an_error_that_says_so(tmp_path: Path) -> None:
    with server(tmp_path, 0) as running, pytest.raises(OutputError, match="--port"):
        server(tmp_path, int(running.server_address[1]))


def test_a_folder_that_is_missing_is_an_error_that_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none")]) == 6
    assert "make demo" in capsys.readouterr().err
