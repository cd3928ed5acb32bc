"""Reading tables of results, and traces whose results disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, QuerySet

from headstamp.web.accounts.models import User
from headstamp.web.casework.reach import reach_of
from headstamp.web.lists.indexed import there_is
from headstamp.web.traces.models import TraceResult, TraceTable
from headstamp.web.traces.queries import last_results, people, results
from headstamp.web.traces.tables.sorting import PEOPLE, chunks, differing

OF_PEOPLE: Final = ("possessor_age",)
"""Fields of a result that are a person's: read with the people of it, and counted by everybody."""


def tables(user: User) -> QuerySet[TraceTable]:
    """Tables of the person's agency, newest first."""
    return TraceTable.objects.filter(agency=user.agency_id).select_related("created_by")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A trace whose results disagree; all are kept, the last counts.

    Parameters
    ----------
    trace_number : str
    versions : tuple of TraceResult
        In the order in which they came.
    fields : tuple
        For each field they disagree on: its name, and what each version says.
    """

    trace_number: str
    versions: tuple[TraceResult, ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def last(self) -> TraceResult:
        """The one that counts."""
        return next(one for one in self.versions if one.is_last)


def disputed(user: User) -> QuerySet[TraceResult]:
    """The results that count of traces in reach with more than one."""
    earlier = TraceResult.objects.filter(
        agency=OuterRef("agency"),
        trace_number=OuterRef("trace_number"),
        is_last=False,
        withdrawn_at=None,
    ).filter(reach_of(user).condition())
    return last_results(user).filter(there_is(earlier)).order_by("trace_number")


def conflicts(user: User, some: list[TraceResult]) -> list[Conflict]:
    """What the results of these traces disagree on; who, to those entitled to it."""
    numbers = [one.trace_number for one in some]
    asked = {(one.agency_id, one.trace_number) for one in some}
    by_trace: dict[Any, list[TraceResult]] = {}
    for part in chunks(numbers):
        for one in results(user).filter(trace_number__in=part).order_by("created_at", "source_row"):
            if (one.agency_id, one.trace_number) in asked:
                by_trace.setdefault((one.agency_id, one.trace_number), []).append(one)
    keys = {
        one.pk: one
        for one in people(user).filter(result__in=[v for all_ in by_trace.values() for v in all_])
    }
    return [_conflict(versions, keys) for versions in by_trace.values()]


def _conflict(versions: list[TraceResult], keys: dict[Any, Any]) -> Conflict:
    entitled = all(one.pk in keys for one in versions)
    fields = [
        (name.replace("_", " "), tuple(_said(getattr(one, name)) for one in versions))
        for name in differing(versions)
        if entitled or name not in OF_PEOPLE
    ]
    if entitled:
        for name in PEOPLE:
            said = tuple(getattr(keys[one.pk], name) or "not known" for one in versions)
            if len(set(said)) > 1:
                fields.append((name, said))
    return Conflict(versions[0].trace_number, tuple(versions), tuple(fields))


def _said(value: Any) -> str:
    if value is None or value == "":
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
