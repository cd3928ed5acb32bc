"""Forms for incidents, scenes, cases and agreements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from headstamp.web.accounts.models import Agency, User
from headstamp.web.casework.dates import is_before
from headstamp.web.casework.models import Case, Incident, Photograph, Scene, SharingAgreement
from headstamp.web.casework.record import Marking
from headstamp.web.editing.folded import FoldedForm
from headstamp.web.editing.forms import RecordForm

EARLIEST_YEAR = 1950
MOST_VICTIMS = 1000
"""No incident has more; the databases differ in what they would hold."""
TYPED_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
"""For fields that hold a number or a marking, so that a phone does not correct them."""


def check_time(value: Any, label: str = "The time") -> Any:
    """Refuse a time that cannot be: before 1950 or in the future (five minutes of grace).

    Raises
    ------
    ValidationError
    """
    if value is None:
        return value
    if value > timezone.now() + timedelta(minutes=5):
        raise forms.ValidationError(f"{label} lies in the future. Check the date.")
    if timezone.localtime(value).year < EARLIEST_YEAR:
        raise forms.ValidationError(f"{label} lies before {EARLIEST_YEAR}. Check the year.")
    return value


def check_not_before(value: Any, incident: Incident, what: str) -> Any:
    """Refuse a time on an earlier day than the incident's.

    Raises
    ------
    ValidationError
    """
    if is_before(value, incident):
        raise forms.ValidationError(f"{what} before the incident occurred. Check both dates.")
    return value


class IncidentForm(FoldedForm, RecordForm):
    """An incident; at a scene number, time and place are enough."""

    in_sight = ("number", "occurred_at", "precision", "address", "offence_title")
    rest_named = "victims, area, status, marking"

    class Meta:
        model = Incident
        fields: ClassVar = [
            "number",
            "occurred_at",
            "precision",
            "reported_at",
            "address",
            "area",
            "offence_code",
            "offence_title",
            "homicides",
            "nonfatal",
            "shot_at",
            "status",
            "marking",
            "investigative_note",
        ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("homicides", "nonfatal", "shot_at"):
            self.fields[name].validators.append(MaxValueValidator(MOST_VICTIMS))
        if not user.has_perm("casework.read_investigative_note"):
            del self.fields["investigative_note"]
        self.fields["number"].widget.attrs.update(TYPED_CODE)

    def clean_occurred_at(self) -> Any:
        """A time that can be."""
        return check_time(self.cleaned_data["occurred_at"], "The time it occurred")

    def clean_reported_at(self) -> Any:
        """A time that can be."""
        return check_time(self.cleaned_data["reported_at"], "The time it was reported")

    def clean(self) -> dict[str, Any]:
        """Reported after it occurred."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        occurred, reported = found.get("occurred_at"), found.get("reported_at")
        if occurred and reported and reported < occurred:
            self.add_error("reported_at", "It was reported before it occurred. Check both times.")
        return found


class WithdrawForm(forms.Form):
    """Why a record is taken out of use."""

    reason = forms.CharField(label="Why it is withdrawn", max_length=300)


class IncidentFilterForm(forms.Form):
    """What to look for in the list of incidents."""

    q = forms.CharField(label="Number, place or offence", required=False, max_length=100)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *Incident.Status.choices]
    )
    area = forms.CharField(label="Area", required=False, max_length=80)
    occurred_from = forms.DateField(
        label="From", required=False, widget=forms.DateInput({"type": "date"})
    )
    occurred_until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput({"type": "date"})
    )
    withdrawn = forms.BooleanField(label="Withdrawn too", required=False)


class SceneForm(RecordForm):
    """A scene."""

    class Meta:
        model = Scene
        fields: ClassVar = ["arrived_at", "released_at", "weather", "note"]

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._incident = incident

    def clean_arrived_at(self) -> Any:
        """A time that can be."""
        found = check_time(self.cleaned_data["arrived_at"], "The time of arrival")
        return check_not_before(found, self._incident, "You arrived")

    def clean_released_at(self) -> Any:
        """A time that can be."""
        return check_time(self.cleaned_data["released_at"], "The time of release")

    def clean(self) -> dict[str, Any]:
        """Released after arrival."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        arrived, released = found.get("arrived_at"), found.get("released_at")
        if arrived and released and released < arrived:
            self.add_error("released_at", "It was released before you arrived. Check both times.")
        return found


class ManyFilesInput(forms.ClearableFileInput):
    """A field into which several files can be dropped."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class ManyFilesField(forms.FileField):
    """Several files at once; a list of them."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them."""
        found = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(ManyFilesField, self).clean(one, initial) for one in found]


class PhotographsForm(forms.Form):
    """Photographs and sketches of a scene."""

    kind = forms.ChoiceField(
        label="They are", choices=Photograph.Kind.choices, initial=Photograph.Kind.PHOTOGRAPH
    )
    photographs = ManyFilesField(
        label="Pictures",
        widget=ManyFilesInput({"accept": "image/*", "multiple": True}),
    )
    caption = forms.CharField(label="Caption", max_length=200, required=False)


class CaseForm(RecordForm):
    """A case."""

    class Meta:
        model = Case
        fields: ClassVar = ["number", "title", "is_open"]


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    """What another agency may see."""

    markings = forms.MultipleChoiceField(
        label="Shared",
        choices=[(m.value, m.label) for m in Marking if m in SharingAgreement.SHAREABLE],
        widget=forms.CheckboxSelectMultiple,
        help_text="Records marked open are seen by every agency without an agreement.",
    )

    class Meta:
        model = SharingAgreement
        fields: ClassVar = ["recipient", "markings", "case", "reason", "starts_on", "ends_on"]
        widgets: ClassVar = {
            "starts_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipient: Any = self.fields["recipient"]
        recipient.queryset = Agency.objects.exclude(pk=user.agency_id)
        case: Any = self.fields["case"]
        case.queryset = Case.objects.filter(agency=user.agency_id)
        case.empty_label = "All records with these markings"
        self.fields["case"].label = "For one case only"

    def clean(self) -> dict[str, Any]:
        """Until later than from."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "It would end before it begins. Check both dates.")
        return found
