"""A second factor is asked for at every sign-in, and nobody without one reaches anything."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import override_settings
from tests.web.accounts.conftest import code_at

from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

ACTIVATE = "/account/2fa/totp/activate/"
CODE = "/account/2fa/authenticate/"


@pytest.fixture
def user(person):
    return person("analyst")


def test_the_code_is_that_of_the_standard():
    """Appendix B of RFC 6238, its last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105
    assert code_at(secret, 59) == "287082"
    assert code_at(secret, 1111111109) == "081804"
    assert code_at(secret, 20000000000) == "353130"


@pytest.mark.parametrize(
    "address",
    ["/", "/incidents/", "/search/?q=a", "/notice/", "/account/password/", "/incidents/export/"],
)
def test_a_person_without_one_reaches_nothing_else(user, browser, sign_in, address):
    client = browser()
    sign_in(client, user)
    assert client.get(address)["Location"].startswith(ACTIVATE)
    assert client.post(address)["Location"].startswith(ACTIVATE)


def test_setting_it_up_needs_a_right_code_and_shows_recovery_codes(
    user, browser, sign_in, django_capture_on_commit_callbacks
):
    client = browser()
    sign_in(client, user)
    secret = client.get(ACTIVATE).context["form"].secret
    wrong = client.post(ACTIVATE, {"code": "000000"})
    assert "code" in wrong.context["form"].errors
    assert not Authenticator.objects.exists()
    secret = client.get(ACTIVATE).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(ACTIVATE, {"code": code_at(secret, time.time())})
    codes = client.get(done["Location"])
    assert len(codes.context["unused_codes"]) == 10
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert "accounts.second_factor_added" in actions
    assert client.get("/")["Location"].startswith("/notice/")


def test_the_password_alone_signs_nobody_in(user, with_factor, browser, sign_in):
    with_factor(user)
    client = browser()
    assert sign_in(client, user)["Location"].startswith(CODE)
    assert client.get("/")["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_password_and_code_sign_in_and_lead_to_the_page_that_was_wanted(
    user, with_factor, browser, sign_in
):
    secret, _ = with_factor(user)
    client = browser()
    wanted = client.get("/exhibits/?kind=firearm")["Location"]
    assert wanted == "/account/login/?next=%2Fexhibits%2F%3Fkind%3Dfirearm"
    assert client.get(wanted).status_code == 200
    sign_in(client, user, next="/exhibits/?kind=firearm")
    later = code_at(secret, time.time() + 30)
    assert client.post(CODE, {"code": later})["Location"] == "/exhibits/?kind=firearm"
    notice = client.get("/exhibits/?kind=firearm")["Location"]
    assert notice == "/notice/?next=%2Fexhibits%2F%3Fkind%3Dfirearm"
    agreed = client.post("/notice/", {"next": "/exhibits/?kind=firearm"})
    assert agreed["Location"] == "/exhibits/?kind=firearm"
    assert client.get(agreed["Location"]).status_code == 200


def test_a_code_works_once(user, with_factor, browser, sign_in):
    secret, _ = with_factor(user)
    code = code_at(secret, time.time() + 30)
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, user)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_a_code_works_once_for_as_long_as_it_is_valid(user, with_factor, browser, sign_in):
    """The library forgets a code after half a minute; it is valid for a minute and a half."""
    secret, _ = with_factor(user)
    code = code_at(secret, time.time() + 30)
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, user)
    assert first.post(CODE, {"code": code}).status_code == 302
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    assert second.post(CODE, {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_signs_in_once(user, with_factor, browser, sign_in):
    _, codes = with_factor(user)
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, user)
    assert first.post(CODE, {"code": codes[0]}).status_code == 302
    assert second.post(CODE, {"code": codes[0]}).status_code == 200
    assert second.post(CODE, {"code": codes[1]}).status_code == 302


def test_five_wrong_codes_lock_the_account_also_for_the_right_one(
    user, with_factor, browser, sign_in
):
    secret, _ = with_factor(user)
    client = browser()
    sign_in(client, user)
    for _ in range(4):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": "000000"}).status_code == 429
    assert client.post(CODE, {"code": code_at(secret, time.time() + 30)}).status_code == 429
    assert "_auth_user_id" not in client.session
    assert sign_in(browser(), user).status_code == 429
    assert AuditEvent.objects.filter(action="accounts.locked_out", record=user.pk).count() == 1


def test_a_right_password_between_wrong_codes_does_not_start_the_count_anew(
    user, with_factor, browser, sign_in
):
    with_factor(user)
    for _ in range(5):
        client = browser()
        sign_in(client, user)
        last = client.post(CODE, {"code": "000000"})
    assert last.status_code == 429


def test_an_account_disabled_between_password_and_code_does_not_get_in(
    user, with_factor, browser, sign_in
):
    secret, _ = with_factor(user)
    client = browser()
    sign_in(client, user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.post(CODE, {"code": code_at(secret, time.time() + 30)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_new_recovery_codes_end_the_old_ones_and_are_on_record(
    user, with_factor, browser, sign_in, django_capture_on_commit_callbacks
):
    secret, codes = with_factor(user)
    client = browser()
    sign_in(client, user)
    client.post(CODE, {"code": code_at(secret, time.time() + 30)})
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/account/2fa/recovery-codes/generate/").status_code == 302
    assert AuditEvent.objects.filter(action="accounts.recovery_codes_made").count() == 1
    again = browser()
    sign_in(again, user)
    assert again.post(CODE, {"code": codes[5]}).status_code == 200


def test_recovery_codes_are_shown_only_to_who_has_just_proved_who_they_are(
    user, with_factor, signed_in
):
    with_factor(user)
    page = signed_in(user).get("/account/2fa/recovery-codes/")
    assert page["Location"].startswith("/account/reauthenticate/")


def test_there_is_no_page_to_take_it_away(user, with_factor, signed_in):
    with_factor(user)
    for address in ("/account/2fa/totp/deactivate/", "/account/2fa/webauthn/"):
        assert signed_in(user).get(address).status_code == 404


@override_settings(SECOND_FACTOR_REQUIRED=False)
def test_the_demonstration_asks_for_none(user, browser, sign_in):
    client = browser()
    sign_in(client, user)
    assert client.get("/")["Location"].startswith("/notice/")
