"""Who reaches which address: every route, every role, own, shared and foreign records."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

T, E, A, I, P, C, M, D = (
    "technician",
    "examiner",
    "analyst",
    "investigator",
    "prosecutor",
    "commander",
    "monitor",
    "administrator",
)
ROLES = (T, E, A, I, P, C, M, D)
READERS = {T, E, A, I, P, C, M}
CASE = {T, E, A, I, P, C}
EVERYBODY = set(ROLES)

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
    "casework:add_incident": ("GET", {T, A, I, C}, ""),
    "casework:incident": ("GET", READERS, "incident"),
    "casework:change_incident": ("GET", {T, A, I, C}, "incident"),
    "casework:withdraw_incident": ("POST", {A, C}, "incident"),
    "casework:open_scene": ("GET", {T, I}, "incident"),
    "casework:scene": ("GET", READERS, "scene"),
    "casework:change_scene": ("GET", {T, I}, "scene"),
    "casework:add_photographs": ("POST", {T, I}, "scene"),
    "casework:photograph": ("GET", READERS, "photograph"),
    "casework:cases": ("GET", READERS, ""),
    "casework:add_case": ("GET", {A, I, C}, ""),
    "casework:case": ("GET", READERS, "case"),
    "casework:change_case": ("GET", {A, I, C}, "case"),
    "casework:change_members": ("POST", {A, I, C}, "case"),
    "casework:change_incidents": ("POST", {A, I, C}, "case"),
    "casework:agreements": ("GET", {D, C, M}, ""),
    "casework:add_agreement": ("GET", {D}, ""),
    "casework:end_agreement": ("POST", {D}, "agreement"),
    "evidence:exhibits": ("GET", READERS, ""),
    "evidence:exhibit": ("GET", READERS, "exhibit"),
    "evidence:change_exhibit": ("GET", {T, E, I}, "exhibit"),
    "evidence:withdraw_exhibit": ("POST", {T, E, C}, "exhibit"),
    "evidence:firearm": ("GET", {T, E, I}, "exhibit"),
    "evidence:offer": ("POST", CASE, "exhibit"),
    "evidence:move": ("POST", CASE, "exhibit"),
    "evidence:take_in": ("POST", CASE, "exhibit"),
    "evidence:add_scans": ("POST", {T, E}, "exhibit"),
    "evidence:add_exhibit": ("GET", {T, E, I}, "incident"),
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
    "comparisons:request_examination": ("POST", {A, I, P}, "link"),
    "comparisons:examine": ("POST", {E}, "link"),
    "comparisons:verify_examination": ("POST", {E}, "link"),
    "comparisons:withdraw": ("POST", {E, A, C}, "link"),
    "comparisons:comparison": ("GET", READERS, "comparison"),
    "comparisons:comparison_data": ("GET", READERS, "comparison"),
    "comparisons:open_link": ("POST", {T, E}, "comparison"),
    "audit:events": ("GET", {M}, ""),
    "audit:export": ("GET", {M}, ""),
    "audit:verify": ("POST", {M}, ""),
    "audit:event": ("GET", {M}, "event"),
}

# Records of people and agencies are the workspace's own; hand-overs belong to their two sides;
# imports and cases are never shared by an agreement.
WITHOUT_OWNER = {"", "person", "agency", "token", "event"}
NOT_SHARED = {"hand_over", "import", "case"}


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


@pytest.fixture
def world(agency, person, incident, exhibit, scan, work):
    """Records of one's own agency, of one that shares its records, and of one that does not."""
    from headstamp.web.casework import actions as casework
    from headstamp.web.casework import cases
    from headstamp.web.casework.models import ImportBatch, StoredFile
    from headstamp.web.comparisons.models import BallisticLink, Comparison
    from headstamp.web.evidence import custody

    found = {}
    for number, code in enumerate(("OWN", "SHARES", "FOREIGN"), 1):
        technician = person(T, code)
        one = incident(code, by=technician)
        scene = casework.open_scene(one, by=technician, arrived_at=one.occurred_at)
        picture = casework.add_photograph(
            scene, chunks=[png(number)], file_name="one.png", by=technician
        )
        held = exhibit(code, of=one, by=technician)
        hand_over = custody.offer(
            exhibit(code, of=one, by=technician), to=person(T, code), by=technician
        )
        first = scan(number, 1, of=held, by=technician)
        scan(number, 2, of=exhibit(code, of=one, by=technician), by=technician)
        case = cases.add_case(number=f"C{number}", title="Two shootings", by=person(A, code))
        stored, _ = StoredFile.objects.get_or_create(
            sha256=f"{number}" * 64, defaults={"size": 1, "media_type": "text/csv"}
        )
        batch = ImportBatch.objects.create(
            agency=agency(code), kind="incidents", file=stored, file_name="a.csv"
        )
        found[code] = {
            "incident": one.pk,
            "scene": scene.pk,
            "photograph": picture.pk,
            "exhibit": held.pk,
            "hand_over": hand_over.pk,
            "scan": first.pk,
            "case": case.pk,
            "import": batch.pk,
        }
    cases.add_agreement(
        by=person(D, "SHARES"),
        recipient=agency("OWN"),
        markings=["agency"],
        reason="Force",
        case=None,
    )
    given = cases.add_agreement(
        by=person(D, "FOREIGN"),
        recipient=agency("SHARES"),
        markings=["case"],
        reason="x",
        case=None,
    )
    own = cases.add_agreement(
        by=person(D, "OWN"), recipient=agency("FOREIGN"), markings=["case"], reason="x", case=None
    )
    work()
    for code, records in found.items():
        link = BallisticLink.objects.get(exhibit_a__agency__code=code)
        records["link"] = link.pk
        pairs = Comparison.objects.filter(scan_a__agency__code=code, scan_b__agency__code=code)
        records["comparison"] = pairs.first().pk
    found["OWN"]["agreement"], found["FOREIGN"]["agreement"] = own.pk, given.pk
    found["SHARES"]["agreement"] = None
    return found


def png(number):
    """A picture of one grey."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (4, 4), number).save(stream, "PNG")
    return stream.getvalue()


def address(name, kind, world, whose, person):
    """The route's address for a record of an agency."""
    if not kind:
        return reverse(name)
    if kind == "token":
        return reverse(name, args=["nothing"])
    if kind == "event":
        return reverse(name, args=[1])
    if kind in ("person", "agency"):
        somebody = person(T, whose)
        return reverse(name, args=[somebody.pk if kind == "person" else somebody.agency_id])
    return reverse(name, args=[world[whose][kind]])


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_route_answers_those_it_is_for_and_nobody_else(name, world, person, signed_in, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    method, roles, kind = TABLE[name]
    for role in ROLES:
        client = signed_in(person(role, "OWN"))
        for whose in ("OWN",) if kind in WITHOUT_OWNER else ("OWN", "SHARES", "FOREIGN"):
            if kind == "agreement" and whose == "SHARES":
                continue
            if name in ("account_logout", "locked"):
                continue
            ask = client.get if method == "GET" else client.post
            status = ask(address(name, kind, world, whose, person)).status_code
            seen = whose == "OWN" or (whose == "SHARES" and kind not in NOT_SHARED)
            seen = (seen and kind != "hand_over") or (role == M and kind != "hand_over")
            place = f"{name} as {role} on {whose}: {status}"
            if name in ("demo", "invitation"):
                assert status == 404, place
            elif role not in roles:
                assert status == 403, place
            elif kind not in WITHOUT_OWNER and not seen:
                assert status == 404, place
            else:
                assert status not in (403, 404, 405) and status < 500, place


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_is_sent_to_the_sign_in(name, client, db):
    if name in ("home", "health", "demo", "invitation") or name.startswith(("account_", "mfa_")):
        return
    method, _, kind = TABLE[name]
    args = [] if not kind else [1] if kind == "event" else [uuid4()]
    ask = client.get if method == "GET" else client.post
    answer = ask(reverse(name, args=args))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
