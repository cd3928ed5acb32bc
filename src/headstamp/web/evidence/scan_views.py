"""Pages of scans: handing in, progress, surface, mask."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.errors import HeadstampError
from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.casework import files
from headstamp.web.casework.kept import kept
from headstamp.web.casework.queries import read
from headstamp.web.evidence import actions, queries
from headstamp.web.evidence.exhibit_views import exhibit_page
from headstamp.web.evidence.forms import ScanFilterForm, ScanForm
from headstamp.web.evidence.masks import NO_MASK, decoded
from headstamp.web.evidence.models import Scan
from headstamp.web.evidence.pictures import (
    automatic_mask_name,
    automatic_mask_of,
    mask_of,
    relief_of,
)
from headstamp.web.evidence.surfaces import key_of, surface_of
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("evidence.view")
def scans(request: Request) -> HttpResponse:
    """The list of scans."""
    form = ScanFilterForm(request.GET)
    found = queries.scans(request.user).none()
    if form.is_valid():
        wanted = form.cleaned_data
        found = queries.search_scans(request.user, wanted["q"], wanted["state"])
    context = {"page": page_of(request, found), "form": form, "filtered": is_filtered(form)}
    return render(request, "evidence/scans.html", context)


@require_POST
@needs("evidence.add_scan")
def add_scans(request: Request, pk: UUID) -> HttpResponse:
    """Keep scan files; each that cannot be used is named, the others are kept."""
    exhibit = read(queries.exhibits(request.user), request.user, pk=pk)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return exhibit_page(request, exhibit, status=422, scan_form=form)
    kept: list[Scan] = []
    refused: list[str] = []
    for one in form.cleaned_data["scan_files"]:
        try:
            kept.append(
                actions.add_scan(
                    exhibit,
                    chunks=one.chunks(),
                    file_name=one.name,
                    region=form.cleaned_data["region"],
                    by=request.user,
                )
            )
        except Refusal as refusal:
            refused.append(str(refusal))
    if not kept:
        for sentence in refused:
            form.add_error("scan_files", sentence)
        return exhibit_page(request, exhibit, status=422, scan_form=form)
    for sentence in refused:
        messages.error(request, sentence)
    messages.success(
        request, "The scan is kept." if len(kept) == 1 else f"{len(kept)} scans are kept."
    )
    if len(kept) == 1:
        return redirect("evidence:scan", pk=kept[0].pk)
    return redirect("evidence:exhibit", pk=pk)


def _read(request: Request, pk: UUID) -> Scan:
    found: Scan = read(queries.scans(request.user), request.user, pk=pk)
    return found


@require_GET
@needs("evidence.view")
def scan(request: Request, pk: UUID) -> HttpResponse:
    """One scan: where it stands, how it looks, what it is like."""
    found = _read(request, pk)
    context = {
        "scan": found,
        "exhibit": found.exhibit,
        "incident": found.incident,
        "incident_seen": found.incident_seen,
        "busy": found.is_busy,
        "has_surface": found.state in (Scan.State.PREPARED, Scan.State.SEARCHED),
        "is_owner": found.agency_id == request.user.agency_id,
    }
    return render(request, "evidence/scan.html", context)


@require_GET
@needs("evidence.view")
def progress(request: Request, pk: UUID) -> HttpResponse:
    """Where a scan stands, asked again until it is done; then the page is loaded anew.

    With ``?row`` the answer is the scan's row in the list of its exhibit.
    """
    found = queries.scans(request.user).filter(pk=pk).first()  # the page itself was put on record
    if found is None:
        raise Http404
    if "row" in request.GET:
        return render(request, "evidence/_scan_row.html", {"one": found})
    if not found.is_busy:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "evidence/_progress.html", {"scan": found, "asked_again": True})


@require_GET
@needs("evidence.view")
def surface(request: Request, pk: UUID) -> HttpResponse:
    """What the microscope must know before it loads the heights."""
    found = _read(request, pk)
    try:
        shown = surface_of(found)
    except (HeadstampError, OSError):
        sentence = "The surface of this scan cannot be shown."
        return JsonResponse({"error": sentence}, status=404)
    return JsonResponse(
        {
            "width": shown.columns,
            "height": shown.rows,
            "spacing_um": shown.spacing_um,
            "unit": "um",
            "scale": shown.step_um,
            "heights": reverse("evidence:heights", args=[found.pk]),
        }
    )


@require_GET
@needs("evidence.view")
def heights(request: Request, pk: UUID) -> HttpResponseBase:
    """Heights, int16 little-endian; see ``evidence.surfaces``."""
    found = _read(request, pk)

    def make() -> HttpResponse:
        try:
            shown = surface_of(found)
        except (HeadstampError, OSError) as error:
            raise Http404 from error
        return HttpResponse(shown.heights, content_type="application/octet-stream")

    return kept(request, found, key_of(found), make)


@require_GET
@needs("evidence.view")
def picture(request: Request, pk: UUID) -> HttpResponseBase:
    """The whole scan as it was measured, lit from one side: PNG, one pixel a point."""
    found = _read(request, pk)
    return kept(request, found, f"relief {found.file_id}", lambda: _png(relief_of(found)))


@require_GET
@needs("evidence.view")
def mask_picture(request: Request, pk: UUID) -> HttpResponseBase:
    """The mask in use: PNG, white = may be used."""
    found = _read(request, pk)
    automatic = "automatic" in request.GET or found.mask_id is None
    key = f"{automatic_mask_name(found)} {found.file_id}" if automatic else f"mask {found.mask_id}"
    shown = automatic_mask_of if automatic else mask_of
    return kept(request, found, key, lambda: _png(shown(found)))


def _png(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="image/png")


@require_http_methods(["GET", "POST"])
@needs("evidence.correct_mask")
def mask(request: Request, pk: UUID) -> HttpResponse:
    """Correct the mask with brush and circles."""
    found = _read(request, pk)
    error = ""
    if request.method == "POST":
        try:
            drawn = decoded(_data(request), (found.rows or 0, found.columns or 0))
            actions.correct_mask(found, mask=drawn, version=_version(request), by=request.user)
        except Refusal as refusal:
            error = str(refusal)
        else:
            messages.success(request, "The mask is kept; the scan is prepared and searched anew.")
            return redirect("evidence:scan", pk=pk)
    context = {"scan": found, "exhibit": found.exhibit, "error": error}
    return render(request, "evidence/mask.html", context, status=422 if error else 200)


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


def _data(request: Request) -> bytes:
    text = request.POST.get("mask_png", "")
    try:
        return base64.b64decode(text.removeprefix("data:image/png;base64,"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(NO_MASK) from error


@require_POST
@needs("evidence.add_scan")
def try_again(request: Request, pk: UUID) -> HttpResponse:
    """Queue a scan again."""
    try:
        actions.try_again(_read(request, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence:scan", pk=pk)


@require_POST
@needs("evidence.withdraw")
def withdraw_scan(request: Request, pk: UUID) -> HttpResponse:
    """Take a scan out of use."""
    found = _read(request, pk)
    try:
        actions.withdraw_scan(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The scan is withdrawn; it is no candidate any more.")
    return redirect("evidence:scan", pk=pk)


@require_GET
@needs("casework.export")
def download(request: Request, pk: UUID) -> FileResponse:
    """The scan's file as it was handed in; the export is put on record."""
    found = _read(request, pk)
    record("evidence.scan_exported", by=request.user, about=found)
    stream = files.path_of(found.file_id).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.file_name)
