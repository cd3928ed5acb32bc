"""Stepping into a role with a click: in a demonstration on this machine, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import override_settings

from headstamp.web.accounts.models import Invitation

pytestmark = pytest.mark.django_db

DEMO = override_settings(DEMO=True, SECOND_FACTOR_REQUIRED=False)


@pytest.fixture
def user(person):
    return person("examiner")


def step_in(client, user, **more):
    return client.post("/demo/", {"person": str(user.pk)}, **more)


@DEMO
def test_one_click_signs_in_past_the_notice(user, browser):
    client = browser()
    assert client.get("/")["Location"] == "/demo/"
    assert user.name in client.get("/demo/").content.decode()
    assert step_in(client, user)["Location"] == "/"
    page = client.get("/").content.decode()
    assert user.name in page
    assert "every person, place and incident here is made up" in page


def test_elsewhere_the_page_does_not_exist(user, browser):
    client = browser()
    assert client.get("/demo/").status_code == 404
    assert step_in(client, user).status_code == 404
    assert client.get("/")["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


@DEMO
@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "::ffff:10.0.0.1", "", "nonsense"])
def test_another_machine_finds_nothing(user, browser, address):
    assert step_in(browser(), user, REMOTE_ADDR=address).status_code == 404


@DEMO
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_does(user, browser, address):
    assert step_in(browser(), user, REMOTE_ADDR=address).status_code == 302


@DEMO
@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-For": "192.0.2.7"},
        {"X-Forwarded-Host": "demo.example"},
        {"X-Real-IP": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
        {"Via": "1.1 proxy"},
    ],
)
def test_a_proxy_on_this_machine_finds_nothing(user, browser, header):
    assert step_in(browser(), user, headers=header).status_code == 404


@DEMO
def test_a_name_that_was_pointed_at_this_machine_is_refused(user, browser):
    for host in ("rebound.example", "127.0.0.1.rebound.example", "192.0.2.1"):
        assert step_in(browser(), user, headers={"Host": host}).status_code == 400


@DEMO
def test_whoever_was_invited_is_not_stepped_into(user, browser):
    Invitation.objects.create(user=user)
    assert user.name not in browser().get("/demo/").content.decode()
    assert step_in(browser(), user).status_code == 404


@DEMO
@pytest.mark.parametrize("person", ["", "nobody", "6f7c0b1e-0000-4000-8000-000000000000"])
def test_nobody_is_nobody(browser, person):
    assert browser().post("/demo/", {"person": person}).status_code == 404


@DEMO
def test_a_disabled_person_is_not_stepped_into(user, browser):
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert step_in(browser(), user).status_code == 404
