"""The main job: a scan becomes candidates, a lead, a verified lead, an examination, a hit."""

from __future__ import annotations

import pytest

from headstamp.web.comparisons import actions, queries
from headstamp.web.comparisons.models import BallisticLink, Comparison
from headstamp.web.comparisons.states import LinkState
from headstamp.web.evidence.models import Scan
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(scan, work):
    scan(1, 1)
    work()
    scan(1, 2)
    scan(2, 1)
    work()
    return BallisticLink.objects.get()


def moved(link):
    link.refresh_from_db()
    return link


def at_examination(link, person):
    actions.review(link, lead=True, reason="Seen", version=1, by=person("technician"))
    actions.verify(link, agreed=True, reason="Seen too", version=2, by=person("examiner"))
    actions.disseminate(link, sent_to="Homicide", reason="New", version=3, by=person("analyst"))
    actions.request_examination(link, reason="Trial", version=4, by=person("investigator"))
    return moved(link)


def test_two_firings_of_one_gun_become_a_link_and_other_guns_do_not(link):
    states = set(Scan.objects.values_list("state", flat=True))
    assert states == {Scan.State.SEARCHED}
    assert link.state == LinkState.CORRELATED
    assert link.log10_lr > 1
    pair = {
        scan.file_name for side in (link.exhibit_a, link.exhibit_b) for scan in side.scans.all()
    }
    assert pair == {"gun1-1.x3p", "gun1-2.x3p"}
    compared = link.comparison
    assert compared.rank == 1
    assert compared.congruent_cells > 10
    assert compared.population
    assert len(compared.detail["cells_of_a"]) > 10


def test_the_whole_way_to_a_hit_needs_four_people(link, person):
    link = at_examination(link, person)
    first, second = person("examiner"), person("examiner")
    facts = {"method": "both", "bases": "Agreement of striations", "limits": ""}
    made = actions.examine(link, conclusion="identification", by=first, **facts)
    assert moved(link).state == LinkState.EXAMINATION_REQUESTED
    with pytest.raises(Refusal, match="another examiner"):
        actions.verify_examination(made, agreed=True, note="", by=first)
    actions.verify_examination(made, agreed=True, note="", by=second)
    assert moved(link).state == LinkState.HIT_CONFIRMED
    states = [step.state for step in queries.steps(link)]
    assert states == [
        LinkState.CORRELATED,
        LinkState.LEAD_UNCONFIRMED,
        LinkState.LEAD_VERIFIED,
        LinkState.DISSEMINATED,
        LinkState.EXAMINATION_REQUESTED,
        LinkState.HIT_CONFIRMED,
    ]


@pytest.mark.parametrize(
    ("conclusion", "state"),
    [
        ("elimination", LinkState.NOT_CONFIRMED),
        ("inconclusive_a", LinkState.INCONCLUSIVE),
        ("unsuitable", LinkState.UNSUITABLE),
    ],
)
def test_other_conclusions_never_become_a_hit(link, person, conclusion, state):
    link = at_examination(link, person)
    made = actions.examine(
        link, conclusion=conclusion, method="both", bases="Seen", limits="", by=person("examiner")
    )
    actions.verify_examination(made, agreed=True, note="", by=person("examiner"))
    assert moved(link).state == state


def test_a_disagreeing_verifier_leaves_the_lead_where_it_was(link, person):
    link = at_examination(link, person)
    facts = {"method": "both", "bases": "Seen", "limits": ""}
    made = actions.examine(link, conclusion="identification", by=person("examiner"), **facts)
    with pytest.raises(Refusal, match="differently"):
        actions.verify_examination(made, agreed=False, note=" ", by=person("examiner"))
    actions.verify_examination(made, agreed=False, note="No agreement", by=person("examiner"))
    assert moved(link).state == LinkState.EXAMINATION_REQUESTED
    actions.examine(link, conclusion="elimination", by=person("examiner"), **facts)


def test_the_reviewer_cannot_verify_and_a_stale_page_decides_nothing(link, person):
    reviewer = person("technician")
    with pytest.raises(Refusal, match="reason"):
        actions.review(link, lead=True, reason="  ", version=1, by=reviewer)
    actions.review(link, lead=True, reason="Seen", version=1, by=reviewer)
    with pytest.raises(Refusal, match="Somebody else"):
        actions.review(link, lead=False, reason="Not seen", version=1, by=person("examiner"))
    with pytest.raises(Refusal, match="second person"):
        actions.verify(link, agreed=True, reason="Seen", version=2, by=reviewer)
    assert moved(link).state == LinkState.LEAD_UNCONFIRMED


def test_steps_come_in_their_order_alone(link, person):
    with pytest.raises(Refusal, match="cannot follow"):
        actions.disseminate(link, sent_to="X", reason="X", version=1, by=person("analyst"))
    with pytest.raises(Refusal, match="No examination"):
        actions.examine(
            link,
            conclusion="identification",
            method="both",
            bases="X",
            limits="",
            by=person("examiner"),
        )
    actions.withdraw(link, reason="Wrong exhibit", version=1, by=person("analyst"))
    with pytest.raises(Refusal, match="cannot follow"):
        actions.review(link, lead=True, reason="X", version=2, by=person("technician"))


def test_a_corrected_mask_is_searched_anew_and_the_old_record_counts_no_more(link, person, work):
    import numpy as np

    from headstamp.web.evidence import actions as evidence
    from headstamp.web.evidence.surfaces import surface_of

    scan = Scan.objects.get(file_name="gun1-2.x3p")
    before, area = scan.gallery_key, scan.usable_area_mm2
    mask = np.zeros((scan.rows, scan.columns), dtype=bool)
    mask[: scan.rows // 2] = True
    evidence.correct_mask(scan, mask=mask, by=person("technician"))
    work()
    scan.refresh_from_db()
    assert scan.state == Scan.State.SEARCHED
    assert scan.gallery_key != before
    assert scan.usable_area_mm2 < 0.7 * area
    assert surface_of(scan).rows < scan.rows * 0.6
    newest = Comparison.objects.filter(scan_a=scan, keys__startswith=scan.gallery_key)
    assert newest.count() == 2
    assert all(before not in keys for keys in newest.values_list("keys", flat=True))


def test_the_queue_shows_each_role_what_waits_for_it(link, person):
    technician, analyst = person("technician"), person("analyst")
    assert [one.pk for one in queries.queue(technician)] == [link.pk]
    assert not queries.queue(analyst)
    actions.review(link, lead=True, reason="Seen", version=1, by=technician)
    assert not queries.queue(technician)
    assert queries.queue(person("examiner"))
    assert queries.queue(analyst, "all", link.exhibit_a.number[:8])
    assert not queries.queue(analyst, "all", "nothing")


def test_the_page_of_a_link_words_a_lead_as_a_lead(link, person, signed_in):
    examiner = person("examiner")
    page = signed_in(examiner).get(f"/links/{link.pk}/").content.decode()
    assert "Candidate, not reviewed" in page
    for word in (" hit", "identification by", "match"):
        assert word not in page.lower()
    answer = signed_in(examiner).post(
        f"/links/{link.pk}/review/", {"version": 1, "reason": "Seen", "decision": "lead"}
    )
    assert answer.status_code == 302
    page = signed_in(examiner).get(f"/links/{link.pk}/").content.decode()
    assert "not by itself probable cause" in page
    stale = signed_in(person("technician")).post(
        f"/links/{link.pk}/review/", {"version": 1, "reason": "No", "decision": "none"}
    )
    assert stale.status_code == 409
    assert "Somebody else has worked on this link" in stale.content.decode()


def test_a_link_between_agencies_is_seen_only_by_who_sees_both_sides(scan, work, person, agency):
    from headstamp.web.casework import cases

    scan(1, 1, "PVPD")
    scan(1, 2, "MPD")
    work()
    assert BallisticLink.objects.count() == 1
    ours, theirs = person("analyst", "PVPD"), person("analyst", "MPD")
    assert not queries.links(ours)
    assert not queries.links(theirs)
    assert queries.links(person("monitor", "OIM"))
    cases.add_agreement(
        by=person("administrator", "MPD"),
        recipient=agency("PVPD"),
        markings=["agency"],
        reason="Joint force",
        case=None,
    )
    assert queries.links(person("analyst", "PVPD"))
    assert not queries.links(person("analyst", "MPD"))
