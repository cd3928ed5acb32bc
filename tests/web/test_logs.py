"""Log lines hold ids; what somebody typed, is called or owns is in none of them."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog
from gunicorn.config import Config

from headstamp.web.logs import formatter
from headstamp.web.processes.server_log import ServerLog

pytestmark = pytest.mark.django_db

SECRETS = ("Zebulon", "SN-778899", "Alder Street")


@pytest.fixture
def lines(settings):
    """``lines()``: what was written to the log, each line read as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def client(person, signed_in):
    return signed_in(person("analyst", name="Zebulon Quill"))


def test_a_fault_of_ours_is_logged_with_ids_and_lines_of_code_alone(
    client, incident, lines, monkeypatch
):
    found = incident(address="100 block, Alder Street")

    def broken(found, user, **lookup):
        serial, of = "SN-778899", user.name
        raise ValueError(f"{of} cannot look up {serial}") from KeyError(serial)

    monkeypatch.setattr("headstamp.web.casework.queries.read", broken)
    answer = client.get(f"/incidents/{found.pk}/?q=SN-778899")
    assert answer.status_code == 500
    (line,) = lines()
    assert line["route"] == "casework:incident"
    assert line["record"] == str(found.pk)
    assert (line["status"], line["method"], line["level"]) == (500, "GET", "error")
    kinds = [one["kind"] for one in line["exception"]]
    assert kinds == ["builtins.ValueError", "builtins.KeyError"]
    assert any(at.endswith(" broken") for at in line["exception"][0]["at"])
    assert not [one for one in SECRETS if one in json.dumps(line)]
    assert not [one for one in SECRETS if one in answer.content.decode()]


def test_a_link_that_sets_a_password_is_in_no_log(browserless, lines, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("headstamp.web.accounts.views.render", broken)
    assert browserless.get("/invitation/secret-token-of-somebody/").status_code == 500
    (line,) = lines()
    assert line["route"] == "invitation"
    assert "secret-token" not in json.dumps(line)


@pytest.fixture
def browserless():
    from django.test import Client

    return Client(raise_request_exception=False)


def test_what_is_refused_is_logged_without_what_was_sent(client, lines):
    client.handler.enforce_csrf_checks = True
    client.post("/incidents/new/?q=SN-778899", {"number": "SN-778899", "address": "Alder Street"})
    client.handler.enforce_csrf_checks = False
    client.post("/incidents/new/", {"number": "SN-778899", "address": "Alder Street"})
    client.get("/nothing/SN-778899/")
    client.get("/imports/SN-778899/")
    written = json.dumps(lines())
    assert "casework:add_incident" in written
    assert not [one for one in SECRETS if one in written]


def test_a_failed_sign_in_names_nobody(browserless, lines):
    for _ in range(6):
        sent = {"login": "zebulon@pvpd.example", "password": "SN-778899"}
        browserless.post("/account/login/", sent)
    assert "zebulon" not in json.dumps(lines())


def test_our_own_entries_are_written_the_same_way(lines, capsys):
    log = structlog.get_logger("headstamp.web.processes.work")
    try:
        name = SECRETS[0]
        raise ValueError(name)
    except ValueError:
        log.exception("looking for lost jobs failed", job="1")
    (line,) = lines()
    assert line["event"] == "looking for lost jobs failed"
    assert (line["logger"], line["level"], line["job"]) == (
        "headstamp.web.processes.work",
        "error",
        "1",
    )
    assert line["exception"][0]["kind"] == "builtins.ValueError"
    assert SECRETS[0] not in json.dumps(line)
    assert SECRETS[0] not in "".join(capsys.readouterr())


def test_the_web_server_quotes_no_address_and_no_request():
    written = ServerLog(Config())
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    written.error_log.addHandler(handler)
    try:
        raise ValueError("SN-778899")
    except ValueError:
        written.exception("Error handling request %s %s", "GET", "/search/?q=SN-778899")
    written.warning("Invalid request from ip=127.0.0.1: bad line 'GET /?q=SN-778899'")
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first["event"] == "Error handling request"
    assert second["event"] == "Invalid request from ip=127.0.0.1"
    assert "SN-778899" not in stream.getvalue()
