"""A browser asks before it shows a picture or surface that it has kept."""

from __future__ import annotations

import numpy as np
import pytest
from tests.web.records import signed_in, work

from headstamp.web.evidence import actions, surfaces

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


@pytest.fixture
def photograph(records, technician):
    return records.photograph(of=records.scene(by=technician), by=technician)


@pytest.fixture
def addresses(scan, photograph):
    return (
        f"/photographs/{photograph.pk}/",
        f"/scans/{scan.pk}/heights/",
        f"/scans/{scan.pk}/picture/",
        f"/scans/{scan.pk}/mask/picture/",
        f"/scans/{scan.pk}/mask/picture/?automatic",
    )


def again(browser, address, etag):
    return browser.get(address, headers={"If-None-Match": etag})


def test_what_a_browser_has_is_not_sent_again(addresses, technician):
    browser = signed_in(technician)
    for address in addresses:
        first = browser.get(address)
        assert first["Cache-Control"] == "private, no-cache"
        assert len(b"".join(first)) > 0
        answer = again(browser, address, first["ETag"])
        assert (answer.status_code, answer.content) == (304, b""), address
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["ETag"] == first["ETag"]
        assert again(browser, address, '"another"').status_code == 200


def test_a_surface_that_is_not_sent_again_is_not_read(scan, technician, monkeypatch):
    browser = signed_in(technician)
    address = f"/scans/{scan.pk}/heights/"
    etag = browser.get(address)["ETag"]
    monkeypatch.setattr(surfaces, "path_beside", None)
    assert again(browser, address, etag).status_code == 304


def test_after_a_sign_out_nobody_is_told_that_their_copy_holds(addresses, technician):
    browser = signed_in(technician)
    kept = {address: browser.get(address)["ETag"] for address in addresses}
    browser.post("/account/logout/")
    for address, etag in kept.items():
        answer = again(browser, address, etag)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


def test_who_may_not_see_it_any_more_is_told_that_there_is_none(addresses, technician, records):
    browser, other = signed_in(technician), records.person("investigator", "LAB")
    kept = {address: browser.get(address)["ETag"] for address in addresses}
    browser = signed_in(other)
    for address, etag in kept.items():
        assert again(browser, address, etag).status_code == 404


def test_a_corrected_mask_is_sent_anew_with_its_surface(scan, technician):
    browser = signed_in(technician)
    changing = [f"/scans/{scan.pk}/heights/", f"/scans/{scan.pk}/mask/picture/"]
    before = {address: browser.get(address)["ETag"] for address in changing}
    mask = np.ones((scan.rows, scan.columns), dtype=bool)
    mask[:, : scan.columns // 3] = False
    actions.correct_mask(scan, mask=mask, by=technician)
    for address, etag in before.items():
        answer = again(browser, address, etag)
        assert answer.status_code == 200
        assert answer["ETag"] != etag
