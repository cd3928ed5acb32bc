"""Forms for exhibits, custody, firearms and scans."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from headstamp.web.accounts.models import User
from headstamp.web.accounts.queries import colleagues, own_people
from headstamp.web.casework.forms import (
    TYPED_CODE,
    ManyFilesField,
    ManyFilesInput,
    check_not_before,
    check_time,
)
from headstamp.web.casework.models import Incident
from headstamp.web.editing.folded import FoldedForm
from headstamp.web.editing.forms import RecordForm
from headstamp.web.editing.one_of_several import OneOfSeveral
from headstamp.web.evidence.models import CustodyTransfer, Exhibit, Firearm, Scan

CALIBRE = {"list": "calibres"}
MAKER = {"list": "headstamps"}
"""The lists that ``evidence/exhibit_form.html`` writes from ``vocabulary.py``."""


class ExhibitForm(RecordForm):
    """An exhibit; at a scene most of it is proposed."""

    class Meta:
        model = Exhibit
        fields: ClassVar = [
            "number",
            "kind",
            "calibre",
            "headstamp_maker",
            "description",
            "collected_at",
            "place_x_m",
            "place_y_m",
            "marking",
        ]

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._incident = incident
        for name, offered in (("number", {}), ("calibre", CALIBRE), ("headstamp_maker", MAKER)):
            self.fields[name].widget.attrs.update({**TYPED_CODE, **offered})

    def clean_collected_at(self) -> Any:
        """A time that can be."""
        found = check_time(self.cleaned_data["collected_at"], "The time it was collected")
        return check_not_before(found, self._incident, "It was collected")


class NewExhibitForm(FoldedForm, ExhibitForm):
    """An exhibit as it is taken up at a scene, with what condition it was in."""

    in_sight = ("number", "kind", "calibre", "headstamp_maker", "collected_at")
    rest_named = "place on the sketch, condition, description, marking"

    condition = forms.CharField(label="Condition", required=False, max_length=200)

    class Meta(ExhibitForm.Meta):
        widgets: ClassVar = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = Exhibit.Kind.choices


class ExhibitFilterForm(forms.Form):
    """What to look for in the list of exhibits."""

    q = forms.CharField(label="Number, headstamp or text", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *Exhibit.Kind.choices]
    )
    calibre = forms.CharField(label="Calibre", required=False, max_length=40)
    scanned = forms.ChoiceField(
        label="Scanned",
        required=False,
        choices=[("", "Either"), ("yes", "Yes"), ("no", "Not yet")],
    )
    held_by_me = forms.BooleanField(label="In my custody", required=False)
    withdrawn = forms.BooleanField(label="Withdrawn too", required=False)


class FirearmForm(RecordForm):
    """A gun."""

    class Meta:
        model = Firearm
        fields: ClassVar = [
            "maker",
            "model",
            "calibre",
            "type",
            "serial",
            "serial_status",
            "country",
            "importer",
            "conversion_device",
            "possessor_note",
        ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm("evidence.read_possessor"):
            del self.fields["possessor_note"]


class HandOverForm(OneOfSeveral):
    """An exhibit offered to somebody."""

    to = forms.ModelChoiceField(label="To", queryset=User.objects.none(), empty_label="Choose")
    seal = forms.CharField(label="Seal number", required=False, max_length=60)
    condition = forms.CharField(label="Condition", required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = colleagues(user)
        to.label_from_instance = lambda one: (
            f"{one.name}, {one.get_role_display().lower()}, {one.agency.code}"
        )


class TakeOverForm(OneOfSeveral):
    """An exhibit whose holder cannot hand it over any more, and who has it from now on."""

    to = forms.ModelChoiceField(
        label="Who has it now", queryset=User.objects.none(), empty_label="Choose"
    )
    reason = forms.CharField(label="Why it is taken over", max_length=300)
    seal = forms.CharField(label="Seal number", required=False, max_length=60)
    condition = forms.CharField(label="Condition it was found in", required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = own_people(user)
        to.initial = user.pk
        to.label_from_instance = lambda one: f"{one.name}, {one.get_role_display().lower()}"


class MoveForm(OneOfSeveral):
    """An exhibit put somewhere by the person who holds it."""

    action = forms.ChoiceField(
        label="What was done",
        choices=[
            (one.value, one.label)
            for one in CustodyTransfer.Action
            if one.value in ("stored", "removed", "returned", "destroyed")
        ],
    )
    place = forms.CharField(label="Where", required=False, max_length=120)
    seal = forms.CharField(label="Seal number", required=False, max_length=60)
    condition = forms.CharField(label="Condition", required=False, max_length=200)


class ScanForm(forms.Form):
    """Scan files of one exhibit."""

    scan_files = ManyFilesField(
        label="Scan files",
        help_text="X3P or AL3D, as the instrument exports them. Drop several at once.",
        widget=ManyFilesInput({"accept": ".x3p,.al3d", "multiple": True}),
    )
    region = forms.ChoiceField(
        label="Mark",
        required=False,
        choices=[("", "As the file says"), *Scan.Region.choices],
    )


class ScanFilterForm(forms.Form):
    """What to look for in the list of scans."""

    q = forms.CharField(label="Exhibit number", required=False, max_length=50)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *Scan.State.choices]
    )
