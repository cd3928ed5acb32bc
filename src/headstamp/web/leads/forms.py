"""Forms of the queue of leads, and of what is done with one."""

from __future__ import annotations

from typing import Any

from django import forms

from headstamp.web.accounts.models import User
from headstamp.web.editing.one_of_several import OneOfSeveral
from headstamp.web.leads.models import Lead
from headstamp.web.leads.queries import investigators
from headstamp.web.leads.states import CLOSED, LeadState, Priority, Rating, Reason, may_follow
from headstamp.web.roles import Role

LEVELS = [(one.value, one.label) for one in Priority if one != Priority.NOT_SAID]


class QueueForm(forms.Form):
    """What to look for in the queue."""

    q = forms.CharField(label="Lead or exhibit number", required=False, max_length=50)
    who = forms.ChoiceField(
        label="Whose",
        required=False,
        choices=[("", "All I may see"), ("mine", "Mine"), ("agency", "My agency's")],
    )
    clock = forms.ChoiceField(
        label="Notice",
        required=False,
        choices=[("", "Any"), ("overdue", "Overdue"), ("today", "Due today")],
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All that are open"), ("all", "All"), *LeadState.choices],
    )
    priority = forms.ChoiceField(
        label="Priority", required=False, choices=[("", "Any"), *Priority.choices]
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An investigator, with the agency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name and agency."""
        return f"{obj.name}, {obj.agency.code}"


class StepForm(OneOfSeveral):
    """Something done with a lead, as it was when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TextForm(StepForm):
    """A step with its reason."""

    text = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=5000)


class DecideForm(TextForm):
    """A lead goes on although a link fell."""


class ReopenForm(TextForm):
    """A lead is taken up again."""


class TriageForm(TextForm):
    """How soon, why, and whether it touches public safety."""

    priority = forms.TypedChoiceField(
        label="Priority", choices=LEVELS, coerce=int, widget=forms.RadioSelect
    )
    reasons = forms.MultipleChoiceField(
        label="What speaks for it", choices=Reason.choices, widget=forms.CheckboxSelectMultiple
    )
    public_safety = forms.BooleanField(
        label="Public safety: tell everybody concerned now, and their commanders", required=False
    )
    field_order = ("version", "priority", "reasons", "public_safety", "text")


class NameForm(StepForm):
    """An investigator whom the lead concerns."""

    person = PersonField(label="Investigator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = investigators()


class AssignForm(NameForm):
    """Who is to follow the lead."""

    text = forms.CharField(
        label="What is asked of them",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=5000,
    )


class NoteForm(TextForm):
    """What was found out."""

    text = forms.CharField(
        label="What was done, what was found", widget=forms.Textarea({"rows": 3}), max_length=5000
    )
    awaits_lab = forms.BooleanField(label="It now waits for the laboratory", required=False)


class CloseForm(StepForm):
    """The outcome."""

    state = forms.ChoiceField(label="Outcome", choices=[], widget=forms.RadioSelect)
    repeats = forms.CharField(
        label="Number of the lead that it repeats", required=False, max_length=12
    )
    outcome = forms.CharField(
        label="What came of it", widget=forms.Textarea({"rows": 3}), max_length=5000
    )

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = [
            (one.value, one.label.removeprefix("Closed: ").capitalize())
            for one in LeadState
            if one in CLOSED and (self.is_bound or may_follow(lead.state, one))
        ]


class RateForm(StepForm):
    """What the lead was worth."""

    rating = forms.ChoiceField(
        label="What the lead was worth", choices=Rating.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="Why", required=False, widget=forms.Textarea({"rows": 2}), max_length=5000
    )


class MakeForm(OneOfSeveral):
    """A lead made by hand from a link."""

    text = forms.CharField(label="Why now", widget=forms.Textarea({"rows": 2}), max_length=5000)
    public_safety = forms.BooleanField(
        label="Public safety: tell everybody concerned now", required=False
    )


def forms_for(lead: Lead, user: User, typed: dict[str, Any]) -> dict[str, Any]:
    """The forms that this person can fill in now, by name."""
    start = {**typed, "version": lead.version}
    found: dict[str, Any] = {}
    follows = lead.assignee_id == user.pk
    triages = user.role in (Role.ANALYST, Role.COMMANDER)
    if triages and lead.is_open and lead.on_hold:
        found["decide_form"] = DecideForm(initial=start)
    elif triages and lead.is_open:
        found["triage_form"] = TriageForm(initial={**_triaged(lead), **start})
        if may_follow(lead.state, LeadState.ASSIGNED):
            found["assign_form"] = AssignForm(initial=start)
    if triages and lead.is_open:
        found["name_form"] = NameForm(initial=start)
    if lead.is_open and (triages or (follows and not lead.on_hold)):
        found["close_form"] = CloseForm(lead=lead, initial=start)
    if not lead.is_open and (triages or follows):
        found["reopen_form"] = ReopenForm(initial=start)
    return found


def _triaged(lead: Lead) -> dict[str, Any]:
    """What the last triage said."""
    if lead.priority == Priority.NOT_SAID:
        return {"public_safety": lead.public_safety}
    return {
        "priority": lead.priority,
        "reasons": lead.reasons,
        "public_safety": lead.public_safety,
    }
