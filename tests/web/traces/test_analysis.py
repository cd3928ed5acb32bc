"""What follows from many traces: counted by hand, of those in reach, with no key of a person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from headstamp.web.audit.models import AuditEvent
from headstamp.web.traces.models import TraceResult
from headstamp.web.traces.tables import actions

pytestmark = pytest.mark.django_db

HEADER = (
    "trace_id,recovery_date,recovery_city,recovery_state,sale_date,dealer_name,dealer_state,"
    "type,purchaser_key,possessor_key,purchaser_is_possessor,completion_status"
)
BUYER, HOLDER = "KEY-BUYER", "KEY-HOLDER"
ROWS = (
    f"T1,2016-05-01,Chicago,IL,2016-03-01,Shop A,IN,pistol,{BUYER},{HOLDER},no,"
    "completed to purchaser",
    f"T2,2016-06-01,Chicago,IL,2016-03-01,Shop A,IN,pistol,{BUYER},,no,completed to purchaser",
    "T3,2016-07-01,Chicago,IL,2010-01-01,Shop B,IL,pistol,OTHER,,yes,completed to purchaser",
    "T4,2016-08-01,Peoria,IL,2017-01-01,Shop B,IL,rifle,,,,completed to dealer",
    "T5,2016-09-01,Gary,IN,,,,pistol,,,,not traceable",
    "T6,2016,Chicago,IL,,,,pistol,,,,not traceable",
)


@pytest.fixture
def table(records):
    """``table("PVPD")``: the rows above, imported by an agency."""

    def make(code="PVPD", rows=ROWS):
        from datetime import date

        by = records.person("analyst", code)
        content = "\n".join((HEADER, *rows, "")).encode()
        made = actions.upload(
            chunks=[content], file_name=f"{code}.csv", retrieved=date(2026, 5, 4), by=by
        )
        return actions.run(made, by=by)

    return make


def counted(page, key):
    """Label and count of each row of a table of the overview."""
    (found,) = [one for one in page.context["report"]["tables"] if one["key"] == key]
    return {row["label"]: row["count"] for row in found["rows"]}, found["bases"]


def test_the_numbers_are_those_counted_by_hand(table, records, signed_in):
    table()
    client = signed_in(records.person("analyst"))
    page = client.get(reverse("traces:overview"), {"jurisdiction": "Chicago"})
    states, bases = counted(page, "source_states")
    assert states == {"Indiana": "2", "Illinois": "1", "other states": "0"}
    assert bases == ["3 traces that identified a source state"]
    assert counted(page, "years")[0] == {"2016": "4"}
    assert counted(page, "dealers")[0]["Shop A, IN"] == "2"
    every = client.get(reverse("traces:overview"), {"recovered": "10"})
    assert "6 guns submitted for tracing" in every.text
    assert "10 guns recovered" in every.text
    too_few = client.get(reverse("traces:overview"), {"recovered": "2"})
    assert "fewer than the 6 submitted" in too_few.text


def test_what_may_lie_beyond_the_period_is_counted_beside_it(table, records, signed_in):
    table()
    client = signed_in(records.person("analyst"))
    period = {"jurisdiction": "IL", "first": "2016-05-15", "last": "2016-08-31"}
    page = client.get(reverse("traces:overview"), period)
    assert counted(page, "years")[0] == {"2016": "3"}
    assert "Traces of the place not counted: 1" in page.text
    nothing = client.get(reverse("traces:overview"), {"jurisdiction": "Nowhere"})
    assert "No result that you may read" in nothing.text
    assert "Chicago, IL" in nothing.text
    turned = client.get(reverse("traces:overview"), {"first": "2017-01-01", "last": "2016-01-01"})
    assert "lies before the first" in turned.text


def test_a_sale_after_the_recovery_is_an_error_and_never_averaged(table, records, signed_in):
    table()
    client = signed_in(records.person("analyst"))
    times = counted(client.get(reverse("traces:overview")), "time_to_crime")[0]
    assert times["under 3 months"] == "1"
    assert times["3 to under 7 months"] == "1"
    assert times["3 years and over"] == "1"
    four = TraceResult.objects.get(trace_number="T4")
    page = client.get(reverse("traces:result", args=[four.pk])).text
    assert "an error to resolve" in page


def test_signs_name_their_traces_and_the_reason_and_no_score(table, records, signed_in):
    table()
    page = signed_in(records.person("analyst")).get(reverse("traces:signs"))
    kinds = {one["key"]: one for one in page.context["kinds"]}
    assert kinds["one_purchaser"]["shown"][0]["because"] == "one purchaser of 2 recovered guns"
    named = {number for _, number in kinds["one_purchaser"]["shown"][0]["traces"]}
    assert named == {"T1", "T2"}
    assert kinds["short_time_to_crime"]["count"] == 2
    assert kinds["recovered_far"]["raised_by"] == 2
    assert "score" not in page.text.replace("gets a score", "")
    one = signed_in(records.person("analyst")).get(
        reverse("traces:signs"), {"kind": "theft_report"}
    )
    assert [kind["key"] for kind in one.context["kinds"]] == ["theft_report"]


def test_networks_say_which_record_joins_two_guns(table, records, signed_in):
    table()
    page = signed_in(records.person("investigator")).get(reverse("traces:networks"))
    (network,) = page.context["networks"]
    assert {edge["reason"] for edge in network["edges"]} == {"bought together", "one purchaser"}
    assert BUYER in page.text
    none = signed_in(records.person("investigator")).get(reverse("traces:networks"), {"least": 3})
    assert "None found" in none.text


def test_dealers_stand_with_what_is_dated(table, records, signed_in):
    table()
    page = signed_in(records.person("prosecutor")).get(reverse("traces:dealers"))
    rows = {one["name"]: (one["count"], one["short"], one["dated"]) for one in page.context["rows"]}
    assert rows == {"Shop A, IN": (2, 2, 2), "Shop B, IL": (2, 0, 1)}


def test_the_flow_is_drawn_of_what_is_in_reach(table, records, signed_in):
    table()
    client = signed_in(records.person("analyst"))
    page = client.get(reverse("traces:flows"), {"state": "IL"})
    charts = {one["name"]: one["chart"] for one in page.context["charts"]}
    assert charts["map"].rows == (
        ("Illinois", "Illinois", "2", "50.0 %"),
        ("Indiana", "Illinois", "2", "50.0 %"),
    )
    image = client.get(reverse("traces:flow_chart", args=["map"]), {"state": "IL"})
    assert image["Content-Type"] == "image/svg+xml"
    assert "Indiana to Illinois: 2" in image.content.decode()
    assert client.get(reverse("traces:flow_chart", args=["nothing"])).status_code == 404
    other = signed_in(records.person("analyst", "OTHER"))
    assert "Nothing to draw" in other.get(reverse("traces:flows")).text
    assert other.get(reverse("traces:flow_chart", args=["map"])).status_code == 404
    atf = client.get(reverse("traces:flows"), {"of": "atf"})
    assert "import-atf" in atf.text


PAGES = ("overview", "flows", "signs", "networks", "dealers")
FORMATS = ("html", "pdf", "csv")


def exports(edition):
    """Addresses of a report in every format."""
    return [f"{reverse('traces:report')}?edition={edition}&form={form}" for form in FORMATS]


def every_address():
    """Every address under analysis, of every result; test_attacks looks into the PDFs."""
    one = [
        reverse("traces:result", args=[pk])
        for pk in TraceResult.objects.values_list("pk", flat=True)
    ]
    return [
        *(reverse(f"traces:{name}") for name in PAGES),
        *(address for address in exports("internal") + exports("public") if "pdf" not in address),
        *one,
        *(reverse("traces:serials") + "?q=ABC123", reverse("traces:queue")),
    ]


@pytest.mark.parametrize(
    "role",
    ["technician", "examiner", "analyst", "investigator", "prosecutor", "commander", "monitor",
     "administrator"],
)  # fmt: skip
def test_keys_of_people_are_shown_to_those_entitled_and_in_no_report(
    role, table, records, signed_in
):
    table()
    client = signed_in(records.person(role))
    shown = {one for one in every_address() if b"KEY-" in client.get(one).content}
    people = [*TraceResult.objects.filter(people__purchaser=BUYER).values_list("pk", flat=True)]
    entitled = {reverse("traces:networks"), *(reverse("traces:result", args=[pk]) for pk in people)}
    may = role in ("analyst", "investigator", "prosecutor", "monitor")
    assert shown == (entitled if may else set())


def test_an_agreement_shares_results_and_not_their_people(table, records, signed_in):
    table("OTHER")
    analyst = records.person("analyst")
    client = signed_in(analyst)
    assert "No result that you may read" in client.get(reverse("traces:overview")).text
    assert all(
        client.get(reverse("traces:result", args=[pk])).status_code == 404
        for pk in TraceResult.objects.values_list("pk", flat=True)
    )
    agreement = records.agreement("OTHER", "PVPD", "agency")
    client = signed_in(records.person("analyst"))
    page = client.get(reverse("traces:overview"))
    assert "6 guns submitted for tracing" in page.text
    signs = client.get(reverse("traces:signs"))
    kinds = {one["key"]: one["count"] for one in signs.context["kinds"]}
    assert (kinds["short_time_to_crime"], kinds["one_purchaser"]) == (2, 0)
    assert "Of 3 results you may not read who bought" in " ".join(signs.text.split())
    assert not any(b"KEY-" in client.get(one).content for one in every_address())
    from headstamp.web.casework import cases

    cases.end_agreement(agreement, by=records.person("administrator", "OTHER"))
    client = signed_in(records.person("analyst"))
    assert "No result that you may read" in client.get(reverse("traces:overview")).text


def test_the_public_edition_names_no_dealer_and_no_small_number(table, records, signed_in):
    table()
    client = signed_in(records.person("commander"))
    for address in exports("public"):
        answer = client.get(address)
        assert answer.status_code == 200
        if "form=pdf" not in address:
            text = answer.content.decode()
            assert "Shop A" not in text
            assert "not all firearms traced are used in crime" in text
    assert AuditEvent.objects.filter(action="traces.report_exported").count() == 3
    internal = client.get(exports("internal")[2])
    assert "Shop A" in internal.content.decode()
    assert "Law enforcement sensitive" in internal.content.decode()
    assert client.get(reverse("traces:report")).status_code == 422


def test_reading_a_result_with_people_is_on_record(table, records, signed_in):
    table()
    one = TraceResult.objects.get(trace_number="T1")
    signed_in(records.person("analyst")).get(reverse("traces:result", args=[one.pk]))
    assert AuditEvent.objects.filter(action="traces.people_read", record=str(one.pk)).exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_of_many_results_than_of_few(name, table, records, signed_in):
    table()
    client = signed_in(records.person("analyst"))

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(f"traces:{name}")).status_code == 200
        return len(found)

    few = asked()
    more = tuple(row.replace("T", f"M{n}T", 1) for n in range(20) for row in ROWS)
    table(rows=more)
    assert asked() <= few
