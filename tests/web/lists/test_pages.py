"""Leafing through a long list."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import timezone

from headstamp.web.casework.models import Incident
from headstamp.web.lists import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(records):
    """``many(n)``: n incidents that all occurred at once, with one number in many agencies."""

    def make(count):
        now, agencies = timezone.now(), [records.agency(f"A{i}") for i in range(count)]
        Incident.objects.bulk_create(
            Incident(agency=agency, number="1", occurred_at=now) for agency in agencies
        )
        return Incident.objects.all()

    return make


def page(rows, number):
    return pages.page_of(RequestFactory().get("/", {"page": number}), rows)


def test_leafing_meets_every_row_once_also_where_the_order_says_nothing(many):
    rows = many(2 * pages.SIZE + 3)
    met = [one.pk for number in (1, 2, 3) for one in page(rows, number).rows]
    assert met == sorted(rows.values_list("pk", flat=True), key=lambda key: key.hex)
    assert [page(rows, number).has_next for number in (1, 2, 3)] == [True, True, False]


def test_a_page_says_where_it_stands(many):
    found = page(many(pages.SIZE + 1), 2)
    assert (found.first, found.last, found.count_text) == (51, 51, "51")
    assert found.has_previous


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 5000, "1e3"])
def test_a_page_that_does_not_exist_is_the_first(many, number):
    assert page(many(1), number).number == 1


def test_a_page_behind_the_last_is_empty(many):
    found = page(many(1), "7")
    assert found.rows == []
    assert not found.has_next


def test_the_furthest_page_leads_no_further_and_says_so(many, monkeypatch):
    monkeypatch.setattr(pages, "LAST", 2)
    rows = many(2 * pages.SIZE + 1)
    found = page(rows, 2)
    assert not found.has_next
    assert found.is_cut
    assert page(rows, 3).number == 2
    assert not page(rows, 1).is_cut


def test_a_long_list_is_not_counted_to_its_end(many, monkeypatch):
    monkeypatch.setattr(pages, "COUNTED", 60)
    assert page(many(70), 1).count_text == "more than 60"


@pytest.mark.parametrize("count", [1, pages.SIZE, 3 * pages.SIZE])
def test_a_page_asks_twice_at_most_however_long_the_list(
    many, count, django_assert_max_num_queries
):
    rows = many(count)
    for number in (1, 2, 100):
        with django_assert_max_num_queries(2):
            page(rows, number)


def test_the_rows_of_a_page_are_in_the_order_of_the_list(many, monkeypatch):
    rows = many(2 * pages.SIZE).order_by("-agency__code")
    for counted in (pages.COUNTED, 0):
        monkeypatch.setattr(pages, "COUNTED", counted)
        shown = [one.agency.code for number in (1, 2) for one in page(rows, number).rows]
        assert shown == sorted(shown, reverse=True)
        alike = page(Incident.objects.all(), 1).rows
        assert alike == sorted(alike, key=lambda one: one.pk.hex)
