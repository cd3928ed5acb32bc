"""Requests for traces as the CSV file that a tracing centre is sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Protocol

from headstamp.reports.spreadsheet_text import harmless
from headstamp.tracing.requests import RequestedTrace

COLUMNS: Final[dict[str, str]] = {
    "request": "number",
    "priority": "priority",
    "justification": "justification",
    "crime_code": "crime_code",
    "project_code": "project_code",
    "ori": "ori",
    "agency": "agency",
    "officer": "officer",
    "badge": "officer_badge",
    "phone": "officer_phone",
    "case_number": "case_number",
    "type": "type",
    "calibre": "calibre",
    "serial": "serial",
    "maker": "maker",
    "model": "model",
    "country": "country",
    "importer": "importer",
    "barrel_length": "barrel_length",
    "finish": "finish",
    "other_marks": "markings",
    "recovery_date": "recovered",
    "recovery_street": "recovery_street",
    "recovery_city": "recovery_city",
    "recovery_county": "recovery_county",
    "recovery_state": "recovery_state",
    "remarks": "remarks",
}
"""The columns of the file, and the field of a request that each holds."""

OF_THE_POSSESSOR: Final = {
    "possessor_family_name": "family_name",
    "possessor_given_name": "given_name",
    "possessor_born": "born_on",
    "possessor_address": "address",
}
"""The last columns: empty where nobody is named, or the reader is not entitled to it."""


class Named(Protocol):
    """Somebody who had a gun."""

    family_name: str
    given_name: str
    born_on: date | None
    address: str


def request_csv(requests: Iterable[RequestedTrace], possessors: Mapping[str, Named]) -> bytes:
    """The file: one row a request, UTF-8, lines that end in CR LF, nothing taken for a formula.

    Parameters
    ----------
    requests : iterable of RequestedTrace
    possessors : mapping
        By number of the request; empty for a file without persons.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *OF_THE_POSSESSOR])
    for one in requests:
        who = possessors.get(one.number)
        row = [_text(getattr(one, field)) for field in COLUMNS.values()]
        row += [_text(getattr(who, field)) if who else "" for field in OF_THE_POSSESSOR.values()]
        writer.writerow(row)
    return stream.getvalue().encode()


def _text(value: str | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else harmless(value)
