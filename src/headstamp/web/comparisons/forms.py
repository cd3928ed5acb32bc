"""Forms of the review queue and of examinations."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from headstamp.web.comparisons.models import Examination
from headstamp.web.comparisons.states import LinkState


class QueueForm(forms.Form):
    """What to look for in the queue."""

    q = forms.CharField(label="Exhibit or incident number", required=False, max_length=50)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Waiting for me"), ("all", "All"), *LinkState.choices],
    )

    def __init__(self, *args: Any, acts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not acts:
            state: Any = self.fields["state"]
            state.choices = [("", "Waiting for others"), *state.choices[1:]]


class StepForm(forms.Form):
    """A decision about a link, with its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea({"rows": 3}), strip=True
    )


class DisseminateForm(StepForm):
    """A lead on its way out."""

    sent_to = forms.CharField(label="Sent to", max_length=200)
    field_order = ("version", "sent_to", "reason")


class ExaminationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An examiner's conclusion."""

    class Meta:
        model = Examination
        fields: ClassVar = ["conclusion", "method", "bases", "limits"]


class VerificationForm(forms.Form):
    """What the verifying examiner saw."""

    note = forms.CharField(label="What you saw", required=False, widget=forms.Textarea({"rows": 3}))
