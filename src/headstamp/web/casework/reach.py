"""How far a person's view reaches, as one condition on a query.

Permission is decided in the query: what is out of reach is not in the result, so pages answer 404
and lists, searches, counts and exports say nothing about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Value
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.casework.models import CaseIncident, CaseMember, Incident, SharingAgreement
from headstamp.web.casework.record import Marking
from headstamp.web.lists.indexed import there_is
from headstamp.web.roles import CASE_ROLES, Role

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person may see.

    Parameters
    ----------
    everything, nothing : bool
        The monitor; people without case content.
    user, agency : UUID
    agencies : dict
        For each marking the other agencies that share all such records.
    cases : dict
        For each marking the (agency, case) pairs shared for one case.
    member_of : tuple of UUID
        Cases the person is a member of.
    """

    everything: bool
    nothing: bool
    user: UUID
    agency: UUID
    agencies: dict[str, tuple[UUID, ...]]
    cases: dict[str, tuple[tuple[UUID, UUID], ...]]
    member_of: tuple[UUID, ...]
    _written: dict[tuple[str, str], Q] = field(default_factory=dict, compare=False, repr=False)
    """Conditions that were asked for, since a page asks for the same ones several times."""

    def condition(self, incident_path: str = "incident", prefix: str = "") -> Q:
        """Restrict records that carry ``agency``, ``marking`` and ``created_by``.

        Parameters
        ----------
        incident_path : str
            The way from the record to its incident; "pk" for incidents themselves.
        prefix : str
            The way to the record from the table that is queried, as ``"exhibit_a__"``.
        """
        if self.everything:
            return Q()
        if self.nothing:
            return NOTHING
        asked = incident_path, prefix
        if asked not in self._written:
            self._written[asked] = _Condition(self, prefix, incident_path).seen()
        return self._written[asked]

    def incident_seen(self, path: str = "incident") -> Any:
        """A column that says whether the incident is in reach to which a record belongs.

        Of its own, beside the query, so that rows which are only passed over cost nothing.
        """
        if self.everything or self.nothing:
            return Value(self.everything, output_field=BooleanField())
        seen = there_is(Incident.objects.filter(self.condition("pk"), pk=OuterRef(path)))
        return ExpressionWrapper(seen, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class _Condition:
    """Writes a reach down for one table."""

    reach: Reach
    prefix: str
    incident_path: str

    def seen(self) -> Q:
        """Everything in reach."""
        reach = self.reach
        own = [reach.agency, *reach.agencies[Marking.AGENCY]]
        seen = self._where(marking=Marking.OPEN)
        seen |= self._where(marking=Marking.AGENCY, agency__in=own)
        seen |= self._where(agency=reach.agency, created_by=reach.user)
        for (owners, cases), markings in self._by_case().items():
            seen |= self._of_cases(cases, marking__in=markings, agency__in=owners)
        return seen

    def _by_case(self) -> dict[tuple[tuple[UUID, ...], tuple[UUID, ...]], list[str]]:
        """Which markings of which agencies' records are seen in which cases.

        One entry an agency at most, however many cases it shares: each becomes a subquery.
        """
        reach = self.reach
        found: dict[tuple[tuple[UUID, ...], tuple[UUID, ...]], list[str]] = defaultdict(list)
        for owner, cases in _grouped(reach.cases[Marking.AGENCY]).items():
            found[(owner,), cases].append(Marking.AGENCY)
        members = frozenset(reach.member_of)
        for marking in (Marking.CASE, Marking.RESTRICTED):
            if members:
                whole = (reach.agency, *reach.agencies[marking])
                found[whole, reach.member_of].append(marking)
            for owner, cases in _grouped(reach.cases[marking]).items():
                if both := tuple(case for case in cases if case in members):
                    found[(owner,), both].append(marking)
        return found

    def _of_cases(self, cases: Iterable[UUID], **fields: Any) -> Q:
        inside = CaseIncident.objects.filter(case__in=list(cases)).values("incident_id")
        return self._where(**{f"{self.incident_path}__in": inside}, **fields)

    def _where(self, **fields: Any) -> Q:
        return Q(**{f"{self.prefix}{name}": value for name, value in fields.items()})


def _grouped(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, tuple[UUID, ...]]:
    """The cases of each agency."""
    found: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    for owner, case in pairs:
        found[owner] += (case,)
    return found


def reach_of(user: User) -> Reach:
    """The reach of a person now; found once for each request's user."""
    known: Reach | None = getattr(user, "_reach", None)
    if known is None:
        known = _find(user)
        user._reach = known  # type: ignore[attr-defined]
    return known


def _find(user: User) -> Reach:
    everything = user.is_active and user.role == Role.MONITOR
    nothing = not user.is_active or user.role not in {*CASE_ROLES, Role.MONITOR}
    agencies: dict[str, tuple[UUID, ...]] = defaultdict(tuple)
    cases: dict[str, tuple[tuple[UUID, UUID], ...]] = defaultdict(tuple)
    member_of: tuple[UUID, ...] = ()
    if not (everything or nothing):
        for agreement in active_agreements().filter(recipient=user.agency_id):
            for marking in agreement.markings:
                if agreement.case_id is None:
                    agencies[marking] += (agreement.owner_id,)
                else:
                    cases[marking] += ((agreement.owner_id, agreement.case_id),)
        member_of = tuple(CaseMember.objects.filter(user=user).values_list("case_id", flat=True))
    return Reach(everything, nothing, user.pk, user.agency_id, agencies, cases, member_of)


def active_agreements() -> Any:
    """Agreements that hold today."""
    today = timezone.localdate()
    return SharingAgreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, ended_at=None
    )
