"""Bringing a table of results in: keep the file, map its columns, look, import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from headstamp.formats.trace_tables.batch_rows import BatchRow
from headstamp.tracing.ageing import may_follow
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.refusals import Refusal
from headstamp.web.traces.models import (
    TracePeople,
    TraceRequest,
    TraceResult,
    TraceStep,
    TraceTable,
)
from headstamp.web.traces.states import ENDED, TraceState
from headstamp.web.traces.steps import step
from headstamp.web.traces.tables.reading import (
    FAULTS_KEPT,
    ORDERS,
    contents,
    header_of,
    lacking,
    suggested,
)
from headstamp.web.traces.tables.sorting import (
    CHUNK,
    Sorted,
    chunks,
    fields_of,
    number_of,
    people_of,
    sort,
)

OVER = "This table was imported or left out already."
Status = TraceTable.Status


def upload(*, chunks: Iterable[bytes], file_name: str, retrieved: date, by: User) -> TraceTable:
    """Keep a table and propose what its columns mean.

    Raises
    ------
    Refusal
        If it is no table that can be read, or the same file was imported before.
    """
    stored, _ = files.store(chunks, "application/octet-stream")
    header = header_of(stored.sha256, file_name)
    with writing():
        known = TraceTable.objects.filter(
            agency=by.agency, file=stored, status=Status.IMPORTED
        ).first()
        if known is not None:
            raise Refusal(
                f"{file_name}: this file was imported on {known.created_at:%Y-%m-%d} as "
                f"{known.file_name}; nothing is imported twice."
            )
        made = TraceTable.objects.create(
            agency=by.agency,
            file=stored,
            file_name=file_name[:200],
            retrieved_on=retrieved,
            columns=_proposed(header, by),
            created_by=by,
        )
        record("traces.table_uploaded", by=by, about=made)
    return made


def _proposed(header: tuple[str, ...], by: User) -> dict[str, Any]:
    """As the agency's last table with these columns was read, else what their names suggest."""
    for known in TraceTable.objects.filter(agency=by.agency, status=Status.IMPORTED)[:20]:
        if set(known.columns["fields"].values()) <= set(header):
            return dict(known.columns)
    return {"fields": suggested(header), "order": "mdy"}


def remap(table: TraceTable, *, columns: Mapping[str, str], order: str, by: User) -> None:
    """Say which column holds which field, and how days are written.

    Raises
    ------
    Refusal
        If a column is missing, chosen twice or not there, or the table was imported already.
    """
    if not by.has_perm("traces.read_people"):
        raise Refusal(
            "What the columns mean is said by somebody who may read the people in them: an analyst."
        )
    chosen = {field: name for field, name in columns.items() if name}
    if len(chosen) != len(set(chosen.values())):
        raise Refusal("A column is chosen for two fields. Choose each column once.")
    if missing := lacking(chosen):
        raise Refusal(f"Choose the column for: {', '.join(missing)}.")
    if set(chosen.values()) - set(header_of(table.file_id, table.file_name)):
        raise Refusal("A column that was chosen is not in the table. Reload the page.")
    mapping = {"fields": chosen, "order": order if order in ORDERS else "mdy"}
    with writing():
        waiting = TraceTable.objects.filter(pk=table.pk, status=Status.UPLOADED)
        if not waiting.update(columns=mapping):
            raise Refusal(OVER)
        record("traces.table_mapped", by=by, about=table)


def abandon(table: TraceTable, *, by: User) -> None:
    """Do not import a table after all; the file is kept.

    Raises
    ------
    Refusal
        If it was imported or left out before.
    """
    with writing():
        waiting = TraceTable.objects.filter(pk=table.pk, status=Status.UPLOADED)
        if not waiting.update(status=Status.ABANDONED):
            raise Refusal(OVER)
        record("traces.table_left_out", by=by, about=table)


def run(table: TraceTable, *, by: User) -> TraceTable:
    """Import the rows that can be read in one piece; what is known already is passed over.

    The file is read before the transaction, which keeps other writers waiting.

    Raises
    ------
    Refusal
        If it was imported or left out before, or mapped anew meanwhile.
    """
    found = contents(table)
    with writing():
        current = TraceTable.objects.get(pk=table.pk)
        if current.status != Status.UPLOADED:
            raise Refusal(OVER)
        if current.columns != table.columns:
            raise Refusal("The columns were mapped anew meanwhile. Look at the rows again.")
        done = sort(found, by.agency)
        _keep(current, done, by)
        current.status = Status.IMPORTED
        current.counts = done.counts
        current.faults = found.faults[:FAULTS_KEPT]
        current.save()
        record("traces.table_imported", by=by, about=current, detail=done.counts)
    return current


def _keep(table: TraceTable, done: Sorted, by: User) -> None:
    """Write the results; of each trace the row retrieved last counts, of one table the last row."""
    rows = sorted([*done.new, *done.different], key=lambda row: row.number)
    numbers = sorted({number_of(row) for row in rows})
    newer = _retrieved_later(table, numbers)
    last = {number_of(row): row.number for row in rows if number_of(row) not in newer}
    requests = _requests(numbers, by)
    for some in chunks(sorted(last)):
        TraceResult.objects.filter(
            agency=by.agency, trace_number__in=some, is_last=True, withdrawn_at=None
        ).update(is_last=False)
    made = [
        _result(table, row, requests, last.get(number_of(row)) == row.number, by) for row in rows
    ]
    TraceResult.objects.bulk_create(made, batch_size=CHUNK)
    people = [_people(one, row) for one, row in zip(made, rows, strict=True)]
    TracePeople.objects.bulk_create(people, batch_size=CHUNK)
    for one in made:
        if one.is_last and one.request is not None:
            _tell(one.request, one, by)


def _retrieved_later(table: TraceTable, numbers: list[str]) -> set[str]:
    """Those of some traces whose result that counts was retrieved after a table."""
    found: set[str] = set()
    for some in chunks(numbers):
        later = TraceResult.objects.filter(
            agency=table.agency_id,
            trace_number__in=some,
            is_last=True,
            withdrawn_at=None,
            table__retrieved_on__gt=table.retrieved_on,
        )
        found.update(later.values_list("trace_number", flat=True))
    return found


def _requests(numbers: list[str], by: User) -> dict[str, TraceRequest]:
    """The agency's requests that these numbers name, ours or the tracing centre's."""
    found: dict[str, TraceRequest] = {}
    own = TraceRequest.objects.filter(agency=by.agency, withdrawn_at=None)
    own = own.exclude(state=TraceState.CANCELLED).order_by("created_at")
    for some in chunks(numbers):
        found |= {one.trace_number: one for one in own.filter(trace_number__in=some)}
        drawn = {name.upper(): name for name in some}
        found |= {drawn[one.number]: one for one in own.filter(number__in=list(drawn))}
    return found


def _result(
    table: TraceTable, row: BatchRow, requests: Mapping[str, TraceRequest], is_last: bool, by: User
) -> TraceResult:
    request = requests.get(number_of(row))
    of_request = (
        {"request": request, "incident_id": request.incident_id, "marking": request.marking}
        if request
        else {}
    )
    return TraceResult(
        agency_id=table.agency_id,
        created_by=by,
        updated_by=by,
        table=table,
        source_row=row.number,
        trace_number=number_of(row),
        is_last=is_last,
        doubt=row.doubt[:500],
        **of_request,
        **fields_of(row),
    )


def _people(result: TraceResult, row: BatchRow) -> TracePeople:
    purchaser, possessor = people_of(row)
    return TracePeople(result=result, purchaser=purchaser, possessor=possessor, written=row.written)


def _tell(request: TraceRequest, result: TraceResult, by: User) -> None:
    """The request that a result answers has it, and ends with it where that can follow."""
    current = TraceRequest.objects.select_related("agency").get(pk=request.pk)
    ends = result.status in ENDED and result.status != TraceState.CANCELLED
    follows = ends and result.status in may_follow(current.state)
    step(
        current,
        TraceStep.Kind.RESULT,
        by=by,
        state=result.status if follows else "",
        text=f"Row {result.source_row} of a table of results",
    )
