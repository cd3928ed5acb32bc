"""Whose accounts an administrator looks after.

Nobody but an agency's own administrators lets people see its records. The agency that made the
workspace (its host) appoints the administrators of the others, and the monitors, who see all.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from headstamp.web.accounts.models import Agency, User
from headstamp.web.roles import Role

APPOINTED: Final = (Role.ADMINISTRATOR, Role.MONITOR)
"""Roles that the host's administrators give in other agencies."""

NOT_YOURS: Final = (
    "You appoint people of your own agency. The administrators of the agency that made this "
    "workspace appoint monitors, and the administrators of other agencies."
)


def looked_after(by: User) -> QuerySet[User]:
    """Accounts that a person may change; all of them, to read, for the monitor."""
    found = User.objects.select_related("agency")
    if by.role == Role.MONITOR:
        return found
    if by.role != Role.ADMINISTRATOR:
        return found.none()
    own = Q(agency=by.agency_id)
    if by.agency.is_host:
        return found.filter(own | Q(role__in=APPOINTED))
    return found.filter(own).exclude(role=Role.MONITOR)


def may_appoint(by: User, agency: Agency, role: str) -> bool:
    """Whether an administrator may give a role in an agency."""
    if by.agency.is_host:
        return agency.pk == by.agency_id or role in APPOINTED
    return agency.pk == by.agency_id and role != Role.MONITOR


def agencies_of(by: User) -> QuerySet[Agency]:
    """Agencies whose name and numbers an administrator may change."""
    found = Agency.objects.all()
    return found if by.agency.is_host else found.filter(pk=by.agency_id)
