"""The first page tells people of what they can do something about."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of
from tests.web.records import signed_in

from headstamp.web.evidence import custody

pytestmark = pytest.mark.django_db


def test_a_scene_of_another_agency_is_no_card_to_work_on(records):
    records.agreement("LAB", "PVPD", "agency")
    own, foreign = records.scene(), records.scene("LAB")
    page = text_of(signed_in(records.person("technician")).get("/"))
    cards, _, rest = page.partition("Open scenes of other agencies")
    assert f"/scenes/{own.pk}/" in cards
    assert f"/scenes/{foreign.pk}/" not in cards
    assert f"/scenes/{foreign.pk}/" in rest


@pytest.mark.parametrize("role", ["analyst", "commander", "monitor"])
def test_who_works_no_scenes_is_shown_them_in_a_list(records, role):
    scene = records.scene()
    page = text_of(signed_in(records.person(role)).get("/"))
    assert f"/scenes/{scene.pk}/" in page
    assert "hs-cards" not in page
    assert "of other agencies" not in page


def test_an_offer_is_shown_to_who_can_take_it(records):
    technician, other = records.person("technician"), records.person("technician")
    made = custody.offer(records.exhibit(by=technician), to=other, by=technician)
    assert f"/hand-overs/{made.pk}/" in text_of(signed_in(other).get("/"))
    other.role = "monitor"
    other.save()
    page = text_of(signed_in(other).get("/"))
    assert f"/hand-overs/{made.pk}/" not in page
