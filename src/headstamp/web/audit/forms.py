"""The filter of the record."""

from __future__ import annotations

from django import forms


class EventFilterForm(forms.Form):
    """What to look for in the record."""

    action = forms.CharField(label="Action begins with", required=False, max_length=80)
    person = forms.CharField(label="Person", required=False, max_length=100)
    record = forms.CharField(label="Record's id", required=False, max_length=36)
    outcome = forms.ChoiceField(
        label="Outcome",
        required=False,
        choices=[("", "Any"), ("done", "Done"), ("refused", "Refused"), ("failed", "Failed")],
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput({"type": "date"}))
