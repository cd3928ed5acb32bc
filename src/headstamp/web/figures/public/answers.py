"""Answers for everybody: rendered without the request, so that no session is ever read or made."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.defaults import page_not_found

from headstamp import __version__
from headstamp.web.answers.public import is_public
from headstamp.web.figures.public.rendered import RENDERED

KEPT: Final = "public, max-age=300"
"""Browsers ask again after five minutes: a release may have been withdrawn or restated."""


def page(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    said: str,
    status: int = 200,
) -> HttpResponse:
    """A page.

    Parameters
    ----------
    request : HttpRequest
    template : str
    context : callable
        Called only where the page has to be rendered.
    said : str
        Another text whenever anything on the page is another.
    status : int
        A page with another than 200 is rendered each time.
    """
    parts = (__version__, template, request.build_absolute_uri(request.path), said)
    etag = f'"{sha256("|".join(parts).encode()).hexdigest()[:32]}"'
    if status != 200:
        return _kept(HttpResponse(_rendered(request, template, context), status=status), "")
    if known := _not_changed(request, etag):
        return known
    body = RENDERED.get(etag)
    if body is None:
        body = _rendered(request, template, context)
        RENDERED.keep(etag, body)
    return _kept(HttpResponse(body), etag)


def _rendered(request: HttpRequest, template: str, context: Callable[[], dict[str, Any]]) -> bytes:
    here = request.build_absolute_uri(request.path)
    whole = {"demo": settings.DEMO, "here": here, **context()}
    return render_to_string(template, whole).encode()


def file(
    request: HttpRequest, content: Any, media_type: str, *, sha256_of: str, save_as: str = ""
) -> HttpResponse:
    """A file that is kept by its hash; ``content`` is called only for who has not got it yet."""
    etag = f'"{sha256_of}"'
    if known := _not_changed(request, etag):
        return known
    answer = HttpResponse(content(), content_type=media_type)
    if save_as:
        answer["Content-Disposition"] = f'attachment; filename="{save_as}"'
    return _kept(answer, etag)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """The page for an address that there is not; of the public pages in their own frame."""
    if not is_public(request.path):
        return page_not_found(request, exception or Exception())
    return page(request, "figures/public/not_found.html", dict, said="", status=404)


def _not_changed(request: HttpRequest, etag: str) -> HttpResponse | None:
    found: Any = get_conditional_response(request, etag=etag)
    return _kept(found, etag) if found is not None and found.status_code == 304 else None


def _kept(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["Cache-Control"] = KEPT if etag else "public, max-age=60"
    if etag:
        answer["ETag"] = etag
    return answer
