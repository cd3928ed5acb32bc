"""Forms that share a page."""

from __future__ import annotations

from typing import Any

from django import forms


class OneOfSeveral(forms.Form):
    """A form beside others on one page: its fields have ids that no other form's have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
