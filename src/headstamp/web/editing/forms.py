"""Forms that change a record, and what happens when two people change it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from headstamp.web.refusals import EditConflict, Refusal
from headstamp.web.times import LocalDateTimeField


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a record that knows which version it was opened on.

    Each field also carries the value it was opened with, so a change of somebody else to a field
    that this person left alone is kept without asking.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_old = not self.instance._state.adding
        for name, field in self.fields.items():
            if isinstance(field, forms.DateTimeField):
                self.fields[name] = LocalDateTimeField(
                    label=field.label,
                    required=field.required,
                    help_text=field.help_text,
                    initial=field.initial,
                )
            self.fields[name].show_hidden_initial = is_old and name != "version"
        if is_old:
            self.fields["version"].initial = self.instance.version

    @property
    def changes(self) -> dict[str, Any]:
        """The fields this person changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.names}

    @property
    def opened(self) -> dict[str, Any]:
        """What the fields this person changed held when they opened the form."""
        found = {}
        for name in self.changes:
            field, sent = self.fields[name], self[name].html_initial_name
            raw = field.hidden_widget().value_from_datadict(self.data, self.files, sent)
            try:
                found[name] = field.to_python(raw)
            except forms.ValidationError:
                continue
        return found

    def values(self) -> dict[str, Any]:
        """All fields with their values."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def names(self) -> list[str]:
        """The record's fields that this person is shown."""
        return [name for name in self._meta.fields or () if name in self.fields]

    def _post_clean(self) -> None:
        """Check the values without touching the record, which the action reads anew."""
        untouched = {f.name: getattr(self.instance, f.attname) for f in self.instance._meta.fields}
        super()._post_clean()  # type: ignore[misc]
        if not self.instance._state.adding:
            for field in self.instance._meta.fields:
                setattr(self.instance, field.attname, untouched[field.name])


def edit(
    request: HttpRequest,
    form: RecordForm,
    act: Callable[..., Any],
    *,
    done: str,
    template: str,
    context: dict[str, Any],
    message: str = "Saved.",
) -> HttpResponse:
    """Show a form, or do what it asks and go to ``done``.

    ``act`` is called with ``version``, ``changes`` and ``opened``. A refusal becomes an error of
    the form; a conflict the page with both versions.
    """
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.get("version") or 0
        try:
            act(version=version, changes=form.changes, opened=form.opened)
        except EditConflict as conflict:
            return _conflict(request, form, conflict, context)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, message)
            return redirect(done)
    status = 422 if form.is_bound else 200
    return render(request, template, {**context, "form": form}, status=status)


def _conflict(
    request: HttpRequest, form: RecordForm, conflict: EditConflict, context: dict[str, Any]
) -> HttpResponse:
    """Both versions side by side; what is chosen is sent to the same address."""
    current = type(form.instance).objects.get(pk=form.instance.pk)
    theirs = {name: _value(current, name) for name in form.names}
    rows = [
        {
            "name": name,
            "label": form[name].label,
            "theirs": _sent(form, name, theirs[name]),
            "theirs_shown": _shown(form, name, theirs[name]),
            "yours": _sent(form, name, form[name].value()),
            "yours_shown": _shown(form, name, form[name].value()),
        }
        for name in conflict.yours
    ]
    kept = [
        {
            "name": name,
            "value": _sent(
                form, name, form[name].value() if name in form.changed_data else theirs[name]
            ),
        }
        for name in form.names
        if name not in conflict.yours
    ]
    opened = [
        {"name": form[name].html_initial_name, "value": _opened(form, name, theirs[name])}
        for name in form.names
    ]
    return render(
        request,
        "conflict.html",
        {
            **context,
            "rows": rows,
            "kept": [*kept, *opened],
            "version": current.version,
            "changed_by": getattr(current, "updated_by", None),
            "changed_at": getattr(current, "updated_at", None),
            "sentence": str(conflict),
        },
        status=409,
    )


def _value(record: Any, name: str) -> Any:
    return record._meta.get_field(name).value_from_object(record)


def _sent(form: RecordForm, name: str, value: Any) -> str:
    """A value as the browser would send it."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return _text(field.widget.format_value(field.prepare_value(value)))


def _opened(form: RecordForm, name: str, value: Any) -> str:
    """A value as the form keeps it beside the field, for comparing."""
    field = form.fields[name]
    return _text(field.hidden_widget().format_value(field.prepare_value(value)))


def _shown(form: RecordForm, name: str, value: Any) -> str:
    """A value as a person reads it."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "Yes" if value else "No"
    sent = _sent(form, name, value)
    for key, label in getattr(field, "choices", ()):
        if str(key) == sent:
            return str(label)
    return sent.replace("T", " ") if isinstance(field, forms.DateTimeField) else sent


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return "" if value is None else str(value)
