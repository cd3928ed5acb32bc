"""One page of a list as CSV: whether it is one, its header and its rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headstamp.errors import PortalError

SYSTEM: Final = (":id", ":updated_at")
"""Columns of the portal's own, which say which row a row is and when it last changed."""


class ColumnsChangedError(PortalError):
    """The columns of one page are not those of another."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be used.

    Parameters
    ----------
    header : tuple of str
        Names of the columns.
    rows : int
    """

    header: tuple[str, ...]
    rows: int


def read_page(path: Path, number: int, kind: str = "text/csv") -> Page:
    """Read a page through.

    Parameters
    ----------
    path : Path
    number : int
        From 1; for the message.
    kind : str
        Content type it came with.

    Raises
    ------
    PortalError
        If it is a web page, is no CSV in UTF-8, is cut off, or lacks the portal's own columns.
    """
    _require_csv(path, number, kind)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = tuple(next(reader, ()))
            if reader.line_num != 1:
                raise csv.Error("its header is not one line")
            if len({name.lower() for name in header}) != len(header):
                raise csv.Error("two columns have one name")
            rows = 0
            for rows, row in enumerate(reader, 1):
                if len(row) != len(header):
                    raise csv.Error(f"row {rows} has {len(row)} columns, not {len(header)}")
    except (csv.Error, UnicodeDecodeError) as error:
        raise PortalError(
            f"page {number} is damaged or cut off ({error}); run the same command again"
        ) from error
    if lacking := [name for name in SYSTEM if name not in header]:
        raise PortalError(
            f"page {number} has no column {' and '.join(lacking)}, so it cannot be told which row "
            "is which; the portal does not speak SODA 2.1. Download the list with a browser and "
            "use 'headstamp incidents import'"
        )
    return Page(header, rows)


def require_same_columns(first: Page, page: Page, number: int) -> None:
    """Refuse a page whose columns are not those of the first.

    Raises
    ------
    ColumnsChangedError
        With what came and what went.
    """
    if page.header == first.header:
        return
    came = [name for name in page.header if name not in first.header]
    went = [name for name in first.header if name not in page.header]
    parts = [f"has {', '.join(came[:5])}"] if came else []
    parts += [f"lacks {', '.join(went[:5])}"] if went else []
    raise ColumnsChangedError(
        f"page {number} {' and '.join(parts) or 'has its columns in another order'}, unlike page "
        "1: the columns changed meanwhile. Nothing was imported; run the same command again"
    )


def _require_csv(path: Path, number: int, kind: str) -> None:
    with path.open("rb") as stream:
        start = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind == "text/csv" and start and start[:1] not in b"<{[":
        return
    what = "a web page" if "html" in kind or start[:1] == b"<" else f"{kind or 'something'}"
    if not start:
        what = "nothing"
    raise PortalError(
        f"page {number} is {what} instead of CSV: the portal may be closed for maintenance, or "
        "want a sign-in. Nothing was imported; open the address in a browser"
    )
