"""The page on which a text is checked, and the results that were kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.answers.faults import fault
from headstamp.web.claims import actions
from headstamp.web.claims.checking import check_text
from headstamp.web.claims.forms import TextForm
from headstamp.web.claims.models import KeptCheck
from headstamp.web.claims.rate import TOO_OFTEN, too_often
from headstamp.web.claims.showing import shown
from headstamp.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A form for a text; once it is sent, the text with its claims marked. Nothing is stored."""
    if request.method != "POST":
        return render(request, "claims/check.html", {"form": TextForm(), "example": _example()})
    form = TextForm(request.POST)
    if not form.is_valid():
        return render(request, "claims/check.html", {"form": form}, status=422)
    if too_often(request):
        return fault(request, TOO_OFTEN, 429)
    inside = request.user.has_perm("figures.view")
    return render(request, "claims/check.html", {"form": form, **_result(form, inside)})


check.needed_permission = ""  # type: ignore[attr-defined]


def _result(form: TextForm, inside: bool) -> dict[str, Any]:
    said = form.cleaned_data
    rows, left = check_text(said["text"], said["date"], said["place"], inside=inside)
    found = shown(said["text"], rows, left)
    return {"result": found, "written_on": said["date"], "inside": inside}


def _example() -> KeptCheck | None:
    """The text that a demonstration holds."""
    if not settings.DEMO:
        return None
    return KeptCheck.objects.filter(withdrawn_at=None).order_by("kept_at").first()


@require_POST
@needs("claims.keep")
def keep(request: Request) -> HttpResponse:
    """Keep what was found, at an address that can be shared."""
    form = TextForm(request.POST)
    if not form.is_valid():
        return render(request, "claims/check.html", {"form": form}, status=422)
    said = form.cleaned_data
    kept = actions.keep(
        text=said["text"], written_on=said["date"], place=said["place"], by=request.user
    )
    messages.success(request, "Kept. Whoever has the address of this page can read it.")
    return redirect("claims:kept", pk=kept.pk)


@require_GET
def kept(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A result as it was found; everybody with the address reads it."""
    found = get_object_or_404(KeptCheck, pk=pk)
    context: dict[str, Any] = {"kept": found, "written_on": found.written_on}
    if found.is_withdrawn:
        return render(request, "claims/kept.html", context, status=410)
    context["result"] = shown(found.text, found.claims, 0)
    return render(request, "claims/kept.html", context)


kept.needed_permission = ""  # type: ignore[attr-defined]


@require_POST
@needs("claims.keep")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take a kept result out of use."""
    found = get_object_or_404(KeptCheck, pk=pk)
    actions.withdraw(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, "Withdrawn.")
    return redirect("claims:kept", pk=found.pk)
