"""A request that is too large, hides its length or holds no text is refused before it is used."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


class Unread:
    """A body that must not be touched."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = __iter__ = read


def unread(client, path, **environ):
    return client.post(path, **{"wsgi.input": Unread(), **environ})


@pytest.fixture
def client(person, signed_in):
    return signed_in(person("technician"))


def test_too_much_is_refused_before_it_is_read(client):
    answer = unread(client, "/incidents/new/", CONTENT_LENGTH="2000000000")
    assert answer.status_code == 413
    assert "You sent 2000 MB; 512 MB is the most" in answer.content.decode()


@override_settings(LARGEST_UPLOAD=1000)
def test_the_limit_is_a_setting_and_what_just_fits_is_taken(client):
    assert unread(client, "/incidents/new/", CONTENT_LENGTH="1001").status_code == 413
    body = "number=" + "1" * 993
    kind = "application/x-www-form-urlencoded"
    assert client.post("/incidents/new/", body, content_type=kind).status_code == 422


def test_a_length_that_is_hidden_is_refused(client):
    answer = unread(client, "/incidents/new/", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


def test_who_is_not_signed_in_sends_little(client):
    stranger = Client(raise_request_exception=False)
    for path in ("/account/login/", "/incidents/new/", "/nothing/"):
        assert unread(stranger, path, CONTENT_LENGTH="1000001").status_code == 413


def test_a_locked_session_sends_nothing(client):
    session = client.session
    session["locked"] = True
    session.save()
    answer = unread(client, "/incidents/new/", CONTENT_LENGTH="5000000")
    assert answer["Location"].startswith("/locked/")


@pytest.mark.parametrize(
    "path",
    ["/incidents/?q=a%00b", "/search/?q=%00", "/incidents/?%00=1", "/invitation/a%00b/"],
)
def test_a_character_that_is_no_text_is_refused_in_an_address(client, path):
    assert client.get(path).status_code == 400


def test_a_character_that_is_no_text_is_refused_in_a_form(client, incident):
    found = incident()
    answer = client.post(f"/incidents/{found.pk}/withdraw/", {"reason": "a\0b"})
    assert answer.status_code == 400
    found.refresh_from_db()
    assert not found.is_withdrawn


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_form_with_too_much_text_gets_a_page(client):
    answer = client.post("/incidents/new/", {"number": "1" * 2000})
    assert answer.status_code == 413
    assert "too much text" in answer.content.decode()


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=5)
def test_a_form_with_too_many_fields_gets_a_page(client):
    answer = client.post("/incidents/new/", {f"field{number}": "" for number in range(6)})
    assert answer.status_code == 413
    assert "too many fields" in answer.content.decode()


def test_a_form_that_is_none_gets_a_page(client):
    answer = client.post("/incidents/new/", "x", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert "cannot be read as a form" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["page=-1", "page=9999999999999999999999", "page=x", "occurred_from=0001-01-01"]
)
def test_a_page_that_is_none_is_the_nearest_one(client, query):
    assert client.get(f"/incidents/?{query}").status_code == 200
