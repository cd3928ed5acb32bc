"""What stands before every page: the notice at each sign-in, the lock of an idle session."""

from __future__ import annotations

import time

import pytest
from tests.web.records import PASSWORD

from headstamp.web.accounts import gate
from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = 30 * 60


@pytest.fixture
def user(person):
    return person("analyst")


@pytest.fixture
def client(user, signed_in):
    return signed_in(user)


def left_alone(client, seconds=HALF_AN_HOUR + 1):
    session = client.session
    session[gate.SEEN] = time.time() - seconds
    session.save()


def without_notice(client):
    session = client.session
    del session[gate.NOTICED]
    session.save()


def test_nothing_is_read_before_the_notice_is_accepted(client):
    without_notice(client)
    for address in ("/", "/incidents/", "/incidents/export/", "/search/"):
        assert client.get(address)["Location"].startswith("/notice/?next=")
    assert client.post("/incidents/new/")["Location"] == "/notice/?next=%2F"
    assert not AuditEvent.objects.filter(action="casework.exported").exists()


def test_accepting_it_is_on_record_and_holds_for_this_sign_in_alone(client, user, signed_in):
    without_notice(client)
    assert client.post("/notice/", {"next": "/incidents/"})["Location"] == "/incidents/"
    assert client.get("/incidents/").status_code == 200
    event = AuditEvent.objects.get(action="accounts.notice_accepted")
    assert (event.actor, event.outcome) == (str(user.pk), "done")
    client.post("/account/logout/")
    client.force_login(user)
    assert client.get("/incidents/")["Location"].startswith("/")
    assert gate.NOTICED not in client.session


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_the_way_back_leads_nowhere_else(client, wanted):
    assert client.post("/notice/", {"next": wanted})["Location"] == "/"


def test_a_session_left_alone_for_half_an_hour_is_locked(client):
    left_alone(client)
    answer = client.get("/incidents/?q=a")
    assert answer["Location"] == "/locked/?next=%2Fincidents%2F%3Fq%3Da"
    assert client.get("/incidents/")["Location"].startswith("/locked/")
    assert client.get("/audit/")["Location"].startswith("/locked/")


def test_a_session_in_use_is_not_locked(client):
    left_alone(client, HALF_AN_HOUR - 5)
    assert client.get("/incidents/").status_code == 200
    assert client.session[gate.SEEN] > time.time() - 60


def test_a_page_that_polls_does_not_keep_a_session_open(client):
    left_alone(client, HALF_AN_HOUR - 60)
    before = client.session[gate.SEEN]
    assert client.get("/incidents/", headers={"X-Background": "1"}).status_code == 200
    assert client.session[gate.SEEN] == before
    left_alone(client)
    answer = client.get("/incidents/", headers={"X-Background": "1", "HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/locked/")


def test_a_form_sent_when_locked_leads_back_to_its_page(client):
    left_alone(client)
    answer = client.post(
        "/incidents/new/", {"number": "1"}, headers={"Referer": "http://testserver/incidents/new/"}
    )
    assert answer["Location"] == "/locked/?next=%2Fincidents%2Fnew%2F"
    elsewhere = client.post("/incidents/new/", headers={"Referer": "http://elsewhere.example/a"})
    assert elsewhere["Location"] == "/locked/?next=%2F"


def test_the_password_unlocks_and_the_work_goes_on(client, user):
    left_alone(client)
    client.get("/incidents/")
    assert client.get("/locked/").status_code == 200
    answer = client.post("/locked/", {"password": PASSWORD, "next": "/incidents/"})
    assert answer["Location"] == "/incidents/"
    assert client.get("/incidents/").status_code == 200
    assert AuditEvent.objects.filter(action="accounts.unlocked_session", actor=user.pk).exists()


def test_a_locked_page_names_no_pages_and_finds_nothing(client):
    left_alone(client)
    client.get("/incidents/")
    page = client.get("/locked/").content.decode()
    assert "Review queue" not in page
    assert client.get("/search/?q=a")["Location"].startswith("/locked/")


def test_another_persons_password_does_not_unlock(client, person):
    other = person("analyst")
    other.set_password("some other long phrase")
    other.save()
    left_alone(client)
    client.get("/")
    assert client.post("/locked/", {"password": "some other long phrase"}).status_code == 422
    assert client.get("/")["Location"].startswith("/locked/")


def test_five_wrong_passwords_end_the_session_and_lock_the_account(client, browser, sign_in, user):
    left_alone(client)
    client.get("/")
    for _ in range(4):
        assert client.post("/locked/", {"password": "wrong"}).status_code == 422
    assert client.post("/locked/", {"password": "wrong"}).status_code == 429
    assert client.get("/")["Location"] == "/account/login/"
    assert sign_in(browser(), user).status_code == 429


def test_unlocking_forgets_earlier_failures(client):
    for _ in range(2):
        left_alone(client)
        client.get("/")
        for _ in range(4):
            client.post("/locked/", {"password": "wrong"})
        assert client.post("/locked/", {"password": PASSWORD}).status_code == 302


def test_a_locked_person_can_sign_out(client):
    left_alone(client)
    client.get("/")
    assert client.post("/account/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
