"""People come in by invitation alone: a link that works once, for a week, until it is replaced."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.web.records import PASSWORD

from headstamp.web.accounts import actions
from headstamp.web.accounts.models import Invitation, User
from headstamp.web.audit.models import AuditEvent
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db

GOOD = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invited(person, agency):
    return actions.invite(
        email="New.Person@pvpd.example",
        name="Nora Newcombe",
        role="analyst",
        agency=agency("PVPD"),
        by=person("administrator"),
    )


def path(link):
    return link.path


def test_there_is_no_page_to_sign_oneself_up(browser):
    for address in ("/account/signup/", "/accounts/signup/", "/account/password/reset/"):
        assert browser().get(address).status_code == 404


def test_an_invited_person_sets_a_password_and_signs_in(invited, browser, sign_in):
    client = browser()
    assert "Nora Newcombe" in client.get(path(invited)).content.decode()
    assert client.post(path(invited), GOOD)["Location"] == "/account/login/"
    assert sign_in(client, "new.person@pvpd.example").status_code == 302
    assert client.session["_auth_user_id"] == str(invited.invitation.user_id)


def test_nobody_signs_in_before_the_link_was_used(invited, browser, sign_in):
    for password in ("", PASSWORD, "!"):
        client = browser()
        sign_in(client, invited.invitation.user, password)
        assert "_auth_user_id" not in client.session


def test_a_link_works_once(invited, browser):
    browser().post(path(invited), GOOD)
    again = browser().post(path(invited), {"password": "another long pass phrase", "again": "x"})
    assert again.status_code == 404
    assert User.objects.get(pk=invited.invitation.user_id).check_password(PASSWORD)
    with pytest.raises(Refusal, match="used or has expired"):
        actions.accept(invited.invitation, password="another long pass phrase")  # noqa: S106


def test_a_link_ends_after_a_week(invited, browser):
    assert timedelta(days=6.9) < invited.invitation.expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser().get(path(invited)).status_code == 404
    assert browser().post(path(invited), GOOD).status_code == 404
    assert not User.objects.get(pk=invited.invitation.user_id).has_usable_password()


def test_the_link_of_a_disabled_account_opens_nothing(invited, browser):
    User.objects.filter(pk=invited.invitation.user_id).update(is_active=False)
    assert browser().post(path(invited), GOOD).status_code == 404


def test_a_used_an_ended_and_an_invented_link_look_the_same(invited, browser):
    invented = browser().get("/invitation/nothing/")
    browser().post(path(invited), GOOD)
    used = browser().get(path(invited))
    assert (used.status_code, used.content) == (invented.status_code, invented.content)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("elevenchars", "too short"),
        ("password1234", "too common"),
        ("new.person@pvpd", "similar to"),
        ("noranewcombe1", "similar to"),
        ("", "required"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(invited, browser, password, said):
    answer = browser().post(path(invited), {"password": password, "again": password})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Invitation.objects.get(pk=invited.invitation.pk).is_open


def test_both_passwords_must_be_the_same(invited, browser):
    answer = browser().post(path(invited), {"password": PASSWORD, "again": PASSWORD + "x"})
    assert answer.status_code == 422
    assert "not the same" in answer.content.decode()


def test_a_new_link_ends_the_old_one_the_password_the_factor_and_the_sessions(
    person, signed_in, browser, sign_in, with_factor
):
    administrator, user = person("administrator"), person("analyst")
    old = actions.Link(*Invitation.issue(user, by=administrator))
    with_factor(user)
    working = signed_in(user)
    page = signed_in(administrator).post(f"/people/{user.pk}/renew/")
    assert page.status_code == 200
    new = Invitation.objects.get(accepted_at=None, expires_at__gt=timezone.now())
    token = re.search(r"/invitation/([^/]+)/", page.content.decode())[1]
    assert Invitation.of(token) == new
    assert browser().get(path(old)).status_code == 404
    assert working.get("/")["Location"].startswith("/account/login/")
    assert sign_in(browser(), user).status_code == 200
    assert not Authenticator.objects.filter(user=user).exists()
    assert AuditEvent.objects.filter(action="accounts.access_renewed", record=user.pk).exists()


def test_an_address_is_invited_once_whatever_its_case(invited, person, agency, signed_in):
    administrator = person("administrator")
    sent = {
        "name": "Somebody Else",
        "email": "NEW.person@PVPD.example",
        "role": "monitor",
        "agency": agency("PVPD").pk,
    }
    answer = signed_in(administrator).post("/people/invite/", sent)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    assert User.objects.filter(email__iexact="new.person@pvpd.example").count() == 1


@pytest.mark.parametrize("field", ["email", "name"])
def test_what_fits_no_column_is_refused_by_the_form(person, agency, signed_in, field):
    sent = {"name": "A", "email": "a@b.example", "role": "monitor", "agency": agency("PVPD").pk}
    sent[field] = {"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example"}.get(
        field, "n" * 151
    )
    answer = signed_in(person("administrator")).post("/people/invite/", sent)
    assert answer.status_code == 422
    assert not User.objects.filter(role="monitor").exists()
