"""Pictures of a scan are computed once, and shown also where they cannot be kept."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from tests.web.records import signed_in

from headstamp.web.evidence import masks, pictures
from headstamp.web.evidence.actions import correct_mask

pytestmark = pytest.mark.django_db

ADDRESSES = ("picture/", "mask/picture/", "mask/picture/?automatic")


def shown(browser, scan, address):
    answer = browser.get(f"/scans/{scan.pk}/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    return answer.content


def refuse(*args, **kwargs):
    raise AssertionError("computed again")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_picture_is_computed_once(address, scan, person, monkeypatch):
    found, browser = scan(1, 1), signed_in(person("technician"))
    first = shown(browser, found, address)
    monkeypatch.setattr(pictures, "topography_of", refuse)
    assert shown(browser, found, address) == first


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_picture_is_shown_where_it_cannot_be_kept(address, scan, person, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    found, browser = scan(1, 1), signed_in(person("technician"))
    monkeypatch.setattr(pictures, "keep", full)
    assert shown(browser, found, address).startswith(b"\x89PNG")


def test_a_corrected_mask_is_shown_instead_of_the_automatic_one(scan, person):
    found, browser = scan(1, 1), signed_in(person("technician"))
    before = shown(browser, found, "mask/picture/")
    drawn = np.zeros((found.rows, found.columns), dtype=bool)
    drawn[50:150, 50:150] = True
    by = found.created_by
    corrected = correct_mask(found, mask=drawn, version=found.version, by=by)
    now = shown(browser, corrected, "mask/picture/")
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(now))) > 0, drawn)
    assert shown(browser, corrected, "mask/picture/?automatic") == before


def test_the_automatic_mask_is_that_of_the_mark_the_scan_shows(scan, person, monkeypatch):
    found, browser = scan(1, 1), signed_in(person("technician"))
    monkeypatch.setattr(pictures, "automatic", lambda one: one.valid & (one.region == "firing_pin"))
    for region, is_used in (("breech_face", False), ("firing_pin", True)):
        type(found).objects.filter(pk=found.pk).update(region=region)
        drawn = masks.decoded(
            shown(browser, found, "mask/picture/?automatic"), (found.rows, found.columns)
        )
        assert drawn.any() == is_used
