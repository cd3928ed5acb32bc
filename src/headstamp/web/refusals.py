"""Why an action was not done."""

from __future__ import annotations

from typing import Any

from headstamp.errors import HeadstampError


class Refusal(HeadstampError):  # noqa: N818 - an answer, not a fault
    """An action that the rules do not allow now; the sentence is shown to the user."""


class EditConflict(Refusal):
    """Somebody else has changed the record since the form was opened.

    Parameters
    ----------
    theirs : dict
        Field and value as they are now, for the fields that differ.
    yours : dict
        The values that were sent.
    """

    def __init__(self, theirs: dict[str, Any], yours: dict[str, Any], version: int) -> None:
        super().__init__(
            "Somebody else has changed this record since you opened it. "
            "Choose for each field which version to keep."
        )
        self.theirs = theirs
        self.yours = yours
        self.version = version
