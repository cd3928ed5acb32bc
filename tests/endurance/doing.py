"""What the process that has a workspace open does when it is asked to; see ``inside.py``."""

from __future__ import annotations

import io
from collections.abc import Callable
from threading import Thread
from typing import Any

QUESTIONS: dict[str, Callable[..., Any]] = {}


def question(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function be asked for by its name."""
    QUESTIONS[function.__name__] = function
    return function


@question
def enter(incidents: int) -> list[str]:
    """Enter incidents, each with a scene and a photograph; their numbers."""
    from django.utils import timezone

    from headstamp.web.accounts.models import Agency, User
    from headstamp.web.audit.models import AuditEvent
    from headstamp.web.casework import actions

    agency = Agency.objects.get(code="PVPD")
    by = User.objects.filter(role="technician").first() or User.objects.create_user(
        "t@pvpd.example", role="technician", agency=agency, name="T. Technician"
    )
    numbers, begun = [], AuditEvent.objects.count()
    for number in range(incidents):
        at = timezone.now()
        made = actions.add_incident(
            by=by, number=f"{begun}-{number}", occurred_at=at, address="100 block, Elm Street"
        )
        scene = actions.open_scene(made, by=by, arrived_at=at)
        actions.add_photograph(scene, chunks=[_picture(made.pk)], file_name="a.png", by=by)
        numbers.append(made.number)
    return numbers


def _picture(pk: Any) -> bytes:
    """A picture that nobody else has."""
    from PIL import Image

    stream = io.BytesIO()
    Image.frombytes("L", (4, 4), pk.bytes).save(stream, "PNG")
    return stream.getvalue()


@question
def keep_large_file(size: int) -> str:
    """Keep a file of zeros; its hash."""
    from headstamp.web.casework import files

    block = bytes(1 << 20)
    stored, _ = files.store((block for _ in range(size >> 20)), "application/octet-stream")
    return str(stored.sha256)


@question
def tamper(sequence: int) -> None:
    """Change an event, as somebody with the database's own password can."""
    from django.db import connection

    from headstamp.web.audit.append_only import trigger_names

    table = "audit_auditevent"
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in trigger_names(connection.vendor, table):
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute("UPDATE audit_auditevent SET action = 'x' WHERE sequence = %s", [sequence])


@question
def outcomes(action: str) -> list[str]:
    """How each event of an action ended, in order."""
    from headstamp.web.audit.models import AuditEvent

    found = AuditEvent.objects.filter(action=action).order_by("sequence")
    return list(found.values_list("outcome", flat=True))


@question
def append(events: int, threads: int) -> list[str]:
    """Put events on record from several threads at once; what went wrong."""
    from django.db import connection

    from headstamp.web.audit.actions import record

    faults: list[str] = []

    def work() -> None:
        try:
            for _ in range(events):
                record("tests.done", by=None)
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()

    working = [Thread(target=work) for _ in range(threads)]
    for one in working:
        one.start()
    for one in working:
        one.join()
    return faults
