"""Two people change one record: what can be kept of both, and what only they can decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headstamp.web.refusals import EditConflict


def merged(
    current: Any,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The changes that are left to make to a record as it is now.

    Parameters
    ----------
    current : Model
        With a ``version``, read inside the transaction that will write it.
    version : int
        The one the person had before them.
    changes : mapping
        New values of the fields the person changed.
    opened : mapping, optional
        What those fields held when the person opened them. A field that still holds this was
        changed by nobody else, so the change is made without asking. Without it every change to
        a record that has moved on is asked about.

    Raises
    ------
    EditConflict
        If somebody else has changed one of the same fields to something else.
    """
    different = {name: new for name, new in changes.items() if getattr(current, name) != new}
    if current.version == version:
        return different
    theirs = {
        name: getattr(current, name)
        for name in different
        if opened is None or name not in opened or getattr(current, name) != opened[name]
    }
    if theirs:
        yours = {name: different[name] for name in theirs}
        raise EditConflict(theirs, yours, current.version)
    return different
