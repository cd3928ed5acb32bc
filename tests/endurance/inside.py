"""A process that has a workspace open, and answers questions about it: one line of JSON each.

Usage: python tests/endurance/inside.py WORKSPACE
"""

from __future__ import annotations

import hashlib
import json
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from doing import QUESTIONS, question


@question
def people(roles: list[list[str]]) -> list[dict[str, str]]:
    """Make people with a second factor, each signed in: ``[[role, agency], ...]``."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from headstamp.web.accounts.models import Agency, User

    made = []
    for number, (role, code) in enumerate(roles):
        agency, _ = Agency.objects.get_or_create(code=code, defaults={"name": f"Agency {code}"})
        email = f"{role}{User.objects.count()}@{code.lower()}.example"
        user = User.objects.create_user(email, role=role, agency=agency, name=f"{role} {number}")
        TOTP.activate(user, generate_totp_secret())
        made.append({"id": str(user.pk), "name": user.name, "session": _session_of(user)})
    return made


def _session_of(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from headstamp.web.accounts.gate import NOTICED

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "headstamp.web.accounts.backends.AccountBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[NOTICED] = True
    session.create()
    return str(session.session_key)


@question
def record() -> dict[str, Any]:
    """Whether the record is whole, and how many things of each kind were done."""
    from headstamp.web.audit.models import AuditEvent
    from headstamp.web.audit.queries import verify

    found = verify()
    actions = AuditEvent.objects.filter(outcome="done").values_list("action", flat=True)
    return {"whole": found.whole, "broken": str(found.broken or ""), "events": Counter(actions)}


@question
def numbers() -> dict[str, list[str]]:
    """What is there, by what a person knows it by."""
    from headstamp.web.casework.models import Incident, Photograph
    from headstamp.web.evidence.models import Exhibit, Scan

    return {
        "incidents": list(Incident.objects.values_list("number", flat=True)),
        "exhibits": list(Exhibit.objects.values_list("number", flat=True)),
        "scans": list(Scan.objects.values_list("file_id", flat=True)),
        "photographs": list(Photograph.objects.values_list("file_id", flat=True)),
    }


@question
def note(scene: str) -> str:
    """The note of a scene."""
    from headstamp.web.casework.models import Scene

    return str(Scene.objects.get(pk=scene).note)


@question
def custody_faults() -> list[str]:
    """Exhibits whose chain of custody is not whole or did not begin when they were made."""
    from headstamp.web.evidence.custody import first_fault
    from headstamp.web.evidence.models import Exhibit

    faults = []
    for exhibit in Exhibit.objects.all():
        first = exhibit.custody.order_by("position").first()
        fault = first_fault(exhibit)
        if first is None or first.action != "collected":
            fault = fault or "no first entry"
        if fault:
            faults.append(f"{exhibit.number}: {fault}")
    return faults


@question
def custody_entries() -> int:
    """Entries of all chains."""
    from headstamp.web.evidence.models import CustodyTransfer

    return CustodyTransfer.objects.count()


@question
def file_faults() -> list[str]:
    """Files that rows name and that are not on the disk as they were sent."""
    from headstamp.web.casework.files import path_of
    from headstamp.web.casework.models import StoredFile

    faults = []
    for row in StoredFile.objects.all():
        path = path_of(row.sha256)
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != row.sha256 or len(content) != row.size:
            faults.append(row.sha256)
    return faults


@question
def scans() -> list[dict[str, str]]:
    """Every scan: its page, its file, where it stands and why."""
    from headstamp.web.evidence.models import Scan

    return [
        {
            "page": f"/scans/{one.pk}/",
            "file": one.file_id,
            "state": one.state,
            "reason": one.state_reason,
        }
        for one in Scan.objects.order_by("created_at")
    ]


@question
def jobs() -> list[dict[str, Any]]:
    """Every job: its state, and the workers that took it."""
    from django_tasks_db.models import DBTaskResult

    return [
        {
            "task": job.task_path.rpartition(".")[2],
            "status": job.status,
            "workers": job.worker_ids,
            "fault": job.traceback,
        }
        for job in DBTaskResult.objects.order_by("enqueued_at")
    ]


@question
def queue_again(times: int) -> int:
    """Queue the preparation and the search of every scan again and again."""
    from headstamp.web.comparisons.jobs import search_scan
    from headstamp.web.evidence.jobs import prepare_scan
    from headstamp.web.evidence.models import Scan

    scans = [str(pk) for pk in Scan.objects.values_list("pk", flat=True)]
    for job in (prepare_scan, search_scan):
        for scan in scans:
            for _ in range(times):
                job.enqueue(scan)
    return len(scans)


@question
def candidates() -> dict[str, Any]:
    """Comparisons and links, and those that are there twice."""
    from headstamp.web.comparisons.models import BallisticLink, Comparison

    pairs = Counter(Comparison.objects.values_list("scan_a", "scan_b"))
    links = Counter(
        tuple(sorted((str(a), str(b))))
        for a, b in BallisticLink.objects.values_list("exhibit_a", "exhibit_b")
    )
    return {
        "comparisons": len(pairs),
        "links": len(links),
        "twice": [str(pair) for pair, count in [*pairs.items(), *links.items()] if count > 1],
    }


@question
def gallery_faults() -> list[str]:
    """Searched scans that are not in the gallery exactly once, and records of no scan."""
    from headstamp.web.evidence.jobs import gallery
    from headstamp.web.evidence.models import Scan

    found = Counter(one.sha256 for one in gallery().records())
    expected = set(Scan.objects.filter(state="searched").values_list("gallery_key", flat=True))
    faults = [f"{key}: {found[key]} times" for key in expected if found[key] != 1]
    return faults + [f"{key}: {count} times" for key, count in found.items() if count != 1]


def main() -> None:
    """Answer until there are no more questions."""
    from headstamp.web.setup import use

    use(Path(sys.argv[1]))
    from django.db import connection

    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": QUESTIONS[asked["question"]](**asked["with"])}
        except Exception:
            answer = {"fault": traceback.format_exc()}
        connection.close()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
