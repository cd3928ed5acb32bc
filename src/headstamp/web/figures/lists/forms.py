"""Forms of lists."""

from __future__ import annotations

from typing import Any

from django import forms

from headstamp.web.figures.list_models import ListVintage
from headstamp.web.times import RetrievedField


def _schemas() -> list[tuple[str, str]]:
    from headstamp.formats.incident_lists.known_schemas import shipped

    return [("", "Found by its columns"), *((name, name) for name in shipped())]


class ListForm(forms.Form):
    """A published list to bring in."""

    list = forms.FileField(
        label="List",
        help_text="CSV or .xlsx, as it was published.",
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )
    retrieved = RetrievedField()
    schema = forms.ChoiceField(label="Which list it is", required=False, choices=_schemas)
    mapping = forms.FileField(
        label="Mapping",
        required=False,
        help_text="Of a list that is not known: what 'headstamp incidents map' has written.",
        widget=forms.FileInput({"accept": ".toml"}),
    )

    def clean(self) -> dict[str, Any]:
        """A mapping is a schema of its own."""
        found = super().clean() or {}
        if found.get("schema") and found.get("mapping"):
            self.add_error("mapping", "Choose a known list or give a mapping, not both.")
        return found


class CompareForm(forms.Form):
    """Two vintages of one list."""

    earlier = forms.ModelChoiceField(ListVintage.objects.none(), label="Earlier")
    later = forms.ModelChoiceField(ListVintage.objects.none(), label="Later")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("earlier", "later"):
            field: Any = self.fields[name]
            field.queryset = ListVintage.objects.all()

    def clean(self) -> dict[str, Any]:
        """Both of one list, the earlier first."""
        found = super().clean() or {}
        one, other = found.get("earlier"), found.get("later")
        if one and other:
            if (one.jurisdiction, one.schema) != (other.jurisdiction, other.schema):
                raise forms.ValidationError("These are two lists. Choose two vintages of one.")
            if one == other:
                raise forms.ValidationError("This is one vintage. Choose another.")
            if (one.retrieved, one.vintage) > (other.retrieved, other.vintage):
                found["earlier"], found["later"] = other, one
        return found
