"""Forms that show what a scene needs and fold the rest away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


class FoldedForm(_Base):
    """A form with some fields in sight; the others open with a touch, or when one is wrong.

    ``in_sight`` names the fields shown at first, ``rest_named`` says in words what the others are.
    """

    in_sight: ClassVar[tuple[str, ...]] = ()
    rest_named: ClassVar[str] = ""

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields in sight, in their own order."""
        return [self[name] for name in self.in_sight if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [one for one in self.visible_fields() if one.name not in self.in_sight]

    @property
    def shows_rest(self) -> bool:
        """Whether the rest is open: a record is being changed, or something there is wrong."""
        instance = getattr(self, "instance", None)
        changing = instance is not None and not instance._state.adding
        return changing or any(one.errors for one in self.rest)
