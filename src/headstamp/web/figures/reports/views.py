"""Pages of the weekly command report, and of the templates of both reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.casework import files
from headstamp.web.figures.releases.forms import WeekForm
from headstamp.web.figures.releases.kept import parsed
from headstamp.web.figures.releases.pieces import PDF, SVG, chart_name
from headstamp.web.figures.report_models import Kind, Report, ReportTemplate
from headstamp.web.figures.reports import actions
from headstamp.web.figures.reports import templates as kept
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("figures.view")
def weekly(request: Request) -> HttpResponse:
    """Choose the last day; a report that has been made is shown at once."""
    form = WeekForm(request.GET or None)
    if form.is_valid():
        known = actions.known_weekly(**form.cleaned_data)
        if known is not None and known.state != Report.State.FAILED:
            return redirect("figures:one_weekly", pk=known.pk)
    return _weekly_page(request, form, is_missing=form.is_bound and form.is_valid())


@require_POST
@needs("figures.prepare")
def ask_weekly(request: Request) -> HttpResponse:
    """Have a report made."""
    form = WeekForm(request.POST)
    if form.is_valid():
        try:
            made = actions.ask_weekly(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("figures:one_weekly", pk=made.pk)
    return _weekly_page(request, form, status=422)


def _weekly_page(
    request: Request, form: WeekForm, *, is_missing: bool = False, status: int = 200
) -> HttpResponse:
    reports = Report.objects.select_related("asked_by").defer("charts")[:20]
    context = {"form": form, "reports": reports, "is_missing": is_missing}
    return render(request, "figures/weekly.html", context, status=status)


@require_GET
@needs("figures.view")
def one_weekly(request: Request, pk: UUID) -> HttpResponse:
    """The report, or how it is getting on."""
    report = get_object_or_404(Report.objects.select_related("asked_by", "template"), pk=pk)
    if request.headers.get("HX-Request") and report.state != Report.State.COMPUTING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context: dict[str, Any] = {"report": report}
    if report.state == Report.State.READY and report.parts_id:
        context["parts"] = parsed(report.parts_id)
        context["pictures"] = request.path
        latest = actions.known_weekly(report.jurisdiction, report.last_day)
        context["is_overtaken"] = latest is None or latest.pk != report.pk
    return render(request, "figures/one_weekly.html", context)


@require_GET
@needs("figures.view")
def weekly_pdf(request: Request, pk: UUID) -> HttpResponseBase:
    """The report as a PDF."""
    report = get_object_or_404(Report, pk=pk, state=Report.State.READY)
    name = f"weekly-{report.jurisdiction}-{report.last_day.isoformat()}.pdf"
    stream = files.path_of(str(report.pdf_id)).open("rb")
    return FileResponse(stream, content_type=PDF, filename=name)


@require_GET
@needs("figures.view")
def weekly_chart(request: Request, pk: UUID, name: str) -> HttpResponseBase:
    """A chart of a report."""
    report = get_object_or_404(Report, pk=pk, state=Report.State.READY)
    sha256 = report.charts.get(chart_name(name))
    if sha256 is None:
        raise Http404
    return HttpResponse(files.path_of(sha256).read_bytes(), content_type=SVG)


class TemplateForm(forms.Form):
    """A template of one's own."""

    template = forms.FileField(
        label="Template",
        help_text="Plain text. Begin with the one that is used now: download it, and change it.",
        widget=forms.FileInput({"accept": ".md,.txt,text/plain"}),
    )


@require_GET
@needs("figures.view")
def templates(request: Request) -> HttpResponse:
    """Which template each report uses, and those before it."""
    rows = [
        (kind, kept.current(kind), ReportTemplate.objects.filter(kind=kind).select_related("by"))
        for kind in Kind
    ]
    return render(request, "figures/templates.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@needs("figures.change_templates")
def template(request: Request, kind: str) -> HttpResponse:
    """Use a template of one's own, or the shipped one again."""
    named = _kind(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "shipped" in request.POST:
        kept.use_shipped(kind, by=request.user)
        messages.success(request, "The shipped template is used from now on.")
        return redirect("figures:templates")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["template"]
        try:
            kept.keep_template(kind, content=given.read(), file_name=given.name, by=request.user)
        except Refusal as refusal:
            form.add_error("template", str(refusal))
        else:
            messages.success(request, "Your template is used from now on.")
            return redirect("figures:templates")
    context = {"form": form, "kind": named, "current": kept.current(kind)}
    return render(request, "figures/template.html", context, status=422 if form.is_bound else 200)


@require_GET
@needs("figures.view")
def template_file(request: Request, kind: str) -> HttpResponse:
    """The template that is used now."""
    text = kept.current_text(_kind(kind)) or kept.shipped_text(kind)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.md"'
    return answer


def _kind(kind: str) -> Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)
