"""Pages of the review queue, of links and of examinations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from headstamp.web.access import needs
from headstamp.web.casework.queries import note_read, read
from headstamp.web.comparisons import actions, error_context, queries
from headstamp.web.comparisons.forms import (
    DisseminateForm,
    ExaminationForm,
    QueueForm,
    StepForm,
    VerificationForm,
)
from headstamp.web.comparisons.models import BallisticLink, Comparison
from headstamp.web.comparisons.states import LinkState, may_follow
from headstamp.web.comparisons.wording import MEANING, calibre_caution, support
from headstamp.web.evidence.models import Exhibit
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request

TYPED = ("reason", "sent_to", "conclusion", "method", "bases", "limits", "note")


@require_GET
@needs("comparisons.view")
def queue(request: Request) -> HttpResponse:
    """Links that wait for this person (for others, if this person acts on none), or in a state."""
    acts = request.user.role in queries.WAITING_FOR
    form = QueueForm(request.GET, acts=acts)
    found: QuerySet[BallisticLink] = BallisticLink.objects.none()
    wanted: dict[str, str] = {}
    if form.is_valid():
        wanted = form.cleaned_data
        found = queries.queue(request.user, wanted["state"], wanted["q"])
    context = {
        "page": page_of(request, found),
        "form": form,
        "waiting": form.is_valid() and not wanted["state"],
        "acts": acts,
        "filtered": is_filtered(form),
    }
    return render(request, "comparisons/queue.html", context)


@require_GET
@needs("comparisons.view")
def link(request: Request, pk: UUID) -> HttpResponse:
    """One link: both surfaces, what was measured, what was decided, what may be done next."""
    return _page(request, _read(request, pk))


def _read(request: Request, pk: UUID) -> BallisticLink:
    found: BallisticLink = read(queries.links(request.user), request.user, pk=pk)
    note_read(request.user, found.exhibit_a, found.exhibit_b)
    return found


def _page(request: Request, found: BallisticLink, status: int = 200) -> HttpResponse:
    """The page of a link; what was typed and could not be done is still in its forms."""
    examinations = list(queries.examinations(found))
    waiting = next((one for one in examinations if one.verified_at is None), None)
    typed = {name: request.POST[name] for name in TYPED if name in request.POST}
    start = {**typed, "version": found.version}
    compared = found.comparison
    sides = _sides(found)
    is_examined = bool(examinations) or found.state == LinkState.EXAMINATION_REQUESTED
    context = {
        "link": found,
        "compared": compared,
        "support": support(found.log10_lr),
        "meaning": MEANING[found.state],
        "caution": calibre_caution(*(side for side, _ in sides)),
        "sides": sides,
        "rank": queries.rank_seen(request.user, compared),
        "steps": queries.steps(found),
        "examinations": examinations,
        "waiting": waiting,
        "is_reviewer": found.reviewer_id == request.user.pk,
        "is_examiner": waiting is not None and waiting.examiner_id == request.user.pk,
        "step_form": StepForm(initial=start),
        "disseminate_form": DisseminateForm(initial=start),
        "examination_form": ExaminationForm(initial=typed),
        "verification_form": VerificationForm(initial=typed),
        "typed": typed,
        "errors": error_context.of_comparison(compared),
        "examined": error_context.of_examinations(request.user) if is_examined else None,
        "sees_unverified": request.user.has_perm("comparisons.read_unverified"),
        "can_withdraw": may_follow(found.state, LinkState.WITHDRAWN),
        "states": LinkState,
    }
    return render(request, "comparisons/link.html", context, status=status)


def _sides(found: BallisticLink) -> list[tuple[Exhibit, bool]]:
    """Both exhibits and whether their incident may be seen, as they lie under the microscope."""
    sides = [
        (found.exhibit_a, found.exhibit_a_incident_seen),
        (found.exhibit_b, found.exhibit_b_incident_seen),
    ]
    compared = found.comparison
    turned = compared is not None and compared.scan_a.exhibit_id == found.exhibit_b_id
    return sides[::-1] if turned else sides


def _acted(
    request: Request, found: BallisticLink, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Do it and show the link as it is then; a refusal says why at the top."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        found = queries.links(request.user).get(pk=found.pk)
        return _page(request, found, status=409)
    messages.success(request, done)
    return redirect("comparisons:link", pk=found.pk)


def _step(request: Request, form: Any) -> dict[str, Any]:
    if not form.is_valid():
        errors = [f"{form.fields[name].label}: {texts[0]}" for name, texts in form.errors.items()]
        raise Refusal(" ".join(errors))
    return dict(form.cleaned_data)


def _decision(request: Request, yes: str, no: str) -> bool:
    decision = request.POST.get("decision")
    if decision not in (yes, no):
        raise Refusal("Choose one of the two answers.")
    return decision == yes


@require_POST
@needs("comparisons.review")
def review(request: Request, pk: UUID) -> HttpResponse:
    """The first look."""
    found = _read(request, pk)

    def act() -> None:
        lead = _decision(request, "lead", "none")
        actions.review(found, lead=lead, by=request.user, **_step(request, StepForm(request.POST)))

    return _acted(request, found, act, "Reviewed.")


@require_POST
@needs("comparisons.verify_lead")
def verify(request: Request, pk: UUID) -> HttpResponse:
    """The second look."""
    found = _read(request, pk)

    def act() -> None:
        agreed = _decision(request, "lead", "none")
        facts = _step(request, StepForm(request.POST))
        actions.verify(found, agreed=agreed, by=request.user, **facts)

    return _acted(request, found, act, "Your second review is on record.")


@require_POST
@needs("comparisons.disseminate")
def disseminate(request: Request, pk: UUID) -> HttpResponse:
    """A lead is sent out."""
    found = _read(request, pk)

    def act() -> None:
        facts = _step(request, DisseminateForm(request.POST))
        actions.disseminate(found, by=request.user, **facts)

    return _acted(request, found, act, "On record as sent.")


@require_POST
@needs("comparisons.request_examination")
def request_examination(request: Request, pk: UUID) -> HttpResponse:
    """An examiner is asked."""
    found = _read(request, pk)

    def act() -> None:
        facts = _step(request, StepForm(request.POST))
        actions.request_examination(found, by=request.user, **facts)

    return _acted(request, found, act, "The examination is requested.")


@require_POST
@needs("comparisons.withdraw")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """A link is taken out of use."""
    found = _read(request, pk)

    def act() -> None:
        actions.withdraw(found, by=request.user, **_step(request, StepForm(request.POST)))

    return _acted(request, found, act, "The link is withdrawn.")


@require_POST
@needs("comparisons.examine")
def examine(request: Request, pk: UUID) -> HttpResponse:
    """An examiner's conclusion."""
    found = _read(request, pk)

    def act() -> None:
        facts = _step(request, ExaminationForm(request.POST))
        actions.examine(found, by=request.user, **facts)

    done = "Your conclusion is on record; it counts once another examiner has verified it."
    return _acted(request, found, act, done)


@require_POST
@needs("comparisons.examine")
def verify_examination(request: Request, pk: UUID) -> HttpResponse:
    """The verifying examiner's word."""
    found = _read(request, pk)
    waiting = queries.examinations(found).filter(verified_at=None).first()

    def act() -> None:
        if waiting is None:
            raise Refusal("No examination waits for its verification.")
        if request.POST.get("examination") != str(waiting.pk):
            raise Refusal(actions.MOVED_ON)
        agreed = _decision(request, "agree", "disagree")
        facts = _step(request, VerificationForm(request.POST))
        actions.verify_examination(waiting, agreed=agreed, by=request.user, **facts)

    return _acted(request, found, act, "The verification is on record.")


@require_GET
@needs("comparisons.view")
def comparison(request: Request, pk: UUID) -> HttpResponse:
    """Two scans under the microscope, before there is a link."""
    found = _comparison(request, pk)
    sides = queries.exhibits_seen(request.user, found)
    context = {
        "compared": found,
        "caution": calibre_caution(*sides) if len(sides) == 2 else "",
        "support": support(found.log10_lr),
        "rank": queries.rank_seen(request.user, found),
        "errors": error_context.of_comparison(found),
    }
    return render(request, "comparisons/comparison.html", context)


@require_GET
@needs("comparisons.view")
def comparison_data(request: Request, pk: UUID) -> HttpResponse:
    """Pose and cells for the microscope."""
    found = _comparison(request, pk)
    return JsonResponse(
        {
            **found.detail,
            "aligned_correlation": found.aligned_correlation,
            "overlap_mm2": found.overlap_mm2,
        }
    )


@require_POST
@needs("comparisons.review")
def open_link(request: Request, pk: UUID) -> HttpResponse:
    """A candidate goes to the review queue by hand."""
    try:
        made = actions.open_link(_comparison(request, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("comparisons:comparison", pk=pk)
    return redirect("comparisons:link", pk=made.pk)


def _comparison(request: Request, pk: UUID) -> Comparison:
    found: Comparison = read(queries.comparisons(request.user), request.user, pk=pk)
    note_read(request.user, found.scan_a, found.scan_b)
    return found
