"""Five failures lock an account wherever they come from; an administrator or an hour unlocks it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone
from tests.web.records import PASSWORD

from headstamp.web.accounts import lockout
from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(person):
    return person("analyst")


@pytest.fixture
def fail(browser, sign_in):
    """``fail(user, times)``: that many wrong passwords; gives the last answer."""

    def try_often(user, times, client=None):
        for _ in range(times):
            last = sign_in(client or browser(), user, "wrong")
        return last

    return try_often


def actions_of(user):
    found = AuditEvent.objects.filter(record=str(user.pk)).order_by("sequence")
    return list(found.values_list("action", flat=True))


def test_the_right_password_signs_in_after_four_failures(user, fail, browser, sign_in):
    assert fail(user, 4).status_code == 200
    assert sign_in(browser(), user).status_code == 302


def test_five_failures_lock_it_even_for_the_right_password(user, fail, browser, sign_in):
    assert fail(user, 5).status_code == 429
    client = browser()
    answer = sign_in(client, user)
    assert answer.status_code == 429
    assert "locked" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_failures_count_wherever_they_come_from_and_however_it_is_spelt(user, browser):
    spelt = [user.email, user.email.upper(), user.email.title(), f" {user.email} ", user.email]
    for number, email in enumerate(spelt):
        client = browser(**{"User-Agent": f"Browser {number}"})
        client.post(
            "/account/login/",
            {"login": email, "password": "wrong"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
    sent = {"login": user.email, "password": PASSWORD}
    assert browser().post("/account/login/", sent).status_code == 429


def test_other_accounts_are_not_locked(user, person, fail, browser, sign_in):
    fail(user, 5)
    assert sign_in(browser(), person("analyst")).status_code == 302


def test_an_account_that_does_not_exist_answers_as_one_that_does(user, fail, browser):
    pages = [fail(name, 1).content for name in (user, "nobody@pvpd.example")]
    said = b"The address or the password is wrong."
    assert [page.count(said) for page in pages] == [1, 1]
    assert fail("nobody@pvpd.example", 4).status_code == 429


def test_an_administrator_unlocks_it(user, person, fail, signed_in, browser, sign_in):
    fail(user.email.upper(), 5)
    administrator = signed_in(person("administrator"))
    assert administrator.post(f"/people/{user.pk}/unlock/").status_code == 302
    assert sign_in(browser(), user).status_code == 302
    assert "accounts.unlocked" in actions_of(user)


def test_an_hour_after_the_fifth_failure_it_is_open_again(user, fail, browser, sign_in):
    fail(user, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=59))
    fail(user, 3)  # what is tried meanwhile does not put it off
    assert sign_in(browser(), user).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert sign_in(browser(), user).status_code == 302


def test_a_sign_in_forgets_earlier_failures(user, fail, browser, sign_in):
    fail(user, 4)
    sign_in(browser(), user)
    assert fail(user, 4).status_code == 200


def test_each_failure_and_the_lock_are_on_record_without_the_address(user, fail):
    fail(user, 6)
    found = actions_of(user)
    assert found.count("accounts.sign_in_failed") == 6
    assert found.count("accounts.locked_out") == 1
    fail("nobody@elsewhere.example", 1)
    last = AuditEvent.objects.first()
    assert (last.action, last.outcome, last.record) == ("accounts.sign_in_failed", "refused", "")
    assert "elsewhere" not in str(last.content)


def test_no_password_or_code_is_kept_of_a_failure(user, browser):
    browser().post("/account/login/", {"login": user.email, "password": "my-other-secret"})
    kept = AccessAttempt.objects.get()
    assert "my-other-secret" not in kept.post_data


@pytest.mark.parametrize("address", ["/account/reauthenticate/", "/account/password/"])
def test_passwords_asked_for_inside_are_counted_too(user, signed_in, browser, sign_in, address):
    client = signed_in(user)
    sent = {"password": "wrong", "oldpassword": "wrong"}
    sent |= {"password1": "a whole new pass phrase", "password2": "a whole new pass phrase"}
    for _ in range(5):
        last = client.post(address, sent)
    assert last.status_code == 429
    right = {**sent, "password": PASSWORD, "oldpassword": PASSWORD}
    assert client.post(address, right).status_code == 429
    assert sign_in(browser(), user).status_code == 429
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("given", ["username", "email", "login"])
def test_an_account_is_counted_under_one_name(given):
    assert lockout.name_of(None, {given: " Anna@PVPD.example "}) == "anna@pvpd.example"
    assert lockout.name_of(None, {given: ""}) is None


def test_a_right_password_inside_forgets_earlier_failures(user, signed_in):
    client = signed_in(user)
    for _ in range(2):
        for _ in range(4):
            assert client.post("/account/reauthenticate/", {"password": "wrong"}).status_code == 200
        right = client.post("/account/reauthenticate/", {"password": PASSWORD})
        assert right.status_code == 302
