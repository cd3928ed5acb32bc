"""The roles of a strike force."""

from __future__ import annotations

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


CASE_ROLES = frozenset(Role) - {Role.MONITOR, Role.ADMINISTRATOR}
"""Roles that see case content of their own agency."""

READERS = frozenset(Role) - {Role.ADMINISTRATOR}
"""Roles that see case content at all; the monitor sees that of every agency."""
