"""Numbers of which one gun or one person can be told."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests.web.traces.test_attacks import imported

from headstamp.reports import trace_report
from headstamp.web.traces.models import TraceResult

pytestmark = pytest.mark.django_db

AGES = "trace_id,recovery_date,possessor_key,possessor_age"
FORMATS = ("html", "pdf", "csv")


@pytest.mark.parametrize(
    ("role", "code", "reads"),
    [
        *((role, "PVPD", True) for role in ("analyst", "investigator", "prosecutor")),
        ("commander", "PVPD", False),
        ("analyst", "OTHER", False),
        ("monitor", "OTHER", True),
    ],
)
def test_the_age_of_one_possessor_is_read_with_the_people_alone(
    role, code, reads, records, signed_in
):
    imported(records, "T1,2016-05-01,K1,97", header=AGES)
    imported(records, "T1,2016-05-01,K1,98", header=AGES)
    records.agreement("PVPD", "OTHER", "agency")
    client = signed_in(records.person(role, code))
    last = TraceResult.objects.get(is_last=True)
    assert ("<dd>98</dd>" in client.get(reverse("traces:result", args=[last.pk])).text) == reads
    assert ("<td>98</td>" in client.get(reverse("traces:conflicts")).text) == reads


@pytest.mark.parametrize("form", FORMATS)
def test_a_note_of_the_public_edition_says_no_small_number(form, records, signed_in, monkeypatch):
    monkeypatch.setattr(trace_report, "typeset", lambda _, said, __: json.dumps(said).encode())
    header = "trace_id,recovery_date"
    imported(records, *(f"T{n},2016-05-01" for n in range(9)), "M1,2016", header=header)
    imported(records, "T1,2016-05-02", header=header)
    client = signed_in(records.person("commander"))

    def notes(edition):
        asked = {"edition": edition, "form": form, "first": "2016-05-01"}
        return client.get(reverse("traces:report"), asked).content.decode()

    assert "different results: 1;" in notes("internal")
    assert "not counted: 1;" in notes("internal")
    assert "different results: fewer than 5;" in notes("public")
    assert "not counted: fewer than 5;" in notes("public")
