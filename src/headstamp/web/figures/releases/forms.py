"""Forms of releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from headstamp.web.figures.lists.queries import jurisdictions


def _choices() -> list[tuple[str, str]]:
    return [(name, name) for name in jurisdictions()]


def yesterday() -> Any:
    """The last day that is over."""
    return timezone.localdate() - timedelta(days=1)


def _date(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **more)


class WeekForm(forms.Form):
    """A jurisdiction and the last day of its figures."""

    jurisdiction = forms.ChoiceField(label="Jurisdiction", choices=_choices)
    last_day = _date(label="Last day of the periods", initial=yesterday)


class PrepareForm(WeekForm):
    """Figures to prepare."""

    known_on = _date(
        label="As known on",
        required=False,
        help_text="Leave it empty to count all that the newest lists know.",
    )
    people = forms.IntegerField(
        label="Population, for rates per 100,000", required=False, min_value=1, max_value=10**9
    )
    people_year = forms.IntegerField(
        label="Of the year", required=False, min_value=1800, max_value=2200
    )
    people_source = forms.CharField(label="Its source", required=False, max_length=200)
    note = forms.CharField(
        label="What readers should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Stands at the top of the release, for everybody.",
    )

    def clean(self) -> dict[str, Any]:
        """A population has its year and its source."""
        found = super().clean() or {}
        named = [found.get(name) for name in ("people", "people_year", "people_source")]
        if any(named) and not all(named):
            self.add_error("people", "Give the population with its year and its source, or none.")
        return found


class DecisionForm(forms.Form):
    """Which version of a draft somebody has before them, and why they refuse it."""

    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=300)
