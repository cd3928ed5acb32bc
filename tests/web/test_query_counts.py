"""No page asks the database more often because there is more to show."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.records import png, signed_in

from headstamp.web.accounts.gate import SEEN

FEW, MANY = 3, 60

# page: the role that opens it
PAGES = {
    "/": "technician",
    "/incidents/": "analyst",
    "/incidents/?q=N": "analyst",
    "/incidents/export/": "analyst",
    "/exhibits/": "technician",
    "/exhibits/?scanned=yes": "technician",
    "/firearms/": "technician",
    "/firearms/?q=SER": "technician",
    "/scans/": "technician",
    "/scans/?state=waiting": "technician",
    "/queue/": "examiner",
    "/queue/?state=all": "analyst",
    "/search/?q=N": "analyst",
    "/cases/": "analyst",
    "/sharing/": "administrator",
    "/people/": "administrator",
    "/agencies/": "administrator",
    "/audit/": "monitor",
    "/imports/": "analyst",
    "/imports/{batch}/": "analyst",
    "/incidents/{incident}/": "technician",
    "/incidents/{incident}/labels/": "technician",
    "/scenes/{scene}/": "technician",
    "/exhibits/{exhibit}/": "technician",
    "/exhibits/{exhibit}/change/": "technician",
    "/scans/{scan}/": "technician",
    "/links/{link}/": "examiner",
    "/comparisons/{comparison}/": "analyst",
    "/cases/{case}/": "analyst",
    "/leads/": "analyst",
    "/leads/?state=all&who=mine": "investigator",
    "/leads/?q=N": "analyst",
    "/leads/{lead}/": "analyst",
    "/leads/{lead}/sheet/": "investigator",
    "/leads/notifications/": "investigator",
    "/leads/measures/": "analyst",
    "/traces/": "analyst",
    "/traces/completeness/": "analyst",
    "/traces/export/": "commander",
    "/traces/serials/?q=SER-?": "analyst",
    "/traces/requests/{trace}/": "investigator",
    "/traces/gun/{gun}/": "investigator",
    "/traces/results/": "analyst",
    "/traces/results/conflicts/": "analyst",
}


class World:
    """Records of every kind around one of each, to which more can be added."""

    def __init__(self, make):
        from headstamp.web.evidence.imports import actions as imports

        self.make, self.count = make, 0
        self.people = {role: make.person(role) for role in sorted(set(PAGES.values()))}
        by = self.people["technician"]
        self.incident = make.incident(by=by, number="N-MAIN")
        self.scene = make.scene(of=self.incident, by=by)
        self.exhibit = make.exhibit(of=self.incident, by=by)
        self.case = make.case(by=self.people["analyst"])
        self.scan = self.add_scan(self.exhibit, "0" * 64)
        self.link = self.comparison = self.lead = self.trace = self.gun = None
        rows = "".join(f"A-{n},5/6/2017\n" for n in range(FEW))
        self.tables = imports, "Incident number,Occurred\n" + rows
        self.batch = self.upload()
        self.grow(FEW)

    def upload(self):
        imports, table = self.tables
        return imports.upload(
            kind="incidents",
            chunks=[table.encode()],
            file_name="t.csv",
            by=self.people["analyst"],
        )

    def add_scan(self, exhibit, sha256):
        from headstamp.web.casework.models import StoredFile
        from headstamp.web.evidence.models import Scan

        stored = StoredFile.objects.create(sha256=sha256, size=1, media_type="x")
        return Scan.objects.create(
            agency=exhibit.agency,
            incident=exhibit.incident,
            exhibit=exhibit,
            file=stored,
            file_name="x.x3p",
            region="breech_face",
            gallery_key=sha256,
            valid_share=0.5,
            warnings=["a partial mark"],
        )

    def grow(self, more):
        for _ in range(more):
            self.count += 1
            self._add(self.count)

    def _add(self, n):
        from headstamp.web.accounts.models import Agency
        from headstamp.web.casework import actions as casework
        from headstamp.web.casework.models import CaseIncident, CaseMember
        from headstamp.web.comparisons.models import BallisticLink, Comparison, LinkStep
        from headstamp.web.evidence import custody
        from headstamp.web.traces.models import TraceResult

        make, by = self.make, self.people["technician"]
        Agency.objects.create(code=f"Q{n}", name=f"Agency Q{n}")
        other = make.incident(by=by, number=f"N-{n}")
        CaseIncident.objects.create(case=self.case, incident=other)
        CaseMember.objects.create(case=self.case, user=make.person("analyst"))
        case = make.case(by=self.people["analyst"])
        CaseIncident.objects.create(case=case, incident=self.incident)
        make.scene(of=self.incident, by=by)
        casework.add_photograph(self.scene, chunks=[png(n)], file_name="p.png", by=by)
        exhibit = make.exhibit(of=self.incident, by=by, number=f"N-E-{n}")
        gun = make.exhibit(of=other, by=by, number=f"N-G-{n}", kind="firearm")
        make.firearm(of=gun, by=by, serial=f"SER-{n}")
        traced = make.trace(gun)
        self.trace = self.trace or traced
        self.gun = self.gun or gun
        for month in (1, 2):
            TraceResult.objects.create(
                agency=traced.agency,
                incident=traced.incident,
                request=traced,
                trace_number=traced.number,
                gun=f"G{n}",
                is_last=month == 2,
                recovered_first=date(2016, 5, 1),
                recovered_last=date(2016, 5, 1),
                sold_first=date(2015, month, 1),
                sold_last=date(2015, month, 1),
            )
        make.agreement("PVPD", f"Q{n}", "agency")
        custody.move(self.exhibit, action="removed" if n % 2 == 0 else "stored", place="R", by=by)
        scan = self.add_scan(exhibit, f"{n:064x}")
        self.add_scan(self.exhibit, f"{n + 10_000:064x}")
        pair = sorted((self.exhibit.pk, exhibit.pk), key=lambda key: key.hex)
        made = Comparison.objects.create(
            scan_a=self.scan,
            scan_b=scan,
            keys=f"{self.scan.gallery_key} {scan.gallery_key}",
            rank=n,
            log10_lr=1.0,
        )
        link = BallisticLink.objects.create(
            exhibit_a_id=pair[0], exhibit_b_id=pair[1], comparison=made, log10_lr=1.0
        )
        self.link, self.comparison = self.link or link, self.comparison or made
        LinkStep.objects.create(
            link=self.link, position=self.link.steps.count() + 1, state="correlated", by=by
        )
        self._examine(n)
        self._lead(exhibit)
        self.upload()

    def _lead(self, exhibit):
        """A lead more, and one more step and investigator of the first one."""
        from headstamp.web.comparisons.models import BallisticLink
        from headstamp.web.leads.models import LeadNotice, LeadStep, Notification

        person = self.people["investigator"]
        made = self.make.lead(exhibit, self.make.exhibit(of=self.incident), upto="triaged")
        self.lead = self.lead or made
        BallisticLink.objects.filter(bases__lead=made).update(comparison=self.comparison)
        now = timezone.now()
        LeadNotice.objects.create(lead=made, person=person, agency=person.agency, notified_at=now)
        if made != self.lead:
            other = self.make.person("investigator")
            LeadNotice.objects.create(lead=self.lead, person=other, agency=other.agency)
        Notification.objects.create(lead=made, person=person, kind="concerned")
        position = self.lead.steps.count() + 1
        LeadStep.objects.create(
            lead=self.lead, position=position, kind="noted", state="triaged", by=person, text="x"
        )

    def _examine(self, n):
        from headstamp.web.comparisons.models import Examination

        Examination.objects.create(
            link=self.link,
            conclusion="inconclusive_a",
            method="both",
            bases="x",
            examiner=self.people["examiner"],
            verifier=self.make.person("examiner"),
            verified_at=timezone.now() - timedelta(minutes=n),
            agreed=False,
        )

    @property
    def keys(self):
        named = ("batch", "incident", "scene", "exhibit", "scan", "link", "comparison", "case")
        named += ("lead", "trace", "gun")
        return {name: getattr(self, name).pk for name in named}


def just_seen(browser):
    """A browser that was active a moment ago: when somebody was last seen is written at times."""
    session = browser.session
    session[SEEN] = int(time.time())
    session.save()


def queries(browser, address):
    just_seen(browser)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            assert b"".join(answer.streaming_content)
    return [one["sql"] for one in asked.captured_queries]


def without_count(asked):
    """A list of more than one page is counted once besides; so is each index of words."""
    counting = [sql for sql in asked if sql.startswith("SELECT COUNT(*) FROM (SELECT")]
    indexes = [sql for sql in counting if 'word"."record_id" AS' in sql]
    assert len(indexes) <= 2
    assert len(counting) - len(indexes) <= 1
    return [sql for sql in asked if sql not in counting]


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker, making_records):
    """For each page the queries with few rows and with many."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        world = World(making_records)
        browsers = {role: signed_in(one) for role, one in world.people.items()}
        found = {page: [] for page in PAGES}
        for more in (0, MANY - FEW):
            world.grow(more)
            for page, role in PAGES.items():
                address = page.format(**world.keys)
                browsers[role].get(address)
                found[page].append(queries(browsers[role], address))
        yield found
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_rows(page, counts):
    few, many = (without_count(asked) for asked in counts[page])
    assert len(few) == len(many), "\n".join(sql[:200] for sql in many)
    assert len(many) < 45
    # From twelve tables on PostgreSQL tries only some orders of joining them, and can err by hours.
    assert max(sql.count(" JOIN ") for sql in many) < 12
