"""Traces of the city's guns: requests in every state, and tables of results of some years."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from headstamp.simulation.city_people import CITY_POLICE
from headstamp.simulation.gun_market import draw_market
from headstamp.simulation.gun_market_table import HEADER, rows
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import writing
from headstamp.web.demonstration.people import People
from headstamp.web.evidence.models import Exhibit, Firearm
from headstamp.web.roles import Role
from headstamp.web.traces import requesting
from headstamp.web.traces.models import TraceRequest
from headstamp.web.traces.states import TraceState
from headstamp.web.traces.tables import actions as tables

S = TraceState
GUNS: Final = 600
"""Of the market, traced."""

UPTO: Final = (S.DRAFT, S.IN_PROCESS, S.SUBMITTED, S.INFO_REQUESTED, S.ACCEPTED)
"""States that requests are brought to, in turn."""

STATES: Final = len(UPTO)
ANSWERED_FROM: Final = UPTO.index(S.IN_PROCESS)
"""Of the requests every fifth from here is answered by the second table."""

LAST_YEAR: Final = 2017
"""Of recoveries in the market."""

ANSWERED: Final = (
    *("trace_id", "recovery_date", "recovery_city", "recovery_state", "sale_date", "dealer_name"),
    *("dealer_city", "dealer_state", "purchaser_key", "possessor_key", "completion_status"),
)
"""The columns of the table that answers requests, and takes one earlier result back."""


def add_traces(people: People, seed: int) -> None:
    """Request traces of the guns that the city's police recovered, and import results.

    The second table answers some of the requests, and corrects a result of the first.
    """
    analyst = people.one(CITY_POLICE, Role.ANALYST)
    today = timezone.localdate()
    market = [_later(row, today.year - 1) for row in rows(draw_market(GUNS, seed), seed)]
    _import(HEADER, market, "traces-of-the-region.csv", today - timedelta(days=20), analyst)
    with writing():
        requests = _requests(people)
    answers = [_answer(one) for one in requests[ANSWERED_FROM::STATES]]
    later = [_other(market[0]), *answers]
    _import(ANSWERED, later, "traces-of-this-week.csv", today, analyst)


def _later(row: tuple[object, ...], last: int) -> tuple[object, ...]:
    """A trace of the market so many years later that its last year is this one."""
    said = dict(zip(HEADER, row, strict=True))
    for name in ("recovery_date", "sale_date"):
        year, _, rest = str(said[name] or "").partition("-")
        if year:
            moved = f"{int(year) + last - LAST_YEAR}-{rest}".removesuffix("-")
            said[name] = moved.replace("-02-29", "-02-28")
    return tuple(said[name] for name in HEADER)


def _import(
    header: Iterable[str], content: Iterable[Iterable[object]], name: str, day: date, by: User
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(content)
    table = tables.upload(chunks=[stream.getvalue().encode()], file_name=name, retrieved=day, by=by)
    tables.run(table, by=by)


def _other(row: tuple[object, ...]) -> list[object]:
    """The same trace with another day of sale, as a centre corrects it later."""
    said = dict(zip(HEADER, row, strict=True))
    said["sale_date"] = "2003-11-05"
    return [said.get(name, "") for name in ANSWERED]


def _answer(request: TraceRequest) -> list[object]:
    """A result that names a request by its number."""
    sold = request.recovered_on - timedelta(days=610) if request.recovered_on else ""
    said = {
        "trace_id": request.number,
        "recovery_date": request.recovered_on,
        "recovery_city": request.recovery_city,
        "recovery_state": request.recovery_state,
        "sale_date": sold,
        "dealer_name": "Alder Arms 1",
        "dealer_city": "Lakeford",
        "dealer_state": "WI",
        "purchaser_key": "P00000228",
        "possessor_key": "Q00000228",
        "completion_status": S.COMPLETED_TO_PURCHASER.value,
    }
    return [said[name] for name in ANSWERED]


def _requests(people: People) -> list[TraceRequest]:
    """Requests for recovered firearms, the newest first, brought to states in turn; one is left."""
    guns = Firearm.objects.filter(agency__code=CITY_POLICE).order_by("-exhibit__collected_at")
    most = min(2 * STATES, max(0, guns.count() - 1))
    made = []
    for turn, gun in enumerate(guns.select_related("exhibit__incident")[:most]):
        made.append(_request(gun.exhibit, UPTO[turn % STATES], people))
    return made


def _request(exhibit: Exhibit, upto: str, people: People) -> TraceRequest:
    asking = people.one(CITY_POLICE, Role.INVESTIGATOR)
    analyst = people.one(CITY_POLICE, Role.ANALYST)
    recovered = timezone.localtime(exhibit.collected_at).date()
    request = requesting.make_request(
        exhibit,
        by=asking,
        crime_code="5212",
        ori="IL0990100" if upto != S.DRAFT else "",
        officer=asking.name,
        recovered_on=recovered,
        recovery_street=exhibit.incident.address[:120],
        recovery_city="Port Verity",
        recovery_county="Verity",
        recovery_state="IL",
    )
    requesting.name_possessor(
        request,
        fields={"family_name": "Example", "given_name": f"Person {exhibit.number[-3:]}"},
        version=request.version,
        by=asking,
    )
    request.refresh_from_db()
    if upto == S.DRAFT:
        return request
    requesting.submit(request, version=request.version, by=analyst)
    request.refresh_from_db()
    if upto != S.SUBMITTED:
        number = f"T26{request.number[-5:]}"
        requesting.hear(
            request, state=upto, trace_number=number, version=request.version, by=analyst
        )
        request.refresh_from_db()
    return request
