"""Reading agencies and people."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from headstamp.web.accounts.models import Agency, User
from headstamp.web.accounts.stewardship import looked_after
from headstamp.web.roles import Role


def people(user: User, text: str = "") -> QuerySet[User]:
    """Accounts that a person looks after, by name; all of them for the monitor."""
    found = looked_after(user).order_by("name")
    return found.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else found


def agencies() -> QuerySet[Agency]:
    """Agencies with the number of their people."""
    return Agency.objects.annotate(people_count=Count("people")).order_by("name")


def colleagues(user: User) -> QuerySet[User]:
    """People to whom an exhibit can be handed or a case opened: names and agencies, no content."""
    return (
        User.objects.filter(is_active=True)
        .exclude(role__in=[Role.ADMINISTRATOR, Role.MONITOR])
        .exclude(pk=user.pk)
        .select_related("agency")
        .order_by("agency__name", "name")
    )
