"""Tables that leave the application as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse


def safe_cell(value: Any) -> Any:
    """Text that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def csv_response(
    name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]
) -> StreamingHttpResponse:
    """A CSV file, sent while it is written; UTF-8 with the mark spreadsheet programs look for."""

    def lines() -> Iterator[bytes]:
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(header)
        yield b"\xef\xbb\xbf" + stream.getvalue().encode()
        for row in rows:
            stream.seek(0)
            stream.truncate()
            writer.writerow([safe_cell(value) for value in row])
            yield stream.getvalue().encode()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
