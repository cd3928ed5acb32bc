"""Forms for agencies, people and passwords."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password

from headstamp.web.accounts.models import Agency, User
from headstamp.web.accounts.stewardship import agencies_of
from headstamp.web.editing.forms import RecordForm
from headstamp.web.roles import Role


class AgencyForm(RecordForm):
    """An agency."""

    class Meta:
        model = Agency
        fields: ClassVar = ["name", "code", "kind", "ori"]


class PersonForm(RecordForm):
    """What an administrator may change of a person."""

    class Meta:
        model = User
        fields: ClassVar = ["name", "role", "agency", "is_active"]


class InviteForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)
    role = forms.ChoiceField(label="Role", choices=Role.choices)
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset, agency.initial = agencies_of(user), user.agency_id
        if not user.agency.is_host:
            role: Any = self.fields["role"]
            role.choices = [one for one in Role.choices if one[0] != Role.MONITOR]


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters; four words are good.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same again", widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        """Long enough, not a common one, not their own name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        found = super().clean() or self.cleaned_data
        if found.get("password") and found.get("password") != found.get("again"):
            self.add_error("again", "The two are not the same.")
        return found


class UnlockForm(forms.Form):
    """The password of somebody whose page was locked."""

    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )
