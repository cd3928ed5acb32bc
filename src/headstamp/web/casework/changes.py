"""Making, changing and withdrawing a record: the part that is the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework.markings import carry_down
from headstamp.web.casework.record import Record
from headstamp.web.casework.words import change_words, keep_words, words_of
from headstamp.web.editing.versions import merged
from headstamp.web.refusals import Refusal

R = TypeVar("R", bound=Record)


def create(kind: type[R], /, *, by: User, action: str, taken: str = "", **fields: Any) -> R:
    """Make a record of the person's agency and put it on record.

    Parameters
    ----------
    taken : str
        What to say when a number is in use already.

    Raises
    ------
    Refusal
        If a record with the same number exists; nothing is stored.
    """
    fields.setdefault("agency", by.agency)
    with writing():
        made = kind(created_by=by, updated_by=by, **fields)
        made.derive()
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(taken or "There is such a record already.") from error
        keep_words([made])
        record(action, by=by, about=made)
    return made


def change(
    found: R,
    *,
    version: int,
    changes: Mapping[str, Any],
    by: User,
    action: str,
    opened: Mapping[str, Any] | None = None,
    taken: str = "",
) -> R:
    """Change some fields of a record, if nobody else has changed the same ones meanwhile.

    Raises
    ------
    EditConflict
        If somebody has (see ``versions.merged``); it carries both versions.
    Refusal
        If the record is withdrawn, or a number is in use already.
    """
    with writing():
        current = cast(R, type(found).objects.get(pk=found.pk))
        if current.is_withdrawn:
            raise Refusal("This record has been withdrawn and is not changed any more.")
        different = merged(current, version=version, changes=changes, opened=opened)
        if not different:
            return current
        former, former_words = current.marking, words_of(current)
        for name, value in different.items():
            setattr(current, name, value)
        current.version += 1
        current.updated_at, current.updated_by = timezone.now(), by
        try:
            with transaction.atomic():
                current.save(
                    update_fields=[
                        *different,
                        *current.derive(),
                        *("version", "updated_at", "updated_by"),
                    ]
                )
        except IntegrityError as error:
            raise Refusal(taken or "There is such a record already.") from error
        change_words(current, former_words)
        record(action, by=by, about=current, detail={"fields": sorted(different)})
        if current.marking != former:
            carry_down(current, former=former, by=by)
    return current


def withdraw(found: Record, *, reason: str, by: User, action: str) -> None:
    """Take a record out of use; it stays readable, with the reason.

    Raises
    ------
    Refusal
        If there is no reason, or it was withdrawn before.
    """
    if not reason.strip():
        raise Refusal("Say why the record is withdrawn.")
    if len(reason.strip()) > 300:
        raise Refusal("Say it in 300 characters at most.")
    with writing():
        updated = (
            type(found)
            .objects.filter(pk=found.pk, withdrawn_at=None)
            .update(
                withdrawn_at=timezone.now(),
                withdrawn_reason=reason.strip(),
                updated_at=timezone.now(),
                updated_by=by,
                version=F("version") + 1,
            )
        )
        if not updated:
            raise Refusal("The record has been withdrawn already.")
        record(action, by=by, about=found)
