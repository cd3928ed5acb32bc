"""Masks drawn by hand: what is taken, what is refused, and by whom."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import numpy as np
import pytest
from django.db import transaction
from PIL import Image
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in, work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.evidence.masks import decoded, encoded
from headstamp.web.evidence.models import Scan
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(records):
    return records.person("technician")


@pytest.fixture
def scan(records, technician):
    made = records.scan(1, 1, of=records.exhibit(by=technician), by=technician)
    work()
    made.refresh_from_db()
    return made


def half(scan):
    mask = np.zeros((scan.rows, scan.columns), dtype=bool)
    mask[: scan.rows // 2] = True
    return mask


def sent(content):
    return "data:image/png;base64," + base64.b64encode(content).decode()


def draw(scan, content, by, **fields):
    return signed_in(by).post(f"/scans/{scan.pk}/mask/", {"mask_png": sent(content), **fields})


def test_writing_a_mask_and_reading_it_is_the_same(scan):
    drawn = np.random.default_rng(1).random((37, 53)) < 0.5
    assert np.array_equal(decoded(encoded(drawn), (37, 53)), drawn)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "LA", "I;16"])
def test_a_picture_of_any_kind_is_read_by_its_brightness(mode):
    grey = np.zeros((4, 6), dtype=np.uint8)
    grey[:2] = 255
    if mode == "I;16":
        picture = Image.fromarray(grey.astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(grey).convert(mode)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    assert np.array_equal(decoded(stream.getvalue(), (4, 6)), grey >= 128)


def test_a_drawn_mask_is_kept_beside_the_file_and_searched_anew(scan, technician):
    content = encoded(half(scan))
    answer = draw(scan, content, technician, version=scan.version)
    assert answer.status_code == 302
    before = scan.file_id
    scan.refresh_from_db()
    assert (scan.state, scan.file_id) == (Scan.State.WAITING, before)
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.SEARCHED
    answer = signed_in(technician).get(f"/scans/{scan.pk}/mask/picture/")
    shown = np.asarray(Image.open(io.BytesIO(answer.content))) >= 128
    assert np.array_equal(shown, half(scan))
    assert AuditEvent.objects.filter(action="evidence.mask_corrected", record=str(scan.pk))


def test_the_automatic_mask_can_be_had_back_to_look_at(scan, technician):
    draw(scan, encoded(half(scan)), technician)
    browser = signed_in(technician)
    one, other = (
        browser.get(f"/scans/{scan.pk}/mask/picture/", query).content
        for query in ({}, {"automatic": ""})
    )
    assert one != other


def giant():
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 90_000, 90_000, 8, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def jpeg(scan):
    stream = io.BytesIO()
    Image.new("L", (scan.columns, scan.rows), 255).save(stream, "JPEG")
    return stream.getvalue()


BAD = {
    "nothing": b"",
    "text": b"no picture",
    "a jpeg": jpeg,
    "a giant": giant(),
    "cut off": lambda scan: encoded(half(scan))[:-40],
    "cut in the middle": lambda scan: encoded(half(scan))[:60],
    "another size": lambda scan: encoded(half(scan)[:-1]),
    "turned": lambda scan: encoded(np.ones((scan.rows + 1, scan.columns - 1), dtype=bool)),
    "empty": lambda scan: encoded(np.zeros((scan.rows, scan.columns), dtype=bool)),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_mask_of_this_scan_is_refused(what, scan, technician):
    content = BAD[what] if isinstance(BAD[what], bytes) else BAD[what](scan)
    answer = draw(scan, content, technician)
    assert answer.status_code == 422
    assert "usa-alert--error" in text_of(answer)
    scan.refresh_from_db()
    assert scan.mask_id is None
    assert scan.state == Scan.State.SEARCHED


@pytest.mark.parametrize("text", ["", "data:image/png;base64,", "data:image/png;base64,@@@", "é"])
def test_what_is_no_picture_at_all_is_refused(text, scan, technician):
    answer = signed_in(technician).post(f"/scans/{scan.pk}/mask/", {"mask_png": text})
    assert answer.status_code == 422


def test_random_bytes_in_a_picture_never_break_the_page(scan, technician):
    whole, draws = bytearray(encoded(half(scan))), np.random.default_rng(7)
    for _ in range(150):
        broken = bytearray(whole)
        for place in draws.integers(8, len(whole), 3):
            broken[place] = draws.integers(0, 256)
        try:
            decoded(bytes(broken), (scan.rows, scan.columns))
        except Refusal:
            continue


def test_a_mask_beside_the_surface_leaves_a_scan_that_cannot_be_compared(scan, technician):
    mask = np.zeros((scan.rows, scan.columns), dtype=bool)
    mask[0, 0] = True  # a corner that was not measured
    draw(scan, encoded(mask), technician)
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.UNSUITABLE
    assert scan.state_reason
    draw(scan, encoded(half(scan)), technician)
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.SEARCHED


def test_of_two_who_draw_the_second_is_told(scan, records, technician):
    other = records.person("examiner")
    forms = [
        form_of(signed_in(by).get(f"/scans/{scan.pk}/mask/"), "mask_png")
        for by in (technician, other)
    ]
    versions = [form["version"] for form in forms]
    assert draw(scan, encoded(half(scan)), technician, version=versions[0]).status_code == 302
    mask = ~half(scan)
    answer = draw(scan, encoded(mask), other, version=versions[1])
    assert answer.status_code == 422
    assert "Somebody else has corrected the mask" in text_of(answer)


def test_nobody_draws_over_another_agencys_or_a_withdrawn_scan(scan, records, technician):
    records.agreement("PVPD", "MPD", "agency")
    stranger = records.person("technician", "MPD")
    answer = draw(scan, encoded(half(scan)), stranger)
    assert answer.status_code == 422
    assert "owns this record" in text_of(answer)
    from headstamp.web.evidence.actions import withdraw_scan

    withdraw_scan(scan, reason="Wrong exhibit", by=technician)
    answer = draw(scan, encoded(half(scan)), technician)
    assert answer.status_code == 422
    assert "withdrawn" in text_of(answer)


def test_a_mask_drawn_while_the_scan_is_prepared_wins(scan, technician, monkeypatch):
    from headstamp.web.evidence import actions, jobs

    prepare, drawn = jobs.prepare, []

    def slow(*args):
        if not drawn:
            drawn.append(True)
            with transaction.atomic():
                actions.correct_mask(Scan.objects.get(pk=scan.pk), mask=~half(scan), by=technician)
        return prepare(*args)

    monkeypatch.setattr(jobs, "prepare", slow)
    actions.correct_mask(scan, mask=half(scan), by=technician)
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.SEARCHED
    from headstamp.web.evidence.masks import corrected_mask
    from headstamp.web.evidence.surfaces import key_of

    assert np.array_equal(corrected_mask(scan), ~half(scan))
    assert scan.gallery_key == key_of(scan)
