"""Handing scans in: what is kept, what is refused and why."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.formats.conftest import X3PBuilder
from tests.web.forms import text_of
from tests.web.records import png, scan_bytes, signed_in, work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework.models import StoredFile
from headstamp.web.evidence import actions
from headstamp.web.evidence.models import Scan
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(records):
    return records.person("technician")


@pytest.fixture
def exhibit(records, technician):
    return records.exhibit(by=technician)


@pytest.fixture
def hand_in(exhibit, technician):
    """``hand_in(("a.x3p", content), ...)``: what the page answers."""

    def send(*named, region="", by=technician, to=exhibit):
        files = [SimpleUploadedFile(name, content) for name, content in named]
        sent = {"scan_files": files, "region": region}
        return signed_in(by).post(f"/exhibits/{to.pk}/scans/", sent)

    return send


@pytest.fixture
def good(tmp_path):
    """``good(gun, firing)``: a file that is a scan."""
    return lambda gun=1, firing=1: scan_bytes(tmp_path, gun, firing)


def zipped(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


ENTITIES = "".join(f'<!ENTITY a{n} "{10 * f"&a{n - 1};"}">' for n in range(1, 9))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{ENTITIES}]>'
BAD = {
    "text": b"x,y\n1,2\n",
    "empty": b"",
    "picture": png(3),
    "html": b"<!doctype html><script>alert(1)</script>",
    "plain zip": zipped(readme="hello"),
    "workbook": zipped(**{"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}),
    "zip of zeros": zipped(**{"main.xml": b"<a/>", "bindata/data.bin": bytes(50_000_000)}),
    "entity bomb": X3PBuilder(before=BOMB).build(),
    "external entity": X3PBuilder(
        before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ).build(),
    "impossible size": X3PBuilder(size=(1_000_000, 1_000_000, 1)).build(),
    "truncated": X3PBuilder().build()[:-120],
    "one bit off": X3PBuilder(data_md5="0" * 32).build()[:-30] + b"x" * 30,
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_scan_is_refused_and_named(what, hand_in):
    answer = hand_in((f"{what}.x3p", BAD[what]))
    assert answer.status_code == 422
    page = text_of(answer)
    assert f"{what}.x3p" in page or "empty" in page
    assert not Scan.objects.exists()
    assert not re.search(r"/files/|[0-9a-f]{64}", page)


def test_a_truncated_scan_is_refused_wherever_it_ends(hand_in, good):
    whole = good()
    for share in (0.1, 0.5, 0.9, 0.999):
        assert hand_in(("cut.x3p", whole[: int(len(whole) * share)])).status_code == 422
    assert not Scan.objects.exists()


def test_of_several_files_the_good_are_kept_and_the_bad_are_named(hand_in, good):
    answer = hand_in(("one.x3p", good(1, 1)), ("bad.x3p", b"no"), ("two.x3p", good(1, 2)))
    assert answer.status_code == 302
    kept = set(Scan.objects.values_list("file_name", flat=True))
    assert kept == {"one.x3p", "two.x3p"}


def test_nothing_chosen_is_said_so(hand_in):
    answer = hand_in()
    assert answer.status_code == 422
    assert "This field is required" in text_of(answer)


def test_a_scan_is_kept_as_it_came_with_what_it_says_of_itself(hand_in, good, technician):
    assert hand_in(("one.x3p", good())).status_code == 302
    made = Scan.objects.get()
    assert (made.instrument_maker, made.instrument_model) == ("Maker", "M1")
    assert (made.rows, made.columns, made.spacing_um) == (224, 224, 12.5)
    assert 0 < made.valid_share < 1
    answer = signed_in(technician).get(f"/scans/{made.pk}/")
    assert made.file_id in text_of(answer)
    examiner = signed_in(technician.__class__.objects.get(pk=technician.pk))
    assert examiner.get(f"/scans/{made.pk}/file/").status_code == 403


def test_the_file_comes_back_unchanged_and_its_export_is_on_record(records, hand_in, good):
    hand_in(("o\u202ene.x3p", good()))
    made, examiner = Scan.objects.get(), records.person("examiner")
    answer = signed_in(examiner).get(f"/scans/{made.pk}/file/")
    assert b"".join(answer.streaming_content) == good()
    event = AuditEvent.objects.get(action="evidence.scan_exported")
    assert (event.record, event.actor) == (str(made.pk), str(examiner.pk))


def test_a_file_that_is_there_already_is_shown_and_not_stored_twice(hand_in, good, records):
    hand_in(("one.x3p", good()))
    other = records.exhibit()
    for exhibit in (Scan.objects.get().exhibit, other):
        answer = hand_in(("again.x3p", good()), to=exhibit)
        assert answer.status_code == 422
        assert "is there already" in text_of(answer)
        assert Scan.objects.get().exhibit.number in text_of(answer)
    assert Scan.objects.count() == StoredFile.objects.count() == 1


def test_one_file_twice_in_one_go_is_kept_once(hand_in, good):
    hand_in(("one.x3p", good()), ("copy.x3p", good()))
    assert Scan.objects.get().file_name == "one.x3p"


def test_a_withdrawn_scan_makes_room_for_its_file_on_the_right_exhibit(
    hand_in, good, records, technician
):
    hand_in(("one.x3p", good()))
    wrong = Scan.objects.get()
    signed_in(technician).post(f"/scans/{wrong.pk}/withdraw/", {"reason": "Wrong exhibit"})
    right = records.exhibit(by=technician)
    assert hand_in(("one.x3p", good()), to=right).status_code == 302
    assert Scan.objects.filter(withdrawn_at=None).get().exhibit == right
    page = text_of(signed_in(technician).get(f"/scans/{wrong.pk}/"))
    assert "Wrong exhibit" in page
    assert "Try again" not in page


@pytest.mark.parametrize("region", ["firing_pin", "unknown", "ejector"])
def test_the_mark_can_be_said_when_handing_in(hand_in, good, region):
    hand_in(("one.x3p", good()), region=region)
    assert Scan.objects.get().region == region


def test_a_mark_that_does_not_exist_is_refused(hand_in, good):
    assert hand_in(("one.x3p", good()), region="moon").status_code == 422


NAMES = (
    "<script>alert(1)</script>.x3p",
    '"><img src=x onerror=alert(1)>.x3p',
    "a'b&amp;c;d.x3p",
    "\u202e\u2066p3x.exe",
    "\U0001f52b.x3p",
    "x" * 500 + ".x3p",
    "..\\..\\evil.x3p",
    "../../evil.x3p",
    "=cmd|'/C calc'!A0.x3p",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_shown_as_text_and_never_as_a_path(name, good, exhibit, technician):
    made = actions.add_scan(exhibit, chunks=[good()], file_name=name, by=technician)
    browser = signed_in(technician)
    for address in (f"/scans/{made.pk}/", f"/exhibits/{exhibit.pk}/", "/scans/"):
        page = text_of(browser.get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert len(made.file_name) <= 200


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_shows_the_file_name_as_text(name, hand_in):
    page = text_of(hand_in((name, b"no scan")))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_an_al3d_file_is_a_scan_too(hand_in, shared_data):
    content = (shared_data / "scans/formats/circle.al3d").read_bytes()
    assert hand_in(("circle.al3d", content)).status_code == 302
    assert Scan.objects.get().rows > 0


def test_nobody_hands_in_for_another_agency_or_a_withdrawn_exhibit(records, good, hand_in, exhibit):
    theirs = records.exhibit("MPD", marking="open")
    answer = hand_in(("one.x3p", good()), to=theirs)
    assert answer.status_code == 422
    assert "owns this record" in text_of(answer)
    actions.withdraw_exhibit(exhibit, reason="A stone", by=records.person("technician"))
    answer = hand_in(("one.x3p", good()))
    assert answer.status_code == 422
    assert "has been withdrawn" in text_of(answer)


def test_a_withdrawn_scan_is_not_worked_on(records, technician):
    scan = records.scan(1, 1, by=technician)
    actions.withdraw_scan(scan, reason="Wrong exhibit", by=technician)
    scan.refresh_from_db()
    with pytest.raises(Refusal, match="withdrawn"):
        actions.try_again(scan, by=technician)
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.WAITING
    assert not scan.gallery_key
    with pytest.raises(Refusal, match="withdrawn already"):
        actions.withdraw_scan(scan, reason="Again", by=technician)


def test_only_the_owner_withdraws_a_scan(records):
    scan = records.scan(1, 1)
    with pytest.raises(Refusal, match="owns this record"):
        actions.withdraw_scan(scan, reason="x", by=records.person("technician", "MPD"))
