"""Forms of the analysis pages: which place, which period."""

from __future__ import annotations

from typing import Any

from django import forms

from headstamp.tracing.indicators import RULES
from headstamp.web.traces.analysis.loading import Asked

DAY = {"type": "date"}
SIGNS = {
    "short_time_to_crime": "Short time-to-crime",
    "one_purchaser": "One purchaser of several guns",
    "purchaser_is_not_possessor": "Purchaser is not possessor",
    "multiple_sale_report": "Multiple sale reported",
    "multiple_sale": "Handguns within five business days",
    "obliterated_serial": "Serial number obliterated",
    "recovered_far": "Recovered far from the sale",
    "theft_report": "Theft or loss reported",
    "bought_together": "Bought together",
    "dealer_cluster": "Cluster of short times at one dealer",
}


class PlaceForm(forms.Form):
    """A place and a period of recovery."""

    jurisdiction = forms.CharField(
        label="Recovered in",
        required=False,
        max_length=80,
        help_text="IL, Cook County, IL or Chicago; empty for all.",
    )
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(DAY))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput(DAY))

    def clean(self) -> dict[str, Any]:
        """The earlier day first."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            raise forms.ValidationError("The last day lies before the first. Change one of them.")
        return found

    @property
    def asked(self) -> Asked:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        return Asked(said["jurisdiction"].strip() or "all", said["first"], said["last"])


class ReportForm(PlaceForm):
    """A report, with how many guns were recovered where that is known."""

    recovered = forms.IntegerField(
        label="Guns recovered there and then, traced or not",
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text="Shares of them stand beside those of traced guns.",
    )
    measured = forms.ChoiceField(
        label="Three years are",
        required=False,
        choices=[("calendar", "calendar years"), ("days", "1,095 days")],
    )


class ExportForm(ReportForm):
    """A report to take out."""

    edition = forms.ChoiceField(choices=[("internal", "Internal"), ("public", "Public")])
    form = forms.ChoiceField(choices=[("html", "Page"), ("pdf", "PDF"), ("csv", "CSV")])


class SignsForm(PlaceForm):
    """Signs of one kind, or of all."""

    kind = forms.ChoiceField(
        label="Sign",
        required=False,
        choices=[("", "All"), *((kind, SIGNS[kind]) for kind in RULES)],
    )


class NetworksForm(PlaceForm):
    """Networks of so many guns or more."""

    least = forms.IntegerField(label="Guns at least", required=False, min_value=2, max_value=1000)
