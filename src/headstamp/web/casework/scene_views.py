"""Pages of scenes and their photographs."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.casework import actions, files, queries
from headstamp.web.casework.forms import PhotographsForm, SceneForm
from headstamp.web.casework.kept import kept
from headstamp.web.editing.forms import edit
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_http_methods(["GET", "POST"])
@needs("casework.work_scene")
def open_scene(request: Request, pk: UUID) -> HttpResponse:
    """Arrive at the place of an incident."""
    incident = queries.read(queries.incidents(request.user), request.user, pk=pk)
    form = SceneForm(
        request.POST or None, initial={"arrived_at": timezone.localtime()}, incident=incident
    )
    del form.fields["released_at"]
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_scene(incident, by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The scene is open. Photographs and exhibits go here.")
            return redirect("casework:scene", pk=made.pk)
    context = {"form": form, "incident": incident, "incident_seen": True}
    status = 422 if form.is_bound else 200
    return render(request, "casework/scene_form.html", context, status=status)


@require_GET
@needs("casework.view")
def scene(request: Request, pk: UUID) -> HttpResponse:
    """One scene: photographs, exhibits, and what to do next."""
    found = queries.read(queries.scenes(request.user), request.user, pk=pk)
    is_owner = found.agency_id == request.user.agency_id
    works = request.user.has_perm("casework.work_scene")
    photographs = list(queries.photographs(request.user).filter(scene=found))
    context = {
        "scene": found,
        "incident": found.incident,
        "incident_seen": found.incident_seen,
        "photographs": [one for one in photographs if not one.is_withdrawn],
        "withdrawn": [one for one in photographs if one.is_withdrawn],
        "photographs_form": PhotographsForm(),
        "is_owner": is_owner,
        "can_work": is_owner and works and not found.is_withdrawn,
    }
    return render(request, "casework/scene.html", context)


@require_http_methods(["GET", "POST"])
@needs("casework.work_scene")
def change_scene(request: Request, pk: UUID) -> HttpResponse:
    """Change a scene, or release it."""
    found = queries.read(queries.scenes(request.user), request.user, pk=pk)

    return edit(
        request,
        SceneForm(request.POST or None, instance=found, incident=found.incident),
        partial(actions.change_scene, found, by=request.user),
        done=reverse("casework:scene", args=[pk]),
        template="casework/scene_form.html",
        context={
            "scene": found,
            "incident": found.incident,
            "incident_seen": found.incident_seen,
        },
    )


@require_POST
@needs("casework.withdraw_scene")
def withdraw_scene(request: Request, pk: UUID) -> HttpResponse:
    """Take a scene out of use."""
    found = queries.read(queries.scenes(request.user), request.user, pk=pk)
    try:
        actions.withdraw_scene(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The scene is withdrawn.")
    return redirect("casework:scene", pk=pk)


@require_POST
@needs("casework.withdraw_scene")
def withdraw_photograph(request: Request, pk: UUID) -> HttpResponse:
    """Take a photograph out of use."""
    found = queries.read(queries.photographs(request.user), request.user, pk=pk)
    try:
        actions.withdraw_photograph(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{found.file_name} is withdrawn.")
    return redirect("casework:scene", pk=found.scene_id)


@require_POST
@needs("casework.work_scene")
def add_photographs(request: Request, pk: UUID) -> HttpResponse:
    """Keep photographs; those that are none are named, the others are kept."""
    found = queries.read(queries.scenes(request.user), request.user, pk=pk)
    form = PhotographsForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Choose at least one photograph.")
        return redirect("casework:scene", pk=pk)
    kept = 0
    for one in form.cleaned_data["photographs"]:
        try:
            actions.add_photograph(
                found,
                chunks=one.chunks(),
                file_name=one.name,
                kind=form.cleaned_data["kind"],
                caption=form.cleaned_data["caption"],
                by=request.user,
            )
            kept += 1
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if kept:
        messages.success(request, f"{kept} photograph{'s' if kept > 1 else ''} kept.")
    return redirect("casework:scene", pk=pk)


@require_GET
@needs("casework.view")
def photograph(request: Request, pk: UUID) -> HttpResponseBase:
    """A photograph as it was taken."""
    found = queries.read(queries.photographs(request.user), request.user, pk=pk)

    def make() -> FileResponse:
        stream = files.path_of(found.file_id).open("rb")
        return FileResponse(stream, content_type=found.file.media_type, filename=found.file_name)

    return kept(request, found, found.file_id, make)
