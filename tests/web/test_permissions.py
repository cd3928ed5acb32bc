"""Who reaches which address: every route, every role, own, shared and foreign records."""

from __future__ import annotations

from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.records import png, work

pytestmark = pytest.mark.django_db

T, E, A, V, P, C, M, D = (
    "technician",
    "examiner",
    "analyst",
    "investigator",
    "prosecutor",
    "commander",
    "monitor",
    "administrator",
)
ROLES = (T, E, A, V, P, C, M, D)
READERS = {T, E, A, V, P, C, M}
CASE = {T, E, A, V, P, C}
LEADS = {A, V, P, C, M}
EVERYBODY = set(ROLES)
ANYBODY = {*ROLES, "nobody signed in"}

# route: (method, roles that may, kind of record in its address)
TABLE = {
    "home": ("GET", EVERYBODY, ""),
    "search": ("GET", EVERYBODY, ""),
    "health": ("GET", EVERYBODY, ""),
    "notice": ("GET", EVERYBODY, ""),
    "locked": ("GET", EVERYBODY, ""),
    "demo": ("GET", set(), ""),
    "invitation": ("GET", EVERYBODY, "token"),
    "account_login": ("GET", EVERYBODY, ""),
    "account_logout": ("GET", EVERYBODY, ""),
    "account_change_password": ("GET", EVERYBODY, ""),
    "account_reauthenticate": ("GET", EVERYBODY, ""),
    "mfa_index": ("GET", EVERYBODY, ""),
    "mfa_authenticate": ("GET", EVERYBODY, ""),
    "mfa_reauthenticate": ("GET", EVERYBODY, ""),
    "mfa_activate_totp": ("GET", EVERYBODY, ""),
    "mfa_view_recovery_codes": ("GET", EVERYBODY, ""),
    "mfa_generate_recovery_codes": ("GET", EVERYBODY, ""),
    "accounts:people": ("GET", {D, M}, ""),
    "accounts:invite": ("GET", {D}, ""),
    "accounts:person": ("GET", {D}, "person"),
    "accounts:renew": ("POST", {D}, "person"),
    "accounts:unlock": ("POST", {D}, "person"),
    "accounts:agencies": ("GET", {D, M}, ""),
    "accounts:add_agency": ("GET", {D}, ""),
    "accounts:agency": ("GET", {D}, "agency"),
    "casework:incidents": ("GET", READERS, ""),
    "casework:export_incidents": ("GET", READERS - {T}, ""),
    "casework:add_incident": ("GET", {T, A, V, C}, ""),
    "casework:incident": ("GET", READERS, "incident"),
    "casework:change_incident": ("GET", {T, A, V, C}, "incident"),
    "casework:withdraw_incident": ("POST", {A, C}, "incident"),
    "casework:open_scene": ("GET", {T, V}, "incident"),
    "casework:scene": ("GET", READERS, "scene"),
    "casework:change_scene": ("GET", {T, V}, "scene"),
    "casework:add_photographs": ("POST", {T, V}, "scene"),
    "casework:withdraw_scene": ("POST", {T, V, C}, "scene"),
    "casework:withdraw_photograph": ("POST", {T, V, C}, "photograph"),
    "casework:photograph": ("GET", READERS, "photograph"),
    "casework:cases": ("GET", READERS, ""),
    "casework:add_case": ("GET", {A, V, C}, ""),
    "casework:case": ("GET", READERS, "case"),
    "casework:change_case": ("GET", {A, V, C}, "case"),
    "casework:change_members": ("POST", {A, V, C}, "case"),
    "casework:change_incidents": ("POST", {A, V, C}, "case"),
    "casework:agreements": ("GET", {D, C, M}, ""),
    "casework:add_agreement": ("GET", {D}, ""),
    "casework:end_agreement": ("POST", {D}, "agreement"),
    "evidence:exhibits": ("GET", READERS, ""),
    "evidence:exhibit": ("GET", READERS, "exhibit"),
    "evidence:change_exhibit": ("GET", {T, E, V}, "exhibit"),
    "evidence:withdraw_exhibit": ("POST", {T, E, C}, "exhibit"),
    "evidence:firearm": ("GET", {T, E, V}, "exhibit"),
    "evidence:offer": ("POST", CASE, "exhibit"),
    "evidence:move": ("POST", CASE, "exhibit"),
    "evidence:take_in": ("POST", CASE, "exhibit"),
    "evidence:take_over": ("POST", {C}, "exhibit"),
    "evidence:add_scans": ("POST", {T, E}, "exhibit"),
    "evidence:add_exhibit": ("GET", {T, E, V}, "incident"),
    "evidence:labels": ("GET", READERS, "incident"),
    "evidence:hand_over": ("GET", CASE, "hand_over"),
    "evidence:settle": ("POST", CASE, "hand_over"),
    "evidence:firearms": ("GET", READERS, ""),
    "evidence:scans": ("GET", READERS, ""),
    "evidence:scan": ("GET", READERS, "scan"),
    "evidence:progress": ("GET", READERS, "scan"),
    "evidence:surface": ("GET", READERS, "scan"),
    "evidence:heights": ("GET", READERS, "scan"),
    "evidence:picture": ("GET", READERS, "scan"),
    "evidence:mask": ("GET", {T, E}, "scan"),
    "evidence:mask_picture": ("GET", READERS, "scan"),
    "evidence:withdraw_scan": ("POST", {T, E, C}, "scan"),
    "evidence:try_again": ("POST", {T, E}, "scan"),
    "evidence:download": ("GET", READERS - {T}, "scan"),
    "evidence:imports": ("GET", {A, C}, ""),
    "evidence:add_import": ("GET", {A, C}, ""),
    "evidence:import": ("GET", {A, C}, "import"),
    "evidence:map_import": ("POST", {A, C}, "import"),
    "evidence:run_import": ("POST", {A, C}, "import"),
    "evidence:abandon_import": ("POST", {A, C}, "import"),
    "evidence:import_errors": ("GET", {A, C}, "import"),
    "comparisons:queue": ("GET", READERS, ""),
    "comparisons:link": ("GET", READERS, "link"),
    "comparisons:review": ("POST", {T, E}, "link"),
    "comparisons:verify": ("POST", {T, E}, "link"),
    "comparisons:disseminate": ("POST", {A, C}, "link"),
    "comparisons:request_examination": ("POST", {A, V, P}, "link"),
    "comparisons:examine": ("POST", {E}, "link"),
    "comparisons:verify_examination": ("POST", {E}, "link"),
    "comparisons:withdraw": ("POST", {E, A, C}, "link"),
    "comparisons:comparison": ("GET", READERS, "comparison"),
    "comparisons:comparison_data": ("GET", READERS, "comparison"),
    "comparisons:open_link": ("POST", {T, E}, "comparison"),
    "figures:work": ("GET", READERS, ""),
    "figures:lists": ("GET", READERS, ""),
    "figures:add_list": ("GET", {A, C}, ""),
    "figures:compare_lists": ("GET", READERS, ""),
    "figures:list": ("GET", READERS, "list"),
    "figures:set_aside": ("GET", {A, C}, "list"),
    "figures:withdraw_list": ("POST", {A, C}, "list"),
    "figures:prepare": ("GET", {A, C}, ""),
    "figures:draft": ("GET", READERS, "draft"),
    "figures:draft_progress": ("GET", READERS, "draft"),
    "figures:draft_detail": ("GET", READERS, "draft"),
    "figures:draft_areas": ("GET", READERS, "draft"),
    "figures:draft_chart": ("GET", READERS, "draft"),
    "figures:draft_report": ("GET", READERS, "draft"),
    "figures:release_draft": ("POST", {C}, "waiting"),
    "figures:refuse_draft": ("POST", {A, C}, "waiting"),
    "figures:withdraw_release": ("POST", {C}, "draft"),
    "figures:weekly": ("GET", READERS, ""),
    "figures:ask_weekly": ("POST", {A, C}, ""),
    "figures:one_weekly": ("GET", READERS, "report"),
    "figures:weekly_pdf": ("GET", READERS, "report"),
    "figures:weekly_chart": ("GET", READERS, "report"),
    "figures:templates": ("GET", READERS, ""),
    "figures:template": ("GET", {A, C}, "kind"),
    "figures:template_file": ("GET", READERS, "kind"),
    "figures:index": ("GET", ANYBODY, ""),
    "figures:newest": ("GET", ANYBODY, "jurisdiction"),
    "figures:archive": ("GET", ANYBODY, "jurisdiction"),
    "figures:of_day": ("GET", ANYBODY, "day"),
    "figures:release": ("GET", ANYBODY, "release"),
    "figures:areas": ("GET", ANYBODY, "release"),
    "figures:method": ("GET", ANYBODY, "release"),
    "figures:rule": ("GET", ANYBODY, "release"),
    "figures:restatements": ("GET", ANYBODY, "release"),
    "figures:report": ("GET", ANYBODY, "release"),
    "figures:data": ("GET", ANYBODY, "release"),
    "figures:chart": ("GET", ANYBODY, "release"),
    "figures:section": ("GET", ANYBODY, "release"),
    "figures:download": ("GET", ANYBODY, "release"),
    "figures:figure": ("GET", ANYBODY, "release"),
    "claims:check": ("GET", ANYBODY, ""),
    "claims:api": ("GET", ANYBODY, ""),
    "claims:keep": ("POST", CASE, ""),
    "claims:kept": ("GET", ANYBODY, "kept"),
    "claims:withdraw": ("POST", CASE, "kept"),
    "leads:queue": ("GET", LEADS, ""),
    "leads:notifications": ("GET", LEADS, ""),
    "leads:read_notifications": ("POST", LEADS - {M}, ""),
    "leads:measures": ("GET", {A, C, M}, ""),
    "leads:export_measures": ("GET", {A, C, M}, ""),
    "leads:make": ("POST", {A, C}, "link"),
    "leads:lead": ("GET", LEADS, "lead"),
    "leads:sheet": ("GET", LEADS, "lead"),
    "leads:sheet_file": ("GET", LEADS, "lead"),
    "leads:triage": ("POST", {A, C}, "lead"),
    "leads:name": ("POST", {A, C}, "lead"),
    "leads:assign": ("POST", {A, C}, "lead"),
    "leads:decide": ("POST", {A, C}, "lead"),
    "leads:acknowledge": ("POST", {V}, "lead"),
    "leads:note": ("POST", {V}, "lead"),
    "leads:rate": ("POST", {V}, "lead"),
    "leads:close": ("POST", {A, V, C}, "lead"),
    "leads:reopen": ("POST", {A, V, C}, "lead"),
    # traces: requests
    "traces:queue": ("GET", LEADS, ""),
    "traces:export": ("GET", {A, C}, ""),
    "traces:completeness": ("GET", LEADS, ""),
    "traces:serials": ("GET", LEADS, ""),
    "traces:gun": ("GET", LEADS, "firearm"),
    "traces:add_request": ("GET", {A, V}, "untraced"),
    "traces:request": ("GET", LEADS, "trace"),
    "traces:change_request": ("GET", {A, V}, "trace"),
    "traces:name_possessor": ("POST", {A, V}, "trace"),
    "traces:submit": ("POST", {A, C}, "trace"),
    "traces:hear": ("POST", {A, V}, "trace"),
    "traces:cancel": ("POST", {A, V}, "trace"),
    # traces: tables of results
    "traces:tables": ("GET", {A, C}, ""),
    "traces:add_table": ("GET", {A, C}, ""),
    "traces:conflicts": ("GET", LEADS, ""),
    "traces:table": ("GET", {A, C}, "trace_table"),
    "traces:map_table": ("POST", {A, C}, "trace_table"),
    "traces:run_table": ("POST", {A, C}, "trace_table"),
    "traces:abandon_table": ("POST", {A, C}, "trace_table"),
    "traces:set_aside": ("GET", {A, C}, "trace_table"),
    # traces: analysis
    "traces:overview": ("GET", LEADS, ""),
    "traces:report": ("GET", {A, P, C, M}, ""),
    "traces:signs": ("GET", LEADS, ""),
    "traces:networks": ("GET", LEADS, ""),
    "traces:flows": ("GET", LEADS, ""),
    "traces:flow_chart": ("GET", LEADS, ""),
    "traces:dealers": ("GET", LEADS, ""),
    "traces:result": ("GET", LEADS, "trace_result"),
    "audit:events": ("GET", {M}, ""),
    "audit:export": ("GET", {M}, ""),
    "audit:verify": ("POST", {M}, ""),
    "audit:event": ("GET", {M}, "event"),
}

# What an address of figures names besides its record.
MORE = {
    "traces:flow_chart": ["map"],
    "figures:draft_areas": ["district"],
    "figures:draft_chart": ["public", "cities"],
    "figures:weekly_chart": ["cities"],
    "figures:areas": ["district"],
    "figures:rule": ["port-verity-murders-v1"],
    "figures:chart": ["cities"],
    "figures:section": ["cities"],
    "figures:download": ["figures.json"],
    "figures:figure": ["port-verity-murders-v1", "week"],
}

# Records of people and agencies are the workspace's own.
OF_FIGURES = {"list", "draft", "waiting", "report", "kind", "jurisdiction", "day", "release"}
WITHOUT_OWNER = {"", "person", "agency", "token", "event", "kept", *OF_FIGURES}
AGENCIES = ("OWN", "SHARES", "FOREIGN")
FIXED: dict[str, list[object]] = {"": [], "token": ["nothing"], "event": [1]}


def routes(resolver=None, prefix=""):
    """The names of all routes."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from routes(entry, space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def test_every_route_is_in_the_table():
    assert sorted(routes()) == sorted(TABLE)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, making_records):
    """Records of one's own agency, of one that shares its records, and of one that does not.

    Made once for all routes; each test of a route runs inside this transaction and is undone.
    """
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield _world(making_records)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def figures(make):
    """A list, a release of it and a weekly report: each belongs to the whole workspace."""
    from tests.web.figures.making import SECOND_DAY, prepared, released, weekly

    release = released(make)
    return {
        "list": [release.list.pk],
        "draft": [release.draft.pk],
        "waiting": [prepared(make, SECOND_DAY).pk],
        "report": [weekly(make).pk],
        "kind": ["weekly-command"],
        "jurisdiction": [release.jurisdiction],
        "day": release.address[:2],
        "release": release.address,
    }


def _world(make):
    from headstamp.web.casework import actions as casework
    from headstamp.web.casework import cases
    from headstamp.web.comparisons.models import BallisticLink, Comparison
    from headstamp.web.evidence import custody
    from headstamp.web.evidence.imports import actions as imports

    found = {}
    for number, code in enumerate(AGENCIES, 1):
        technician, analyst = make.person(T, code), make.person(A, code)
        one = make.incident(code, by=technician)
        scene = casework.open_scene(one, by=technician, arrived_at=one.occurred_at)
        picture = casework.add_photograph(
            scene, chunks=[png(number)], file_name="one.png", by=technician
        )
        held = make.exhibit(code, of=one, by=technician)
        offered = make.exhibit(code, of=one, by=technician)
        first = make.scan(number, 1, of=held, by=technician)
        make.scan(number, 2, of=make.exhibit(code, of=one, by=technician), by=technician)
        table = f"Incident number,Occurred\n{code}-77,5/6/2017\n".encode()
        found[code] = {
            "incident": one.pk,
            "scene": scene.pk,
            "photograph": picture.pk,
            "exhibit": held.pk,
            "hand_over": custody.offer(offered, to=make.person(T, code), by=technician).pk,
            "scan": first.pk,
            "case": cases.add_case(number=f"C{number}", title="Two shootings", by=analyst).pk,
            "import": imports.upload(
                kind="incidents", chunks=[table], file_name="table.csv", by=analyst
            ).pk,
        }
    shares = {
        "SHARES": ("OWN", "agency"),
        "FOREIGN": ("SHARES", "case"),
        "OWN": ("FOREIGN", "case"),
    }
    for owner, (recipient, marking) in shares.items():
        agreement = cases.add_agreement(
            by=make.person(D, owner),
            recipient=make.agency(recipient),
            markings=[marking],
            reason="Strike force",
            case=None,
        )
        found[owner]["agreement"] = agreement.pk
    work()
    found["figures"] = figures(make)
    for code, kept in found.items():
        if code == "figures":
            continue
        kept["link"] = BallisticLink.objects.get(exhibit_a__agency__code=code).pk
        kept["lead"] = make.lead(code=code).pk
        traced = make.trace(code=code)
        kept["trace"], kept["firearm"] = traced.pk, traced.exhibit_id
        kept["untraced"] = make.firearm(code).exhibit_id
        kept["trace_table"] = make.trace_table(code=code).pk
        kept["trace_result"] = make.trace_table(code=code, run=True).results.get().pk
        pairs = Comparison.objects.filter(scan_a__agency__code=code, scan_b__agency__code=code)
        kept["comparison"] = pairs.first().pk
    return found


def kept_check(make):
    """A result of a checked text."""
    from datetime import date

    from headstamp.web.claims.actions import keep

    said = "New York had 352 murders in 2015."
    return keep(text=said, written_on=date(2017, 6, 30), place="", by=make.person(A, "OWN"))


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row[1] == ANYBODY))
def test_a_stranger_reaches_what_is_everybodys(name, world, client, records):
    address_of = address(name, TABLE[name][2], world, "OWN", records)
    assert client.get(address_of).status_code in (200, 302)


def address(name, kind, world, whose, make):
    """The route's address for a record of an agency."""
    if kind in FIXED:
        return reverse(name, args=[*FIXED[kind], *MORE.get(name, ())])
    if kind in OF_FIGURES:
        return reverse(name, args=[*world["figures"][kind], *MORE.get(name, ())])
    if kind == "kept":
        return reverse(name, args=[kept_check(make).pk])
    if kind in ("person", "agency"):
        somebody = make.person(T, whose)
        return reverse(name, args=[somebody.pk if kind == "person" else somebody.agency_id])
    return reverse(name, args=[world[whose][kind]])


@pytest.mark.parametrize("name", sorted(set(TABLE) - {"account_logout"}))
def test_a_route_answers_those_it_is_for_and_nobody_else(name, world, records, signed_in):
    method, roles, kind = TABLE[name]
    for role in ROLES:
        user = records.person(role, "OWN")
        client = signed_in(user)
        if name == "mfa_view_recovery_codes":
            RecoveryCodes.activate(user)
        for whose in ("OWN",) if kind in WITHOUT_OWNER else AGENCIES:
            ask = client.get if method == "GET" else client.post
            status = ask(address(name, kind, world, whose, records)).status_code
            place = f"{name} as {role} on {whose}: {status}"
            if name in ("demo", "invitation"):
                assert status == 404, place
            elif role not in roles:
                assert status == 403, place
            elif kind in WITHOUT_OWNER or sees(role, whose, kind):
                assert status not in (403, 404, 405) and status < 500, place
            else:
                assert status == 404, place


def sees(role, whose, kind):
    """Whether somebody of the agency OWN sees a record of an agency."""
    if kind in ("hand_over", "import", "trace_table"):  # its two sides; who brought it in
        return kind != "hand_over" and whose == "OWN"
    if kind == "agreement":  # both its sides see it
        return whose in ("OWN", "SHARES")
    if role == M:
        return True
    return whose == "OWN" or (whose == "SHARES" and kind != "case")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_is_sent_to_the_sign_in(name, client, db):
    if name in ("home", "health", "demo", "invitation") or name.startswith(("account_", "mfa_")):
        return
    method, roles, kind = TABLE[name]
    if roles == ANYBODY:
        return
    args = [] if not kind else [1] if kind == "event" else [uuid4()]
    args = ["weekly-command"] if kind == "kind" else [*args, *MORE.get(name, ())]
    ask = client.get if method == "GET" else client.post
    answer = ask(reverse(name, args=args))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
