"""Forms of trace requests."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from headstamp.tracing.ageing import may_follow
from headstamp.web.casework.forms import EARLIEST_YEAR, TYPED_CODE
from headstamp.web.editing.forms import RecordForm
from headstamp.web.editing.one_of_several import OneOfSeveral
from headstamp.web.traces.models import Possessor, TraceRequest
from headstamp.web.traces.states import TraceState

CODES = ("crime_code", "project_code", "ori", "officer_badge", "recovery_state")


class QueueForm(forms.Form):
    """What to look for among requests."""

    q = forms.CharField(label="Request, trace or exhibit number", required=False, max_length=50)
    who = forms.ChoiceField(
        label="Whose", required=False, choices=[("", "All I may see"), ("agency", "My agency's")]
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All that are open"), ("all", "All"), *TraceState.choices],
    )
    clock = forms.ChoiceField(
        label="Age", required=False, choices=[("", "Any"), ("overdue", "Over the goal")]
    )


class RequestForm(RecordForm):
    """What is asked, as far as the exhibit does not say it already."""

    class Meta:
        model = TraceRequest
        fields: ClassVar = [
            "priority",
            "justification",
            "crime_code",
            "project_code",
            "ori",
            "officer",
            "officer_badge",
            "officer_phone",
            "recovered_on",
            "recovery_street",
            "recovery_city",
            "recovery_county",
            "recovery_state",
            "barrel_length",
            "finish",
            "markings",
            "remarks",
            "marking",
        ]
        widgets: ClassVar = {
            "recovered_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "remarks": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CODES:
            self.fields[name].widget.attrs.update(TYPED_CODE)

    def clean_recovered_on(self) -> Any:
        """A day that can be."""
        return _past(self.cleaned_data["recovered_on"], "The day of recovery")

    def clean_ori(self) -> str:
        """In capital letters."""
        return str(self.cleaned_data["ori"]).upper()

    def clean_recovery_state(self) -> str:
        """In capital letters."""
        return str(self.cleaned_data["recovery_state"]).upper()


class StepForm(OneOfSeveral):
    """Something done with a request, as it was when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PossessorForm(StepForm):
    """Who had the gun; for those alone who may read it afterwards."""

    family_name = forms.CharField(label="Family name", max_length=60)
    given_name = forms.CharField(label="Given name", required=False, max_length=60)
    born_on = forms.DateField(
        label="Date of birth",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    address = forms.CharField(label="Address", required=False, max_length=200)

    def clean_born_on(self) -> Any:
        """A day that can be."""
        return _past(self.cleaned_data["born_on"], "The date of birth", 1900)

    @classmethod
    def of(cls, known: Possessor | None, version: int) -> PossessorForm:
        """With what was said before."""
        names = ("family_name", "given_name", "born_on", "address")
        start = {name: getattr(known, name) for name in names} if known else {}
        return cls(initial={**start, "version": version})


class HearForm(StepForm):
    """What the tracing centre says."""

    state = forms.ChoiceField(label="It is now", choices=[])
    trace_number = forms.CharField(
        label="Number of the tracing centre", required=False, max_length=40
    )
    text = forms.CharField(
        label="What it says", required=False, max_length=500, help_text="No names of persons."
    )

    def __init__(self, *args: Any, request: TraceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        chosen = [
            (name, TraceState(name).label)
            for name in may_follow(request.state)
            if name not in (TraceState.CANCELLED, TraceState.SUBMITTED)
        ]
        state.choices = TraceState.choices if self.is_bound else chosen


class CancelForm(StepForm):
    """No trace is wanted any more."""

    text = forms.CharField(label="Why", max_length=500)


def _past(value: Any, what: str, earliest: int = EARLIEST_YEAR) -> Any:
    """Refuse a day that cannot be.

    Raises
    ------
    ValidationError
    """
    if value is None:
        return value
    if value > timezone.localdate():
        raise forms.ValidationError(f"{what} lies in the future. Check the date.")
    if value.year < earliest:
        raise forms.ValidationError(f"{what} lies before {earliest}. Check the year.")
    return value
