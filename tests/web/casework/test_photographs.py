"""Photographs of a scene: kept as they were taken, shown as pictures alone."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.forms import form_of, text_of
from tests.web.records import png, signed_in

from headstamp.web.casework import actions
from headstamp.web.casework.models import Photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(records):
    return records.person("technician")


@pytest.fixture
def scene(records, technician):
    return records.scene(by=technician)


@pytest.fixture
def send(scene, technician):
    """``send(("a.png", content), ...)``: the page after sending pictures."""

    def post(*named, **fields):
        files = [SimpleUploadedFile(name, content) for name, content in named]
        sent = {"photographs": files, "kind": "photograph", "caption": "", **fields}
        return signed_in(technician).post(f"/scenes/{scene.pk}/photographs/", sent, follow=True)

    return post


def picture(kind):
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 20, 30)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        *(("JPEG", "image/jpeg"), ("PNG", "image/png")),
        *(("WEBP", "image/webp"), ("TIFF", "image/tiff")),
    ],
)
def test_a_photograph_comes_back_as_it_was_taken(kind, media_type, send, technician):
    content = picture(kind)
    send(("taken.bin", content), caption="By the door")
    made = Photograph.objects.get()
    assert made.caption == "By the door"
    answer = signed_in(technician).get(f"/photographs/{made.pk}/")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == media_type
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        *(b"%PDF-1.7", b"GIF89a" + bytes(40), png()[:40], b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ],
)
def test_what_is_no_photograph_is_refused(content, send):
    page = text_of(send(("a.png", content)))
    assert "no photograph" in page or "Choose at least one" in page
    assert not Photograph.objects.exists()


def test_a_picture_that_unpacks_to_a_giant_is_refused(send):
    import struct
    import zlib

    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b"")]
    giant = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    assert "no photograph" in text_of(send(("giant.png", giant)))


def test_of_several_pictures_the_good_are_kept_and_the_bad_are_named(send):
    page = text_of(send(("one.png", png(1)), ("bad.png", b"no"), ("two.png", png(2))))
    assert "2 photographs kept" in page
    assert "bad.png: this is no photograph" in page
    assert Photograph.objects.count() == 2


def test_no_picture_chosen_is_said_so(send):
    assert "Choose at least one photograph" in text_of(send())


def test_one_picture_is_kept_once_a_scene(send, records, technician):
    send(("one.png", png(1)))
    assert "is there already" in text_of(send(("again.png", png(1))))
    assert Photograph.objects.count() == 1
    records.photograph(1, of=records.scene(by=technician), by=technician)
    assert Photograph.objects.count() == 2


def test_script_in_names_and_captions_is_text(send):
    script = "<script>alert(1)</script>"
    page = text_of(send((f"{script}.png", png(1)), caption=script))
    assert script not in page
    assert "&lt;script&gt;" in page


def test_a_scene_of_a_withdrawn_incident_takes_nothing_more(send, scene, records, technician):
    from headstamp.web.casework.actions import withdraw_incident

    withdraw_incident(scene.incident, reason="Twice", by=records.person("commander"))
    assert "has been withdrawn" in text_of(send(("one.png", png(1))))
    assert not Photograph.objects.exists()
    answer = signed_in(technician).get(f"/scenes/{scene.pk}/change/")
    assert answer.status_code == 200


def test_times_of_a_scene_that_cannot_be_are_refused(records, technician):
    incident = records.incident(by=technician)
    browser = signed_in(technician)
    address = f"/incidents/{incident.pk}/scenes/new/"
    form = form_of(browser.get(address), "arrived_at")
    for time, sentence in {
        "2999-01-01T00:00": "lies in the future",
        "2001-01-01T00:00": "before the incident occurred",
        "": "This field is required",
    }.items():
        answer = browser.post(address, {**form, "arrived_at": time, "note": "Typed"})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert "Typed" in text_of(answer)
    made = records.scene(of=incident, by=technician)
    address = f"/scenes/{made.pk}/change/"
    form = form_of(browser.get(address), "arrived_at")
    for time, sentence in {
        "2999-01-01T00:00": "lies in the future",
        "2001-01-01T00:00": "released before you arrived",
    }.items():
        answer = browser.post(address, {**form, "released_at": time})
        assert answer.status_code == 422
        assert sentence in text_of(answer)


def test_a_scene_cannot_be_opened_of_a_withdrawn_or_foreign_incident(records, technician):
    from headstamp.web.casework.actions import withdraw_incident

    gone, theirs = records.incident(), records.incident("MPD", marking="open")
    withdraw_incident(gone, reason="Twice", by=records.person("commander"))
    browser = signed_in(technician)
    for incident, sentence in ((gone, "has been withdrawn"), (theirs, "owns this record")):
        sent = {"arrived_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "note": "Typed"}
        answer = browser.post(f"/incidents/{incident.pk}/scenes/new/", sent)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert "Typed" in text_of(answer)


def test_a_withdrawn_photograph_stays_readable_with_its_reason(send, scene, technician):
    send(("one.png", png(1)))
    made = Photograph.objects.get()
    browser = signed_in(technician)
    shown = text_of(browser.get(f"/scenes/{scene.pk}/"))
    assert "Withdraw this photograph" in shown
    sent = {"reason": "Another street"}
    page = browser.post(f"/photographs/{made.pk}/withdraw/", sent, follow=True)
    assert f"/scenes/{scene.pk}/" in page.redirect_chain[-1][0]
    assert ": Another street" in text_of(page)
    assert "<img" not in text_of(page).partition("<main")[2]
    assert "Withdraw this photograph" not in text_of(page)
    assert browser.get(f"/photographs/{made.pk}/").status_code == 200
    again = browser.post(f"/photographs/{made.pk}/withdraw/", sent, follow=True)
    assert "has been withdrawn already" in text_of(again)


def test_the_file_of_a_withdrawn_photograph_can_be_handed_in_again(send, technician):
    send(("one.png", png(1)), caption="Wrong")
    actions.withdraw_photograph(Photograph.objects.get(), reason="Caption", by=technician)
    assert "1 photograph kept" in text_of(send(("one.png", png(1)), caption="Right"))
    assert "is there already" in text_of(send(("one.png", png(1))))
    current = Photograph.objects.filter(withdrawn_at=None)
    assert [one.caption for one in current] == ["Right"]


def test_each_photograph_has_a_form_of_its_own(send):
    send(("one.png", png(1)))
    page = send(("two.png", png(2)))
    ids = re.findall(r' id="([^"]+)"', text_of(page))
    assert len([one for one in ids if one.startswith("withdraw-reason")]) == 3
    assert len(ids) == len(set(ids))


def test_a_withdrawn_scene_stays_readable_and_takes_nothing_more(send, scene, technician):
    send(("one.png", png(1)))
    browser = signed_in(technician)
    sent = {"reason": "Opened twice"}
    page = text_of(browser.post(f"/scenes/{scene.pk}/withdraw/", sent, follow=True))
    assert "<strong>Withdrawn</strong>" in page
    assert "Opened twice" in page
    assert "<img" in page.partition("<main")[2]
    for offered in ("Take a photograph", "Change or release", "Keep the pictures"):
        assert offered not in page
    assert "scene has been withdrawn" in text_of(send(("two.png", png(2))))
    assert Photograph.objects.count() == 1
    form = form_of(browser.get(f"/scenes/{scene.pk}/change/"), "note")
    answer = browser.post(f"/scenes/{scene.pk}/change/", {**form, "note": "Wet"})
    assert "is not changed any more" in text_of(answer)
    assert f"/scenes/{scene.pk}/" not in text_of(browser.get("/"))
    incident = text_of(browser.get(f"/incidents/{scene.incident_id}/"))
    assert f"/scenes/{scene.pk}/" in incident
    assert "withdrawn</span>" in incident


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_withdrawing_needs_a_reason_that_fits(send, scene, technician, reason):
    send(("one.png", png(1)))
    made = Photograph.objects.get()
    browser = signed_in(technician)
    for address in (f"/scenes/{scene.pk}/withdraw/", f"/photographs/{made.pk}/withdraw/"):
        browser.post(address, {"reason": reason})
    scene.refresh_from_db()
    made.refresh_from_db()
    assert (scene.is_withdrawn, made.is_withdrawn) == (False, False)


def test_another_agency_withdraws_nothing(send, scene, records):
    send(("one.png", png(1)))
    made = Photograph.objects.get()
    records.agreement("PVPD", "LAB", "agency")
    browser = signed_in(records.person("technician", "LAB"))
    for address in (f"/scenes/{scene.pk}/withdraw/", f"/photographs/{made.pk}/withdraw/"):
        answer = browser.post(address, {"reason": "Ours"}, follow=True)
        assert "owns this record" in text_of(answer)
    scene.refresh_from_db()
    made.refresh_from_db()
    assert (scene.is_withdrawn, made.is_withdrawn) == (False, False)
