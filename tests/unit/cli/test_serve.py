"""``headstamp serve`` and ``worker``: what they refuse, and what a served workspace answers."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from tests.endurance.running import Place, environment, free_port, headstamp
from tests.unit.cli.workspaces import assert_refused


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = Place.make(tmp_path_factory.mktemp("serve") / "w")
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(place):
    place.serve("--workers", "0")
    return place.port


def serve(root, *words, **more):
    return headstamp("serve", "--workspace", str(root), *words, **more)


def ask(port, method, path, headers=None, host="127.0.0.1"):
    """Status, headers and text of an answer; a body that is announced is never sent."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": f"{host}:{port}", **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


def test_a_folder_that_is_no_workspace_is_refused(tmp_path):
    assert_refused(serve(tmp_path / "none", "--port", str(free_port())), 11, "headstamp init")
    done = headstamp("worker", "--workspace", str(tmp_path / "none"))
    assert_refused(done, 11, "is no workspace", "headstamp init")


def test_a_port_that_is_taken_is_refused(place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_refused(serve(place.root, "--port", str(port)), 6, f"port {port}", "--port")


def test_an_address_that_is_none_is_refused(place):
    done = serve(place.root, "--host", "nowhere.invalid", "--port", str(free_port()))
    assert_refused(done, 6, "nowhere.invalid", "--host")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 - is refused
def test_a_demonstration_is_served_to_this_machine_alone(place, host):
    done = serve(place.root, "--host", host, "--port", str(free_port()), HEADSTAMP_DEMO="1")
    assert done.returncode in (6, 11)  # 6 where the machine has no such address
    assert "this machine alone" in done.stderr or "cannot be used" in done.stderr


def test_a_demonstration_named_in_the_workspace_is_held_to_the_same(place, tmp_path):
    root = tmp_path / "demo"
    root.mkdir()
    kept = (place.root / "headstamp.env").read_text()
    (root / "headstamp.env").write_text(f"{kept}HEADSTAMP_DEMO=1\n")
    done = serve(root, "--host", "0.0.0.0", "--port", str(free_port()))  # noqa: S104
    assert_refused(done, 11, "this machine alone")


def test_a_served_workspace_answers_with_the_strict_policy(served):
    for path in ("/account/login/", "/health/", "/static/headstamp/page.js", "/nothing/"):
        status, headers, _ = ask(served, "GET", path)
        assert status == (404 if path == "/nothing/" else 200)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
    _, headers, _ = ask(served, "GET", "/account/login/")
    assert "Secure" not in headers["Set-Cookie"]  # on this machine, without a proxy


def test_two_gigabytes_are_refused_before_they_are_sent(served):
    status, headers, text = ask(served, "POST", "/incidents/new/", {"Content-Length": "2000000000"})
    assert status == 413
    assert "You sent 2000 MB" in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_body_without_a_length_is_refused(served):
    status, _, text = ask(served, "POST", "/incidents/new/", {"Transfer-Encoding": "chunked"})
    assert (status, "Content-Length" in text) == (411, True)


def test_another_name_for_this_machine_is_refused(served):
    status, headers, text = ask(served, "GET", "/account/login/", host="rebound.example")
    assert (status, "Not understood" in text) == (400, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ask(served, "GET", "/account/login/", host="localhost")[0] == 200
    assert ask(served, "GET", "/account/login/", host="[::1]")[0] == 200


def test_what_the_workspace_says_of_a_proxy_is_believed(place, tmp_path):
    """Plain HTTP on loopback is for trying it out, not for who has set up a proxy."""
    settings = place.root / "headstamp.env"
    kept = settings.read_text()
    settings.write_text(f"{kept}HEADSTAMP_HOSTS=headstamp.example,127.0.0.1\n")
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "headstamp.cli.main", "serve", "--workers", "0"),
            *("--workspace", str(place.root), "--port", str(port)),
        ],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "for a proxy that ends TLS" in line
        assert "https://headstamp.example/" in line
        status, headers, _ = ask(port, "GET", "/account/login/", host="headstamp.example")
        assert (status, headers["Location"]) == (
            301,
            f"https://headstamp.example:{port}/account/login/",
        )
        through = {"X-Forwarded-Proto": "https"}
        status, headers, _ = ask(port, "GET", "/account/login/", through, "headstamp.example")
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "Secure" in headers["Set-Cookie"]
    finally:
        settings.write_text(kept)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_worker_ends_when_no_job_is_left(place):
    done = headstamp("worker", "--until-empty", "--workspace", str(place.root))
    assert (done.returncode, done.stderr) == (0, "")


def check(place, **more):
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    named = {"HEADSTAMP_WORKSPACE": str(place.root), **more}
    settings = {"DJANGO_SETTINGS_MODULE": "headstamp.web.settings"}
    return subprocess.run(
        words, env=environment(**named, **settings), capture_output=True, text=True, check=False
    )


def test_a_new_workspace_passes_every_check_of_a_deployment(place):
    done = check(place)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_check_of_a_deployment_fails_for_a_demonstration(place):
    done = check(place, HEADSTAMP_DEMO="1")
    assert done.returncode == 1
    assert "HEADSTAMP_DEMO is set" in done.stderr
    assert check(place, HEADSTAMP_SECRET_KEY="short").returncode == 1  # noqa: S106
