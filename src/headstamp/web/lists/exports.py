"""Tables that leave the application as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse

from headstamp.reports.spreadsheet_text import STARTS

NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def safe_cell(value: Any) -> Any:
    """Text that no spreadsheet program takes for a formula; a number stays one."""
    if isinstance(value, str) and value.startswith(STARTS) and not NUMBER.fullmatch(value):
        return "'" + value
    return value


def plain_cell(text: str) -> str:
    """What ``safe_cell`` was given, for a table of ours that is read again."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(STARTS) else text


def csv_response(
    name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]
) -> StreamingHttpResponse:
    """A CSV file, sent while it is written; UTF-8 with the mark spreadsheet programs look for."""

    def lines() -> Iterator[bytes]:
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow([safe_cell(title) for title in header])
        yield b"\xef\xbb\xbf" + stream.getvalue().encode()
        for row in rows:
            stream.seek(0)
            stream.truncate()
            writer.writerow([safe_cell(value) for value in row])
            yield stream.getvalue().encode()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
