"""The strict policy and its companions are on every kind of answer, and every page keeps it."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client, override_settings
from tests.contracts.test_templates import ELSEWHERE, Page
from tests.web.test_permissions import TABLE, address, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}


def assert_guarded(answer):
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    assert {name: value for name, _, value in parts} == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


@pytest.fixture
def monitor(person, signed_in):
    return signed_in(person("monitor"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/account/logout/", 200),
        ("/nothing/", 404),
        ("/incidents/00000000-0000-4000-8000-000000000000/", 404),
        ("/imports/", 403),
        ("/audit/verify/", 405),
        ("/audit/export/", 200),
        ("/health/", 200),
        ("/static/headstamp/page.js", 200),
        ("/static/nothing.js", 404),
        ("/?a=%00", 400),
    ],
)
def test_pages_errors_files_and_exports_carry_them(monitor, path, status):
    answer = monitor.get(path)
    assert answer.status_code == status
    assert_guarded(answer)


def test_an_error_of_ours_carries_them(monitor, monkeypatch):
    monkeypatch.setattr("headstamp.web.home.casework.search_incidents", broken)
    answer = monitor.get("/")
    assert answer.status_code == 500
    assert "our fault" in answer.content.decode()
    assert_guarded(answer)


def test_what_is_refused_early_carries_them(monitor):
    for sent, status in (
        ({"CONTENT_LENGTH": "600000000"}, 413),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"HTTP_HOST": "rebound.example"}, 400),
    ):
        answer = monitor.post("/incidents/new/", **sent)
        assert answer.status_code == status
        assert_guarded(answer)


def test_redirects_and_stale_forms_carry_them(monitor):
    assert_guarded(Client().get("/incidents/"))
    monitor.handler.enforce_csrf_checks = True
    answer = monitor.post("/audit/verify/")
    assert answer.status_code == 403
    assert_guarded(answer)


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_a_request_without_tls_is_sent_to_tls_and_carries_them(monitor):
    answer = Client().get("/incidents/")
    assert answer["Location"] == "https://testserver/incidents/"
    assert_guarded(answer)
    assert "max-age=31536000" in Client().get("/health/", secure=True)["Strict-Transport-Security"]


def test_no_page_is_kept_by_a_browser_but_our_own_files_are(monitor):
    for path in ("/", "/incidents/", "/audit/export/", "/nothing/"):
        assert "no-store" in monitor.get(path)["Cache-Control"]
    assert "no-store" not in monitor.get("/static/headstamp/page.js")["Cache-Control"]


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row[0] == "GET"))
def test_a_rendered_page_holds_no_script_no_style_and_no_address_of_elsewhere(
    name,
    world,  # noqa: F811
    records,
    signed_in,
):
    _, roles, kind = TABLE[name]
    user = records.person(sorted(roles)[0] if roles else "monitor", "OWN")
    if name == "mfa_view_recovery_codes":
        RecoveryCodes.activate(user)
    answer = signed_in(user).get(address(name, kind, world, "OWN", records), follow=True)
    assert_guarded(answer)
    if not answer.get("Content-Type", "").startswith("text/html"):
        return
    text = answer.content.decode()
    page = Page()
    page.feed(text)
    assert not page.found
    found = ELSEWHERE.findall(text)
    assert not [one for one in found if not one.startswith(("http://testserver", "http://www.w3"))]
