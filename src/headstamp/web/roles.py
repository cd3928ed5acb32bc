"""The roles of a strike force."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does in the system; one role a person."""

    TECHNICIAN = "technician", "Technician"
    EXAMINER = "examiner", "Examiner"
    ANALYST = "analyst", "Analyst"
    INVESTIGATOR = "investigator", "Investigator"
    PROSECUTOR = "prosecutor", "Prosecutor"
    COMMANDER = "commander", "Commander"
    MONITOR = "monitor", "Monitor"
    ADMINISTRATOR = "administrator", "Administrator"


WORK: Final[dict[str, str]] = {
    Role.TECHNICIAN: "works scenes, exhibits, custody and scans",
    Role.EXAMINER: "compares surfaces, verifies, concludes",
    Role.ANALYST: "turns candidates into leads, imports tables",
    Role.INVESTIGATOR: "follows leads, works cases",
    Role.PROSECUTOR: "reads what a case rests on",
    Role.COMMANDER: "watches the queues, sends leads out",
    Role.MONITOR: "reads everything with the record, changes nothing",
    Role.ADMINISTRATOR: "accounts, agencies, sharing; no case content",
}
"""What each role does, in a few words."""

CASE_ROLES = frozenset(Role) - {Role.MONITOR, Role.ADMINISTRATOR}
"""Roles that see case content of their own agency."""

READERS = frozenset(Role) - {Role.ADMINISTRATOR}
"""Roles that see case content at all; the monitor sees that of every agency."""
