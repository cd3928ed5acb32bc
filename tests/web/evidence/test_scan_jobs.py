"""From a file to candidates in the background: repeated, failed, taken up again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from django_tasks_db.models import DBTaskResult
from tests.web.forms import text_of
from tests.web.records import signed_in, work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.comparisons import jobs as searching
from headstamp.web.comparisons.jobs import search_scan
from headstamp.web.comparisons.models import BallisticLink, Comparison, LinkStep
from headstamp.web.comparisons.queries import candidates_of
from headstamp.web.evidence import actions, jobs
from headstamp.web.evidence.models import Scan
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(records):
    return records.person("technician")


@pytest.fixture
def scan(records, technician):
    return records.scan(1, 1, of=records.exhibit(by=technician), by=technician)


def fresh(scan):
    scan.refresh_from_db()
    return scan


def test_a_scan_is_prepared_and_searched_and_its_page_says_so(scan, technician):
    browser = signed_in(technician)
    assert "Waiting to be prepared: 0 %" in text_of(browser.get(f"/scans/{scan.pk}/"))
    assert browser.get(f"/scans/{scan.pk}/progress/").status_code == 200
    work()
    assert (fresh(scan).state, scan.progress, scan.state_reason) == (Scan.State.SEARCHED, 100, "")
    assert scan.usable_area_mm2 > 1
    answer = browser.get(f"/scans/{scan.pk}/progress/")
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    actions_done = AuditEvent.objects.filter(record=str(scan.pk)).values_list("action", flat=True)
    assert set(actions_done) == {
        *("evidence.scan_added", "evidence.scan_prepared", "comparisons.searched"),
    }


STAGES = [
    ("waiting", 0, "Waiting to be prepared"),
    ("waiting", 10, "Being prepared"),
    ("waiting", 30, "Being prepared"),
    ("prepared", 50, "Prepared, waiting for its search"),
    ("prepared", 51, "Prepared, being searched"),
    ("prepared", 99, "Prepared, being searched"),
]


@pytest.mark.parametrize(("state", "progress", "stage"), STAGES)
def test_the_page_says_one_thing_of_how_far_a_scan_is(scan, technician, state, progress, stage):
    browser = signed_in(technician)
    Scan.objects.update(state=state, progress=progress)
    page = text_of(browser.get(f"/scans/{scan.pk}/"))
    assert f'id="stage">{stage}</span>' in page
    assert f"<p>{stage}: {progress} %</p>" in page
    assert page.count('id="stage"') == 1
    others = {words for _, _, words in STAGES} - {stage}
    assert not [words for words in others if words in page]
    again = text_of(browser.get(f"/scans/{scan.pk}/progress/"))
    assert f"<p>{stage}: {progress} %</p>" in again
    assert f'id="stage" hx-swap-oob="true">{stage}</span>' in again
    for address in (f"/exhibits/{scan.exhibit_id}/", "/scans/", "/"):
        assert stage in text_of(browser.get(address)), address


def test_a_search_that_has_begun_is_not_waited_for(scan, monkeypatch):
    monkeypatch.setattr(searching, "connection", SimpleNamespace(in_atomic_block=False))
    report = searching._reporter(Scan(pk=scan.pk))
    Scan.objects.update(state="prepared", progress=50)
    report("shortlist", 0, 100)
    assert fresh(scan).stage == "Prepared, being searched"


def test_jobs_that_are_done_twice_make_nothing_twice(scan, records, technician):
    records.scan(1, 2, by=technician)
    work()
    for _ in range(2):
        for one in Scan.objects.all():
            jobs.prepare_scan.func(str(one.pk))
            search_scan.func(str(one.pk))
        Scan.objects.update(state=Scan.State.WAITING)
        for one in Scan.objects.all():
            jobs.prepare_scan.enqueue(str(one.pk))
        work()
        assert Comparison.objects.count() == 2  # each scan has found the other
        assert BallisticLink.objects.count() == LinkStep.objects.count() == 1
        assert len(jobs.gallery()) == 2


def test_a_job_of_a_scan_that_is_gone_does_nothing(db):
    jobs.prepare_scan.func("00000000-0000-0000-0000-000000000000")
    search_scan.func("00000000-0000-0000-0000-000000000000")


def test_a_fault_marks_the_scan_and_it_can_be_tried_again(scan, technician, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no luck")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "prepare", broken)
        work()
    assert fresh(scan).state == Scan.State.FAILED
    browser = signed_in(technician)
    page = text_of(browser.get(f"/scans/{scan.pk}/"))
    assert "Nothing is lost" in page
    assert "no luck" not in page
    assert "Try again" in page
    browser.post(f"/scans/{scan.pk}/try-again/")
    work()
    assert fresh(scan).state == Scan.State.SEARCHED
    with pytest.raises(Refusal, match="worked on already"):
        actions.try_again(scan, by=technician)


def test_a_fault_in_the_search_can_be_tried_again_too(scan, technician, monkeypatch):
    from headstamp.web.comparisons import jobs as searching

    def broken(*args, **kwargs):
        raise RuntimeError("no luck")

    with monkeypatch.context() as patch:
        patch.setattr(searching, "search", broken)
        work()
    assert fresh(scan).state == Scan.State.FAILED
    actions.try_again(scan, by=technician)
    work()
    assert fresh(scan).state == Scan.State.SEARCHED


def test_a_file_that_was_lost_fails_with_a_sentence_without_paths(scan, technician):
    from headstamp.web.casework.files import path_of

    path_of(scan.file_id).unlink()
    work()
    assert fresh(scan).state == Scan.State.FAILED
    assert scan.file_id not in scan.state_reason
    assert "/" not in scan.state_reason
    page = text_of(signed_in(technician).get(f"/scans/{scan.pk}/"))
    assert scan.state_reason in page


def test_a_scan_that_cannot_be_compared_says_why(records, technician, tmp_path):
    from headstamp.formats.scan_file import ScanFile
    from headstamp.formats.x3p import write_x3p

    path = tmp_path / "small.x3p"
    heights = (1e-6 * np.random.default_rng(1).normal(size=(20, 20))).astype(np.float32)
    write_x3p(path, ScanFile(heights, 12.5e-6, 12.5e-6))
    exhibit = records.exhibit(by=technician)
    made = actions.add_scan(
        exhibit, chunks=[path.read_bytes()], file_name="small.x3p", by=technician
    )
    work()
    assert fresh(made).state == Scan.State.UNSUITABLE
    browser = signed_in(technician)
    page = text_of(browser.get(f"/scans/{made.pk}/"))
    assert "Cannot be compared" in page
    assert made.state_reason in page
    assert made not in [one.scan_b for one in Comparison.objects.all()]


def test_a_gallery_that_was_lost_is_made_again_from_the_scans(scan, records, technician):
    import shutil

    from django.conf import settings

    other = records.scan(1, 2, by=technician)
    work()
    shutil.rmtree(settings.WORKSPACE.gallery)
    Scan.objects.filter(pk=scan.pk).update(state=Scan.State.PREPARED)
    search_scan.enqueue(str(scan.pk))
    work()
    assert fresh(scan).state == Scan.State.SEARCHED
    assert len(jobs.gallery()) == 1
    assert fresh(other).state == Scan.State.SEARCHED


@pytest.mark.parametrize("what", ["scan", "exhibit"])
def test_what_is_withdrawn_is_no_candidate(scan, what, records, technician):
    work()
    if what == "scan":
        actions.withdraw_scan(scan, reason="Wrong exhibit", by=technician)
    else:
        actions.withdraw_exhibit(scan.exhibit, reason="A stone", by=technician)
    new = records.scan(1, 2, by=technician)
    work()
    assert fresh(new).state == Scan.State.SEARCHED
    assert not Comparison.objects.filter(scan_a=new)
    assert not BallisticLink.objects.exists()


@pytest.mark.parametrize("what", ["scan", "exhibit"])
def test_a_candidate_that_was_withdrawn_since_is_shown_no_more(scan, what, records, technician):
    work()
    new = records.scan(1, 2, by=technician)
    work()
    assert candidates_of(technician, fresh(new))
    if what == "scan":
        actions.withdraw_scan(scan, reason="Wrong exhibit", by=technician)
    else:
        actions.withdraw_exhibit(scan.exhibit, reason="A stone", by=technician)
    assert not candidates_of(technician, new)
    assert "That does not mean that the firearm is new" in text_of(
        signed_in(technician).get(f"/scans/{new.pk}/")
    )


def test_scans_of_one_exhibit_are_no_candidates_of_each_other(records, technician):
    exhibit = records.exhibit(by=technician)
    for firing in (1, 2):
        records.scan(1, firing, of=exhibit, by=technician)
        work()
    assert not Comparison.objects.exists()


def test_other_marks_are_not_compared_and_get_no_likelihood_ratio(records, technician, tmp_path):
    from tests.web.records import scan_bytes

    made = []
    for firing, region in ((1, "breech_face"), (2, "firing_pin"), (3, "firing_pin")):
        made.append(
            actions.add_scan(
                records.exhibit(by=technician),
                chunks=[scan_bytes(tmp_path, 1, firing)],
                file_name=f"{firing}.x3p",
                region=region,
                by=technician,
            )
        )
        work()
    compared = Comparison.objects.get()
    assert {compared.scan_a, compared.scan_b} == {made[1], made[2]}
    assert compared.log10_lr is None
    assert "breech faces alone" in compared.population_warnings[0]
    assert not BallisticLink.objects.exists()


def test_a_file_with_another_mark_is_another_record_of_the_gallery(records, technician, tmp_path):
    from tests.web.records import scan_bytes

    content = scan_bytes(tmp_path, 1, 1)
    for region in ("firing_pin", "breech_face"):
        exhibit = records.exhibit(by=technician)
        made = actions.add_scan(
            exhibit, chunks=[content], file_name="a.x3p", region=region, by=technician
        )
        work()
        assert fresh(made).state == Scan.State.SEARCHED
        actions.withdraw_scan(made, reason="Wrong mark", by=technician)
    assert len(jobs.gallery()) == 2


def test_a_job_of_a_worker_that_is_gone_is_done_by_the_next(scan):
    from django.utils import timezone

    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=["99999-gone"], started_at=timezone.now()
    )
    work()
    assert fresh(scan).state == Scan.State.SEARCHED
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_job_that_ends_its_worker_every_time_is_given_up_and_the_page_says_so(scan, technician):
    from django.utils import timezone

    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=["99999-gone"] * 5, started_at=timezone.now()
    )
    work()
    assert fresh(scan).state == Scan.State.FAILED
    assert scan.state_reason
    actions.try_again(scan, by=technician)
    work()
    assert fresh(scan).state == Scan.State.SEARCHED


def test_warnings_of_a_mask_that_was_corrected_go_with_it(scan, technician):
    mask = np.zeros((scan.rows, scan.columns), dtype=bool)
    mask[:50] = True  # less than one square millimetres
    actions.correct_mask(scan, mask=mask, by=technician)
    work()
    assert fresh(scan).warnings
    mask[:] = True
    actions.correct_mask(scan, mask=mask, by=technician)
    work()
    assert fresh(scan).warnings == []


def test_quality_warnings_stand_wherever_a_search_could_be_trusted(scan, records, technician):
    mask = np.zeros((scan.rows, scan.columns), dtype=bool)
    mask[:50] = True
    actions.correct_mask(scan, mask=mask, by=technician)
    records.scan(1, 2, of=records.exhibit(by=technician), by=technician)
    work()
    (warning, *_) = fresh(scan).warnings
    compared, link = Comparison.objects.first(), BallisticLink.objects.get()
    browser = signed_in(technician)
    for address in (f"/scans/{scan.pk}/", f"/links/{link.pk}/", f"/comparisons/{compared.pk}/"):
        assert warning in text_of(browser.get(address)), address
    for address in ("/queue/", f"/exhibits/{scan.exhibit_id}/", f"/scans/{compared.scan_a_id}/"):
        assert "uality warning" in text_of(browser.get(address)) or warning in text_of(
            browser.get(address)
        ), address
