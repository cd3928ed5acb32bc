"""Reading agencies and people."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from headstamp.web.accounts.models import Agency, User
from headstamp.web.accounts.stewardship import looked_after
from headstamp.web.roles import CASE_ROLES


def people(user: User, text: str = "") -> QuerySet[User]:
    """Accounts that a person looks after, by name; all of them for the monitor."""
    found = looked_after(user).order_by("name")
    return found.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else found


def agencies() -> QuerySet[Agency]:
    """Agencies with the number of their people."""
    return Agency.objects.annotate(people_count=Count("people")).order_by("name")


def colleagues(user: User) -> QuerySet[User]:
    """People to whom an exhibit can be handed or a case opened: names and agencies, no content."""
    return _with_case_work().exclude(pk=user.pk).order_by("agency__name", "name")


def own_people(user: User) -> QuerySet[User]:
    """People of a person's agency who have case work, themselves too."""
    return _with_case_work().filter(agency=user.agency_id).order_by("name")


def _with_case_work() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=CASE_ROLES).select_related("agency")
