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
    note = forms.CharField(
        label="What readers should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Stands at the top of the release, for everybody.",
    )


class DecisionForm(forms.Form):
    """Which version of a draft somebody has before them, and why they refuse it."""

    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=300)
