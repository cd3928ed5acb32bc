"""A full disk, a busy database and a broken connection get a page, and leave nothing behind."""

from __future__ import annotations

import errno
import io
import os
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import UnreadablePostError
from PIL import Image

from headstamp.web.casework import actions as casework
from headstamp.web.casework.models import Incident, Photograph, StoredFile
from headstamp.web.processes.room import DATABASE_FULL

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(person):
    return person("technician")


@pytest.fixture
def scene(incident, technician):
    found = incident(by=technician)
    return casework.open_scene(found, by=technician, arrived_at=found.occurred_at)


@pytest.fixture
def client(technician, signed_in):
    return signed_in(technician)


def picture(side):
    """A picture of noise, which no format makes smaller: about ``side * side`` bytes."""
    stream = io.BytesIO()
    Image.frombytes("L", (side, side), os.urandom(side * side)).save(stream, "PNG")
    return stream.getvalue()


def send(client, scene, data):
    one = SimpleUploadedFile("one.png", data, "image/png")
    sent = {"photographs": one, "kind": "photograph"}
    return client.post(f"/scenes/{scene.pk}/photographs/", sent)


def files_in(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


@contextmanager
def largest_file(size):
    """No file of this process grows beyond a size: the system refuses it as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def assert_nothing_kept(before):
    assert not StoredFile.objects.exists()
    assert not Photograph.objects.exists()
    assert files_in(settings.WORKSPACE.files) == before
    uploads = [
        path for path in files_in(settings.FILE_UPLOAD_TEMP_DIR) if "cache" not in path.parts
    ]
    assert not uploads


@pytest.mark.parametrize("side", [800, 2000], ids=["in the store", "while it arrives"])
def test_a_disk_that_is_full_stores_nothing_and_says_so(client, scene, side):
    before = files_in(settings.WORKSPACE.files)
    data = picture(side)
    with largest_file(300_000):
        answer = send(client, scene, data)
    assert answer.status_code == 507
    assert "no room left" in answer.content.decode()
    assert_nothing_kept(before)
    assert send(client, scene, data).status_code == 302
    assert Photograph.objects.count() == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_while_it_is_flushed_stores_nothing(client, scene, monkeypatch, number):
    def full(*args):
        raise OSError(number, os.strerror(number))

    before = files_in(settings.WORKSPACE.files)
    monkeypatch.setattr("headstamp.web.casework.files.os.fsync", full)
    assert send(client, scene, picture(8)).status_code == 507
    assert_nothing_kept(before)


def raising(error):
    def act(*args, **kwargs):
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OperationalError("database is locked"), 503, "busy"),
        (OperationalError(DATABASE_FULL[0]), 507, "no room left"),
        (OperationalError('could not extend file "base/1": No space left on device'), 507, "room"),
        (OperationalError("something else"), 500, "our fault"),
        (OSError(errno.EACCES, "Permission denied"), 500, "our fault"),
    ],
)
def test_a_fault_of_the_database_or_the_disk_gets_its_page(
    client, monkeypatch, error, status, said
):
    monkeypatch.setattr("headstamp.web.casework.queries.search_incidents", raising(error))
    answer = client.get("/incidents/")
    assert answer.status_code == status
    assert said in answer.content.decode()


@pytest.fixture
def no_session_kept(client, monkeypatch):
    monkeypatch.setattr(
        "django.contrib.sessions.backends.db.SessionStore.save",
        raising(OperationalError(DATABASE_FULL[0])),
    )


def test_a_note_that_cannot_be_kept_stops_nothing(client, no_session_kept):
    assert client.get("/incidents/").status_code == 200
    assert client.post("/incidents/new/", {"number": ""}).status_code == 422


def test_a_session_that_cannot_be_kept_is_told_to_who_wrote_into_it(client, no_session_kept):
    assert client.post("/notice/").status_code == 507
    assert client.get("/notice/").status_code == 200


def test_a_session_that_was_ended_meanwhile_leads_to_the_sign_in(client, monkeypatch):
    monkeypatch.setattr(
        "headstamp.web.casework.queries.search_incidents",
        lambda *_, **__: (Session.objects.all().delete(), Incident.objects.none())[1],
    )
    assert client.get("/incidents/")["Location"].startswith("/account/login/")


class BrokenOff:
    """A body whose sender went away."""

    def read(self, *_):
        raise UnreadablePostError("connection reset")

    readline = __iter__ = read


def test_an_upload_that_breaks_off_stores_nothing(client, scene):
    before = files_in(settings.WORKSPACE.files)
    answer = client.post(
        f"/scenes/{scene.pk}/photographs/",
        **{"wsgi.input": BrokenOff(), "CONTENT_LENGTH": "1000"},
        content_type="multipart/form-data; boundary=abc",
    )
    assert answer.status_code == 400
    assert "connection broke" in answer.content.decode()
    assert_nothing_kept(before)


def test_the_stale_form_page_leads_back_to_the_page(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/incidents/new/")
    assert answer.status_code == 403
    assert 'href="/incidents/new/"' in answer.content.decode()
    assert 'href="/"' in client.post("/nothing/").content.decode()
