"""What a session is worth: who it lets in, for how long, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone
from tests.web.records import PASSWORD

from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(person):
    return person("analyst")


def inside(client):
    return client.get("/incidents/").status_code == 200


def test_a_session_of_an_account_that_is_disabled_ends_at_once(user, person, signed_in):
    client = signed_in(user)
    assert inside(client)
    sent = {"version": user.version, "name": user.name, "role": user.role, "agency": user.agency_id}
    administrator = signed_in(person("administrator"))
    page = administrator.get(f"/people/{user.pk}/").context["form"]
    sent |= {page[name].html_initial_name: page[name].value() for name in ("name", "role")}
    sent |= {page["agency"].html_initial_name: user.agency_id, "initial-is_active": "True"}
    assert administrator.post(f"/people/{user.pk}/", sent).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert not inside(client)


def test_a_disabled_account_cannot_sign_in(user, browser, sign_in):
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert sign_in(browser(), user).status_code == 200


@pytest.mark.parametrize(("days", "gets_in"), [(89, True), (91, False)])
def test_an_account_unused_for_ninety_days_is_disabled(user, browser, sign_in, days, gets_in):
    long_ago = timezone.now() - timedelta(days=days)
    type(user).objects.filter(pk=user.pk).update(enabled_at=long_ago, last_login=long_ago)
    client = browser()
    sign_in(client, user)
    assert ("_auth_user_id" in client.session) == gets_in


def test_an_administrator_opens_an_unused_account_again_with_a_new_link(
    user, person, signed_in, browser, sign_in
):
    long_ago = timezone.now() - timedelta(days=200)
    type(user).objects.filter(pk=user.pk).update(enabled_at=long_ago, last_login=long_ago)
    administrator = signed_in(person("administrator"))
    assert "unused for 90 days" in administrator.get("/people/").content.decode()
    link = administrator.post(f"/people/{user.pk}/renew/").context["link"]
    phrase = "a whole new pass phrase"
    browser().post(link, {"password": phrase, "again": phrase})
    assert sign_in(browser(), user, phrase).status_code == 302


def test_a_role_that_was_changed_holds_from_the_next_request(user, signed_in):
    client = signed_in(user)
    assert client.get("/imports/").status_code == 200
    type(user).objects.filter(pk=user.pk).update(role="technician")
    assert client.get("/imports/").status_code == 403


def test_changing_the_password_ends_the_other_sessions_and_is_on_record(user, signed_in):
    here, elsewhere = signed_in(user), signed_in(user)
    phrase = "a whole new pass phrase"
    sent = {"oldpassword": PASSWORD, "password1": phrase, "password2": phrase}
    assert here.post("/account/password/", sent).status_code == 302
    assert inside(here)
    assert not inside(elsewhere)
    assert AuditEvent.objects.filter(action="accounts.password_changed", actor=user.pk).exists()


def test_signing_in_and_out_is_on_record_with_where_from(user, browser, sign_in):
    client = browser()
    sign_in(client, user)
    client.post("/account/logout/")
    found = AuditEvent.objects.order_by("sequence")
    assert [(one.action, one.actor, one.address) for one in found] == [
        ("accounts.signed_in", str(user.pk), "127.0.0.1"),
        ("accounts.signed_out", str(user.pk), "127.0.0.1"),
    ]


def test_following_a_link_signs_nobody_out(user, signed_in):
    client = signed_in(user)
    assert client.get("/account/logout/").status_code == 200
    assert inside(client)


def test_the_session_changes_its_key_at_the_sign_in(user, browser, sign_in):
    client = browser()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client, user)
    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


@override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_cookies_are_for_this_site_over_tls_and_out_of_reach_of_scripts(user, browser, sign_in):
    client = browser()
    client.get("/account/login/")
    sign_in(client, user)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"
    assert not client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]


def test_an_expired_session_leads_to_the_sign_in_and_back_to_the_page_of_the_form(
    incident, browser
):
    found = incident()
    page = f"/incidents/{found.pk}/"
    answer = browser().post(
        f"{page}withdraw/", {"reason": "Twice"}, headers={"Referer": f"http://testserver{page}"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next=%2Fincidents%2F{found.pk}%2F"
    found.refresh_from_db()
    assert not found.is_withdrawn


def test_a_piece_of_a_page_asked_for_in_an_expired_session_moves_the_whole_page(browser):
    answer = browser().get(
        "/scans/6f7c0b1e-0000-4000-8000-000000000000/progress/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/scans/?q=1"},
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fscans%2F%3Fq%3D1"


def test_a_form_of_an_earlier_session_is_refused_with_what_to_do(user, signed_in):
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    answer = client.post("/incidents/new/", {"number": "1"})
    assert answer.status_code == 403
    assert "open the page again" in answer.content.decode()
