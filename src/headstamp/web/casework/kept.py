"""What browsers keep of pictures and surfaces, and how they ask whether it still holds.

A browser may keep them, since they are large, but asks each time it shows one: whoever has signed
out, or may not see the record any more, is answered otherwise. Of restricted records it keeps none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from headstamp.web.casework.record import Marking, Record


def kept(
    request: HttpRequest, found: Record, key: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer, or 304 if the browser has it; called once the person is known to may see it.

    Parameters
    ----------
    found : Record
        Whose picture or surface it is.
    key : str
        Changes whenever the content at this address does.
    make : callable
        Makes the whole answer.
    """
    if found.marking == Marking.RESTRICTED:
        response = make()
        response.headers["Cache-Control"] = "no-store, private"
        return response
    etag = quote_etag(key)
    unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
    response = make() if unchanged is None else unchanged
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
