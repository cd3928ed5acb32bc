"""Programs have a text checked without a form."""

from __future__ import annotations

import json

import pytest

from headstamp.web.claims import rate

pytestmark = pytest.mark.django_db

ADDRESS = "/check/api/"


def post(client, content):
    body = content if isinstance(content, (str, bytes)) else json.dumps(content)
    return client.post(ADDRESS, body, content_type="application/json")


def test_the_answer_is_what_the_command_prints(sent, lists, tmp_path):
    from django.conf import settings
    from django.test import Client
    from typer.testing import CliRunner

    from headstamp.cli.main import app

    answer = post(Client(enforce_csrf_checks=True), sent)
    assert answer.status_code == 200
    text = tmp_path / "said.txt"
    text.write_text(sent["text"], encoding="utf-8")
    words = ["check", str(text), "--data", str(settings.WORKSPACE.lists), "--date", sent["date"]]
    printed = CliRunner().invoke(app, [*words, "--json"])
    assert answer.json()["claims"] == json.loads(printed.stdout)["claims"]
    assert answer.json()["claims"][0]["finding"] == "consistent"
    assert answer.json()["left_out"] == 0


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        ("no JSON", 400, "no JSON object"),
        (b"\xff", 400, "no JSON object"),
        ([], 400, "no JSON object"),
        ({"date": "2017-06-30"}, 400, "with a text"),
        ({"text": 5, "date": "2017-06-30"}, 400, "with a text"),
        ({"text": "x", "date": "2017"}, 422, "Write it as 2017-06-30"),
        ({"text": "x"}, 422, "Say on which day"),
        ({"text": "x" * 200_001, "date": "2017-06-30"}, 422, "longer than 200 kB"),
        ("[" * 100_000, 400, "no JSON object"),
    ],
)
def test_what_cannot_be_checked_is_said(client, content, status, said):
    answer = post(client, content)
    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_too_many_a_minute_have_to_wait(client, sent, monkeypatch):
    monkeypatch.setattr(rate, "PER_MINUTE", 0)
    assert post(client, sent).status_code == 429


def test_whoever_looks_is_told_how_to_use_it(client):
    assert "POST" in client.get(ADDRESS).json()["usage"]
