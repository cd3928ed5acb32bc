"""The form of a text that is to be checked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

MOST_BYTES: Final = 200_000
"""Of a text; longer ones are checked with the command."""

TOO_LONG: Final = (
    "The text is longer than 200 kB. Check it in parts, or with the command headstamp check."
)


class TextForm(forms.Form):
    """A text, the day it was written, and the place it means where it names none."""

    text = forms.CharField(
        label="The text",
        help_text="An article, a post, a statement: paste it as it is, up to 200 kB.",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": "Paste a text to check."},
    )
    date = forms.DateField(
        label="The day it was written",
        help_text="What “this year” and “last month” are counted from.",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "invalid": "This is no date. Write it as 2017-06-30.",
            "required": "Say on which day the text was written.",
        },
    )
    place = forms.CharField(
        label="The place it means where it names none",
        help_text="Its name, as Chicago; optional.",
        required=False,
        max_length=80,
    )

    def clean_text(self) -> str:
        """Refuse what is too long, or nothing but blanks."""
        text = str(self.cleaned_data["text"])
        if len(text.encode()) > MOST_BYTES:
            raise forms.ValidationError(TOO_LONG)
        if not text.strip():
            raise forms.ValidationError("Paste a text to check.")
        return text

    def clean_date(self) -> Any:
        """Refuse a day that nobody can have written on yet."""
        day = self.cleaned_data["date"]
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError("This day lies ahead. Check the date.")
        if day.year < 1900:
            raise forms.ValidationError("This day lies before 1900. Check the date.")
        return day

    def clean_place(self) -> str:
        """The place as figures name it: ``New York`` is ``new-york``."""
        words = self.cleaned_data["place"].casefold().replace(".", " ").split()
        return "-".join(words)
