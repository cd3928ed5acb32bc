"""Forms that change a record, and what happens when two people change it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from headstamp.web.refusals import EditConflict, Refusal

LOCAL_TIME = "%Y-%m-%dT%H:%M"


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own date and time field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=LOCAL_TIME)


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a record that knows which version it was opened on.

    Each field also carries the value it was opened with, so a change of somebody else to a field
    that this person left alone is kept without asking.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    widgets_of: ClassVar[dict[type, Callable[[], forms.Widget]]] = {
        models.DateTimeField: LocalDateTimeInput,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateTimeField):
                field.widget = LocalDateTimeInput()
                field.input_formats = [
                    LOCAL_TIME,
                    "%Y-%m-%dT%H:%M:%S",
                    *(str(one) for one in field.input_formats or ()),
                ]
            if name != "version" and self.instance.pk and not self.instance._state.adding:
                field.show_hidden_initial = True
        if not self.instance._state.adding:
            self.fields["version"].initial = self.instance.version

    @property
    def changes(self) -> dict[str, Any]:
        """The fields this person changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.names}

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
    act: Callable[[int, dict[str, Any]], Any],
    *,
    done: str,
    template: str,
    context: dict[str, Any],
    message: str = "Saved.",
) -> HttpResponse:
    """Show a form, or do what it asks and go to ``done``.

    A refusal becomes an error of the form; a conflict the page with both versions.
    """
    from django.contrib import messages

    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data.get("version") or 0, form.changes)
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
    theirs = type(form)(instance=current)
    rows = [
        {
            "name": name,
            "label": form[name].label,
            "theirs": _text(theirs, name),
            "yours": _text(form, name),
        }
        for name in conflict.yours
    ]
    kept = [
        {"name": name, "value": _text(form if name in form.changed_data else theirs, name)}
        for name in form.names
        if name not in conflict.yours
    ]
    opened = [
        {"name": form[name].html_initial_name, "value": _text(theirs, name)} for name in form.names
    ]
    return render(
        request,
        "conflict.html",
        {
            **context,
            "rows": rows,
            "kept": [*kept, *opened],
            "version": current.version,
            "changed_by": current.updated_by,
            "changed_at": current.updated_at,
            "sentence": str(conflict),
        },
        status=409,
    )


def _text(form: RecordForm, name: str) -> str:
    """A field's value as the browser would send it."""
    bound = form[name]
    value = bound.field.widget.format_value(bound.value())
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)
