"""Charts, tables and documents of a release, each the file that was released."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from headstamp.web.figures.public.answers import file, not_found
from headstamp.web.figures.public.finding import Found
from headstamp.web.figures.public.pages import of_release
from headstamp.web.figures.releases.kept import bytes_of, content_of
from headstamp.web.figures.releases.pieces import (
    FIGURES,
    PUBLIC,
    REPORT_PDF,
    TABLES,
    chart_name,
)

OFFERED: Final = {
    "figures.json": (FIGURES, "figures"),
    "figures.zip": (TABLES, "figures"),
    "report.pdf": (REPORT_PDF, "report"),
}
"""What is offered: under which name it is kept, and how the name of the download begins."""


@of_release
def download(request: HttpRequest, found: Found, name: str) -> HttpResponseBase:
    """One of the files on offer; nothing else that is kept has an address here."""
    kept, begins = OFFERED[name]
    release = found.release
    save_as = (
        f"{begins}-{release.jurisdiction}-{release.last_day.isoformat()}-{release.number}"
        f"{name[name.rindex('.') :]}"
    )
    return _send(request, found, kept, save_as)


@of_release
def chart(request: HttpRequest, found: Found, name: str) -> HttpResponseBase:
    """One chart of the public edition."""
    return _send(request, found, chart_name(name))


def _send(request: HttpRequest, found: Found, name: str, save_as: str = "") -> HttpResponseBase:
    kept = content_of(found.release.draft, PUBLIC, name)
    if kept is None:
        return not_found(request)
    return file(
        request,
        lambda: bytes_of(kept),
        kept.media_type,
        sha256_of=kept.file_id,
        save_as=save_as,
    )
