"""What is known of one recovered gun, from everything that the reader may see."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404

from headstamp.web.accounts.models import User
from headstamp.web.evidence import queries as evidence
from headstamp.web.evidence.models import Exhibit, Firearm
from headstamp.web.traces import queries, serials
from headstamp.web.traces.models import TraceResult

MOST: Final = 50


def gun_of(user: User, exhibit: Exhibit) -> dict[str, Any]:
    """What the page of a gun shows.

    Raises
    ------
    Http404
        If the exhibit is no firearm that somebody has described.
    """
    firearm = evidence.firearms(user).filter(exhibit=exhibit).first()
    if firearm is None:
        raise Http404
    fired = test_fires(user, exhibit)
    requests = list(queries.of_exhibit(user, exhibit))
    people = [(one, queries.possessor(user, one)) for one in requests]
    same, alike = _by_serial(user, firearm)
    return {
        "exhibit": exhibit,
        "gun": firearm,
        "trace": requests[0] if requests else None,
        "requests": requests,
        "results": list(queries.results(user).filter(request__in=requests)[:MOST]),
        "possessors": [who for _, who in people if who is not None],
        "entitled": any(queries.may_read_people(user, one) for one in requests),
        "test_fires": fired,
        "same_serial": same,
        "alike": alike,
    }


def test_fires(user: User, exhibit: Exhibit) -> list[Exhibit]:
    """Test fires of a gun: those of its incident, where it is the only gun of it."""
    own = evidence.exhibits(user).filter(incident=exhibit.incident_id, withdrawn_at=None)
    if own.filter(kind=Exhibit.Kind.FIREARM).count() != 1:
        return []
    return list(own.filter(kind=Exhibit.Kind.TEST_FIRE).order_by("number")[:MOST])


def _by_serial(user: User, firearm: Firearm) -> tuple[list[Any], list[Any]]:
    """Other guns and traces with its serial number, and those that may be it read otherwise."""
    if not firearm.serial:
        return [], []
    found = serials.search(user, firearm.serial).matches
    others = [one for one in found if not _is_of(one, firearm)]
    same = [one for one in others if one.how == "same" and _is_of_maker(one, firearm)]
    return same, [one for one in others if one not in same]


def _is_of(match: serials.Match, firearm: Firearm) -> bool:
    """Whether it is the gun itself, or what its own trace found."""
    if match.firearm is not None:
        return match.firearm.pk == firearm.pk
    request = match.result.request if match.result else None
    return request is not None and request.exhibit_id == firearm.exhibit_id


def _is_of_maker(match: serials.Match, firearm: Firearm) -> bool:
    other: Firearm | TraceResult | None = match.firearm or match.result
    return other is not None and other.maker.casefold() == firearm.maker.casefold()
