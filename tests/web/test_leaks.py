"""What a person learns of records they may not see: nothing, by any page, count, search or file."""

from __future__ import annotations

import re

import pytest
from tests.web.forms import text_of
from tests.web.records import scan_bytes, signed_in, work

pytestmark = pytest.mark.django_db

HIDDEN = "Xylo"  # stands in every text of the other agency's records
PAGES = (
    *("/", "/incidents/", "/incidents/?withdrawn=on", "/incidents/export/", "/exhibits/"),
    *("/exhibits/?withdrawn=on", "/exhibits/?scanned=yes", "/exhibits/?scanned=no", "/firearms/"),
    *("/scans/", "/queue/", "/queue/?state=all", "/queue/?state=correlated", "/cases/"),
    *("/imports/", f"/search/?q={HIDDEN}", f"/incidents/?q={HIDDEN}", f"/exhibits/?q={HIDDEN}"),
    *(f"/firearms/?q={HIDDEN}", f"/firearms/?q={HIDDEN}-77", f"/scans/?q={HIDDEN}"),
    *(f"/queue/?state=all&q={HIDDEN}", f"/incidents/?area={HIDDEN}", "/incidents/?page=2"),
    f"/exhibits/?calibre={HIDDEN}",
    *("/leads/", "/leads/?state=all", "/leads/?clock=overdue", "/leads/?who=agency"),
    *("/leads/notifications/", "/leads/measures/", "/leads/measures/export/"),
    f"/leads/?state=all&q={HIDDEN}",
    *("/traces/", "/traces/?state=all", f"/traces/?q={HIDDEN}", "/traces/completeness/"),
    *(f"/traces/serials/?q={HIDDEN}-77", "/traces/serials/?q=XYL0-77", "/traces/export/"),
    *("/traces/results/", "/traces/results/conflicts/", "/traces/analysis/"),
    *(f"/traces/analysis/?jurisdiction={HIDDEN}", "/traces/analysis/flows/"),
    *("/traces/analysis/signs/", "/traces/analysis/networks/", "/traces/analysis/dealers/"),
)


def shown(answer):
    """What an answer says, without the tokens that differ each time."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())


def others_records(make, code="MPD"):
    """An agency's records of every kind, each naming the secret wherever it can."""
    technician, analyst = make.person("technician", code), make.person("analyst", code)
    incident = make.incident(
        code, by=technician, number=f"{HIDDEN}-1", address=HIDDEN, area=HIDDEN, offence_title=HIDDEN
    )
    scene = make.scene(code, of=incident, by=technician, weather=HIDDEN, note=HIDDEN)
    make.photograph(7, code, of=scene, by=technician)
    facts = {"calibre": HIDDEN, "headstamp_maker": HIDDEN, "description": HIDDEN}
    held = make.exhibit(code, of=incident, by=technician, **facts)
    gun = make.exhibit(code, of=incident, by=technician, kind="firearm", **facts)
    make.firearm(code, of=gun, by=technician, maker=HIDDEN, serial=f"{HIDDEN}-77")
    make.trace(gun, code, officer=HIDDEN, remarks=HIDDEN, recovery_city=HIDDEN)
    table = "trace_id,serial,recovery_date,recovery_city,recovery_state,dealer_name,sale_date"
    for day in ("2015-01-01", "2015-02-01"):
        row = f"{HIDDEN}-1,{HIDDEN}-77,2016-05-01,{HIDDEN},IL,{HIDDEN},{day}"
        make.trace_table(row, header=table, code=code, by=analyst, run=True)
    make.case(code, by=analyst, number=HIDDEN, title=HIDDEN)
    make.scan(1, 2, code, of=held, by=technician)
    make.scan(1, 3, code, of=make.exhibit(code, of=incident, by=technician), by=technician)
    make.lead(gun, make.exhibit(code, of=incident, by=technician), code, upto="in_progress")
    return held


def test_no_page_of_another_agency_changes_by_a_single_letter(records):
    technician = records.person("technician", "PVPD", name="T")
    records.scan(1, 1, of=records.exhibit(by=technician), by=technician)
    work()
    browser = signed_in(records.person("analyst"))
    before = {page: shown(browser.get(page)) for page in PAGES}
    others_records(records)
    work()
    after = {page: shown(browser.get(page)) for page in PAGES}
    for page in PAGES:
        assert after[page] == before[page], page
        assert HIDDEN not in after[page].replace(f"q={HIDDEN}", "") or "?" in page, page


def test_candidates_out_of_reach_leave_no_gap_and_no_number(records):
    others_records(records)
    technician = records.person("technician")
    first, second = (records.exhibit(by=technician) for _ in range(2))
    records.scan(1, 1, of=first, by=technician)
    work()
    scan = records.scan(1, 4, of=second, by=technician)
    work()
    from headstamp.web.comparisons.models import Comparison

    ranks = list(Comparison.objects.filter(scan_a=scan).values_list("rank", flat=True))
    assert len(ranks) == 3
    own = Comparison.objects.get(scan_a=scan, scan_b__exhibit=first)
    Comparison.objects.filter(pk=own.pk).update(rank=3)  # the others' are better
    Comparison.objects.filter(scan_a=scan).exclude(pk=own.pk).update(rank=1)
    browser = signed_in(technician)
    page = text_of(browser.get(f"/scans/{scan.pk}/"))
    assert re.findall(r'data-label="Rank">(\d+)<', page) == ["1"]
    assert first.number in page
    assert HIDDEN not in page
    compared = text_of(browser.get(f"/comparisons/{own.pk}/"))
    assert "<dt>Rank among the candidates you may see</dt><dd>1</dd>" in compared
    assert "3" not in re.findall(r"(\d+) scans", compared)


def test_candidates_out_of_reach_take_no_place_from_those_in_reach(records, monkeypatch):
    from headstamp.web.comparisons import jobs
    from headstamp.web.comparisons.queries import candidates_of

    monkeypatch.setattr(jobs, "KEPT", 1)
    others_records(records)
    technician = records.person("technician")
    records.scan(5, 1, of=records.exhibit(by=technician), by=technician)
    work()
    scan = records.scan(1, 4, of=records.exhibit(by=technician), by=technician)
    work()
    scan.refresh_from_db()
    assert [one.scan_b.file_name for one in candidates_of(technician, scan)] == ["gun5-1.x3p"]


@pytest.fixture
def hidden(records):
    """An exhibit marked open, of an incident that other agencies do not see, and one of theirs."""
    technician = records.person("technician", "MPD")
    incident = records.incident("MPD", by=technician, number=f"{HIDDEN}-1", address=HIDDEN)
    seen = records.exhibit("MPD", of=incident, by=technician, number="SEEN-1", marking="open")
    records.scan(1, 1, "MPD", of=seen, by=technician)
    ours = records.exhibit(by=records.person("technician"))
    scan = records.scan(1, 2, of=ours)
    work()
    return seen, ours, scan


def test_an_open_exhibit_says_nothing_of_its_incident(hidden, records):
    from headstamp.web.comparisons.models import BallisticLink, Comparison

    seen, ours, scan = hidden
    link, compared = BallisticLink.objects.get(), Comparison.objects.get(scan_a=scan)
    browser = signed_in(records.person("examiner"))
    theirs = seen.scans.get()
    for page in (
        *("/", "/exhibits/", "/queue/", "/queue/?state=all", "/scans/", "/search/?q=SEEN"),
        *(f"/exhibits/{seen.pk}/", f"/exhibits/{ours.pk}/", f"/scans/{scan.pk}/"),
        *(f"/scans/{theirs.pk}/", f"/links/{link.pk}/", f"/comparisons/{compared.pk}/"),
        *(f"/comparisons/{compared.pk}/data/", f"/incidents/{ours.incident_id}/"),
    ):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert HIDDEN not in text_of(answer), page
        assert str(seen.incident_id) not in text_of(answer), page
    assert "SEEN-1" in text_of(browser.get("/queue/"))
    assert not browser.get(f"/queue/?state=all&q={HIDDEN}").context["page"].rows
    own_number = ours.incident.number
    assert browser.get("/queue/", {"state": "all", "q": own_number}).context["page"].rows


def test_a_scene_one_made_says_nothing_of_an_incident_that_was_restricted_since(records):
    from headstamp.web.casework import actions

    technician = records.person("technician")
    incident = records.incident(number=f"{HIDDEN}-1", address=HIDDEN)
    scene = records.scene(of=incident, by=technician)
    exhibit = records.exhibit(of=incident, by=technician, number="MINE-1", kind="firearm")
    actions.change_incident(
        incident, version=1, changes={"marking": "restricted"}, by=records.person("commander")
    )
    browser = signed_in(technician)
    assert browser.get(f"/incidents/{incident.pk}/").status_code == 404
    for page in (
        *(f"/scenes/{scene.pk}/", f"/scenes/{scene.pk}/change/", f"/exhibits/{exhibit.pk}/"),
        *(f"/exhibits/{exhibit.pk}/change/", f"/exhibits/{exhibit.pk}/firearm/", "/"),
    ):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert HIDDEN not in text_of(answer), page


def test_another_agencys_scan_of_the_same_file_is_never_spoken_of(records, tmp_path):
    from headstamp.web.evidence import actions
    from headstamp.web.evidence.models import Scan

    theirs = records.scan(1, 1, "MPD")
    technician = records.person("technician")
    exhibit = records.exhibit(by=technician)
    ours = actions.add_scan(
        exhibit, chunks=[scan_bytes(tmp_path, 1, 1)], file_name="a.x3p", by=technician
    )
    assert ours.file_id == theirs.file_id
    work()
    assert set(Scan.objects.values_list("state", flat=True)) == {Scan.State.SEARCHED}
    page = text_of(signed_in(technician).get(f"/scans/{ours.pk}/"))
    assert "MPD" not in page


def test_a_restricted_scan_of_ones_own_agency_is_not_spoken_of_either(records, tmp_path):
    from headstamp.web.evidence import actions

    hidden = records.incident(marking="restricted")
    records.scan(1, 1, of=records.exhibit(of=hidden))
    technician = records.person("technician")
    made = actions.add_scan(
        records.exhibit(by=technician),
        chunks=[scan_bytes(tmp_path, 1, 1)],
        file_name="a.x3p",
        by=technician,
    )
    assert made.pk


def test_one_file_in_two_agencies_is_a_candidate_in_both_and_never_of_itself(records, tmp_path):
    from headstamp.web.comparisons.models import Comparison
    from headstamp.web.evidence import actions

    records.agreement("MPD", "PVPD", "agency")
    technician, stranger = records.person("technician"), records.person("technician", "FBI")
    theirs = records.scan(1, 1, "MPD")
    file = {"chunks": [scan_bytes(tmp_path, 1, 1)], "file_name": "a.x3p"}
    own = actions.add_scan(records.exhibit("FBI", by=stranger), by=stranger, **file)
    work()
    searched = records.scan(1, 2, of=records.exhibit(by=technician), by=technician)
    work()
    found = set(Comparison.objects.filter(scan_a=searched).values_list("scan_b", flat=True))
    assert found == {theirs.pk, own.pk}
    assert not Comparison.objects.filter(scan_a__file=own.file, scan_b__file=own.file)
    with pytest.raises(actions.DuplicateScan, match=theirs.exhibit.number):
        actions.add_scan(records.exhibit(by=technician), by=technician, **file)
