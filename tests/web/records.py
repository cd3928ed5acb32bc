"""Makes records of every kind through the actions of the application."""

from __future__ import annotations

import io
import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.test import Client
from django.utils import timezone
from scipy import ndimage

SPACING = 12.5e-6
PASSWORD = "correct horse battery staple"  # noqa: S105
HOSTS = ("PVPD", "OWN")
"""Agencies that have made their workspace; the others were taken in."""

_count = itertools.count(1)


def heights(gun: int, firing: int, size: int = 224) -> np.ndarray:
    """A ring of band-limited noise: one seed a gun, some noise of its own a firing."""
    common = ndimage.gaussian_filter(np.random.default_rng(gun).normal(size=(size, size)), 2.0)
    extra = ndimage.gaussian_filter(
        np.random.default_rng(10_000 + 100 * gun + firing).normal(size=(size, size)), 2.0
    )
    surface = common / common.std() + 0.3 * extra / extra.std()
    y, x = np.indices((size, size)) - (size - 1) / 2
    radius = np.hypot(y, x) * SPACING
    outside = (radius > 1.35e-3) | (radius < 0.5e-3)
    return np.where(outside, np.nan, 1e-6 * surface).astype(np.float32)


def scan_bytes(folder: Path, gun: int, firing: int) -> bytes:
    """An X3P file of a synthetic breech face."""
    from headstamp.formats.scan_file import ScanFile, ScanMetadata
    from headstamp.formats.x3p import write_x3p

    path = folder / f"{gun}-{firing}.x3p"
    if not path.exists():
        metadata = ScanMetadata(manufacturer="Maker", model="M1", software_version="1.2")
        write_x3p(path, ScanFile(heights(gun, firing), SPACING, SPACING, metadata=metadata))
    return path.read_bytes()


def png(grey: int = 0) -> bytes:
    """A picture of one grey."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (4, 4), grey).save(stream, "PNG")
    return stream.getvalue()


class Records:
    """Each method makes one record, with whatever it stands on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def agency(self, code: str = "PVPD") -> Any:
        """The agency with this short name."""
        from headstamp.web.accounts.models import Agency

        fields = {"name": f"Agency {code}", "is_host": code in HOSTS}
        return Agency.objects.get_or_create(code=code, defaults=fields)[0]

    def person(self, role: str, code: str = "PVPD", **fields: Any) -> Any:
        """A new person of an agency."""
        from headstamp.web.accounts.models import User

        number = next(_count)
        fields.setdefault("name", f"{role.title()} {number}")
        return User.objects.create_user(
            f"{role}{number}@{code.lower()}.example",
            PASSWORD,
            role=role,
            agency=self.agency(code),
            **fields,
        )

    def incident(self, code: str = "PVPD", by: Any = None, **fields: Any) -> Any:
        """A new incident of an agency: ``incident("PVPD", marking="case")``."""
        from headstamp.web.casework import actions

        fields.setdefault("number", f"{code}-{next(_count):05d}")
        fields.setdefault("occurred_at", timezone.now() - timedelta(days=3))
        fields.setdefault("address", "100 block, Alder Street")
        return actions.add_incident(by=by or self.person("investigator", code), **fields)

    def scene(self, code: str = "PVPD", of: Any = None, by: Any = None, **fields: Any) -> Any:
        """A scene that is being worked."""
        from headstamp.web.casework import actions

        fields.setdefault("arrived_at", timezone.now() - timedelta(days=2))
        by = by or self.person("technician", code)
        return actions.open_scene(of or self.incident(code), by=by, **fields)

    def photograph(self, grey: int = 0, code: str = "PVPD", of: Any = None, by: Any = None) -> Any:
        """A picture of one grey, of a scene."""
        from headstamp.web.casework import actions

        by = by or self.person("technician", code)
        of = of or self.scene(code)
        return actions.add_photograph(of, chunks=[png(grey)], file_name=f"{grey}.png", by=by)

    def case(self, code: str = "PVPD", by: Any = None, **fields: Any) -> Any:
        """A case, whose only member is who opened it."""
        from headstamp.web.casework import cases

        fields.setdefault("number", f"C{next(_count)}")
        fields.setdefault("title", "Two shootings")
        return cases.add_case(by=by or self.person("analyst", code), **fields)

    def agreement(self, owner: str, recipient: str, *markings: str, case: Any = None) -> Any:
        """What one agency shares with another from now on."""
        from headstamp.web.casework import cases

        return cases.add_agreement(
            by=self.person("administrator", owner),
            recipient=self.agency(recipient),
            markings=list(markings),
            reason="Strike force",
            case=case,
        )

    def firearm(self, code: str = "PVPD", of: Any = None, by: Any = None, **fields: Any) -> Any:
        """A pistol, of an exhibit."""
        from headstamp.web.evidence import actions

        fields = {"maker": "Maker", "calibre": "9 mm", "type": "pistol", **fields}
        by = by or self.person("technician", code)
        of = of or self.exhibit(code, by=by, kind="firearm")
        return actions.describe_firearm(of, by=by, **fields)

    def exhibit(self, code: str = "PVPD", of: Any = None, by: Any = None, **fields: Any) -> Any:
        """A new exhibit, of an incident, in its collector's custody."""
        from headstamp.web.evidence import actions, queries

        of = of or self.incident(code)
        fields.setdefault("number", queries.next_number(of))
        fields.setdefault("kind", "cartridge_case")
        fields.setdefault("collected_at", timezone.now() - timedelta(days=2))
        by = by or self.person("technician", code)
        return actions.add_exhibit(incident=of, by=by, **fields)

    def scan(
        self, gun: int, firing: int, code: str = "PVPD", *, of: Any = None, by: Any = None
    ) -> Any:
        """A scan handed in, not prepared yet."""
        from headstamp.web.evidence import actions

        return actions.add_scan(
            of or self.exhibit(code),
            chunks=[scan_bytes(self._folder, gun, firing)],
            file_name=f"gun{gun}-{firing}.x3p",
            by=by or self.person("technician", code),
        )

    def link(self, one: Any = None, other: Any = None, code: str = "PVPD", steps: int = 0) -> Any:
        """A link of two exhibits, brought so many steps further: review, verification, sending.

        A fourth step asks for an examination.
        """
        from headstamp.web.comparisons import actions
        from headstamp.web.comparisons.models import BallisticLink, LinkStep

        pair = [one or self.exhibit(code), other or self.exhibit(code)]
        pair.sort(key=lambda exhibit: exhibit.pk.hex)
        made = BallisticLink.objects.create(exhibit_a=pair[0], exhibit_b=pair[1], log10_lr=3.0)
        LinkStep.objects.create(link=made, position=1, state="correlated")
        said = {"reason": "Agreement around the aperture"}
        acts: list[Any] = [
            lambda: actions.review(
                made, lead=True, version=1, by=self.person("technician", code), **said
            ),
            lambda: actions.verify(
                made, agreed=True, version=2, by=self.person("examiner", code), **said
            ),
            lambda: actions.disseminate(
                made, sent_to="Homicide", version=3, by=self.person("analyst", code), **said
            ),
            lambda: actions.request_examination(
                made, version=4, by=self.person("analyst", code), **said
            ),
        ]
        for act in acts[:steps]:
            act()
        made.refresh_from_db()
        return made

    def lead(self, one: Any = None, other: Any = None, code: str = "PVPD", upto: str = "") -> Any:
        """A lead from a link that was sent out; triaged, assigned, acknowledged or followed."""
        from headstamp.web.leads import actions
        from headstamp.web.leads.models import Lead

        found = Lead.objects.get(bases__link=self.link(one, other, code, steps=3))
        somebody = self.person("investigator", code)
        acts = {
            "triaged": lambda: actions.triage(
                found,
                priority=1,
                reasons=["killed"],
                public_safety=False,
                text="Both incidents are open",
                version=found.version,
                by=self.person("commander", code),
            ),
            "assigned": lambda: actions.assign(
                found,
                person=somebody,
                text="",
                version=found.version,
                by=self.person("analyst", code),
            ),
            "acknowledged": lambda: actions.acknowledge(found, version=found.version, by=somebody),
            "in_progress": lambda: actions.note(
                found, text="Asked", awaits_lab=False, version=found.version, by=somebody
            ),
        }
        for state, act in acts.items() if upto else ():
            act()
            found.refresh_from_db()
            if state == upto:
                break
        return found

    def trace(self, of: Any = None, code: str = "PVPD", upto: str = "", **fields: Any) -> Any:
        """A complete request for a trace of a firearm; sent, or brought to what came of it."""
        from headstamp.web.evidence.models import Firearm
        from headstamp.web.traces import requesting

        if of is None:
            of = self.exhibit(code, kind="firearm")
            gun = {"maker": "Glock", "model": "19", "serial": f"ABC{next(_count):03d}"}
            self.firearm(code, of=of, country="Austria", importer="Glock Inc, Smyrna GA", **gun)
        assert Firearm.objects.filter(exhibit=of).exists()
        fields = {**ASKED, **fields}
        made = requesting.make_request(of, by=self.person("investigator", code), **fields)
        analyst = self.person("analyst", code)
        if upto:
            requesting.submit(made, version=made.version, by=analyst)
            made.refresh_from_db()
        if upto not in ("", "submitted"):
            for state in dict.fromkeys(("accepted", "in_process", upto)):
                requesting.hear(made, state=state, version=made.version, by=analyst)
                made.refresh_from_db()
                if state == upto:
                    break
        return made

    def trace_table(
        self,
        *rows: str,
        header: str = "",
        code: str = "PVPD",
        by: Any = None,
        run: bool = False,
    ) -> Any:
        """A table of trace results that was handed in; imported where that is asked for."""
        from headstamp.web.traces.tables import actions

        number = next(_count)
        lines = rows or (f"N{number},2016-05-01,IL,2015-05-01,IN,P{number}",)
        by = by or self.person("analyst", code)
        made = actions.upload(
            chunks=["\n".join((header or RESULTS, *lines, "")).encode()],
            file_name=f"results-{number}.csv",
            retrieved=date(2026, 5, 4),
            by=by,
        )
        return actions.run(made, by=by) if run else made


RESULTS = "trace_id,recovery_date,recovery_state,sale_date,dealer_state,purchaser_key"
"""The columns of a table of results, as short as they are of use."""

ASKED = {
    "crime_code": "0999",
    "ori": "IL0160000",
    "officer": "Sam Rowe",
    "recovered_on": date(2026, 5, 4),
    "recovery_city": "Port Verity",
    "recovery_county": "Verity",
    "recovery_state": "IL",
}
"""What a request says, of which nothing is missing."""


def work() -> None:
    """Do all queued jobs now, inside the test's own transaction."""
    from django_tasks_db.management.commands import db_worker

    from headstamp.web.processes.work import run_worker

    closing, db_worker.close_old_connections = db_worker.close_old_connections, lambda: None
    try:
        run_worker(until_empty=True)
    finally:
        db_worker.close_old_connections = closing


def signed_in(user: Any) -> Client:
    """A browser in which somebody is past second factor and notice."""
    from headstamp.web.accounts.gate import HAS_FACTOR, NOTICED

    client = Client(raise_request_exception=False)
    client.force_login(user, "headstamp.web.accounts.backends.AccountBackend")
    session = client.session
    session[NOTICED] = session[HAS_FACTOR] = True
    session.save()
    return client
