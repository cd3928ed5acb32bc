"""The same for programs: a text in JSON, its claims in JSON."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from headstamp.web.answers.limits import length_of
from headstamp.web.claims.checking import check_text
from headstamp.web.claims.forms import MOST_BYTES, TOO_LONG, TextForm
from headstamp.web.claims.rate import TOO_OFTEN, too_often

USAGE: Final = {
    "usage": "POST a JSON object to this address.",
    "text": "the text, up to 200 kB",
    "date": "the day it was written, as 2017-06-30",
    "place": "the place that is meant where the text names none; optional",
    "figures": "what was released, and the years of cities",
    "answers": "claims, as 'headstamp check --json' prints them, and how many were left_out",
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def api(request: HttpRequest) -> HttpResponse:
    """Check a text; nothing is stored, and nobody is asked who they are."""
    if request.method != "POST":
        return JsonResponse(USAGE)
    if request.content_type != "application/json":
        return _refused("Send JSON, with the content type application/json.", 415)
    if length_of(request) > 7 * MOST_BYTES:  # as much as JSON makes of it at most
        return _refused(TOO_LONG, 413)
    return _checked(request)


api.needed_permission = ""  # type: ignore[attr-defined]


def _checked(request: HttpRequest) -> JsonResponse:
    sent = _object(request.body)
    if sent is None:
        return _refused("The body is no JSON object with a text.", 400)
    form = TextForm(sent)
    if not form.is_valid():
        faults = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
        return _refused(next(iter(faults.values()))[0], 422, fields=faults)
    if too_often(request):
        return _refused(TOO_OFTEN, 429)
    said = form.cleaned_data
    rows, left = check_text(said["text"], said["date"], said["place"], inside=False)
    return JsonResponse({"claims": rows, "left_out": left})


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("text"), str) else None


def _refused(sentence: str, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"error": sentence, **more}, status=status)
