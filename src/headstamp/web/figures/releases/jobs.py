"""Computing the figures of a draft in the background.

The job may be killed at any moment and is then done again: the files it stores are kept by their
content, and the rows that name them are written in one piece with the draft's new state.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django_tasks import task

from headstamp.errors import HeadstampError
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.figures.lists.folder import lists_in_use
from headstamp.web.figures.models import Content, Draft, Release
from headstamp.web.figures.releases.actions import newest_id
from headstamp.web.figures.releases.delays import delays
from headstamp.web.figures.releases.pieces import (
    DELAYS,
    FULL,
    JSON,
    PUBLIC,
    Piece,
    Wanted,
    as_json,
    pieces,
)
from headstamp.web.figures.releases.restating import restatements
from headstamp.web.figures.report_models import Kind
from headstamp.web.figures.reports.templates import current_text
from headstamp.web.processes.given_up import SENTENCE, job_given_up
from headstamp.web.processes.room import NoRoomError, is_full

FAULT = "A fault in the server. Nothing was released; tell your administrator if it stays."


@task()
def compute(draft_id: str) -> None:
    """Everything a release is made of, from the lists as they are now."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None or draft.state != Draft.State.COMPUTING:
        return
    with failing(draft):
        _compute(draft)


def _compute(draft: Draft) -> None:
    newest = newest_id(draft.jurisdiction)
    report = current_text(Kind.MONTHLY)
    wanted = Wanted(draft.jurisdiction, draft.last_day, draft.known_on, report, draft.population)
    with lists_in_use(draft.jurisdiction) as data:
        restated = restatements(data, draft.jurisdiction, draft.known_on)
        document, made = pieces(data, wanted, restated, partial(_progress, draft))
        late = as_json(delays(data, draft.jurisdiction, draft.known_on))
    made += [Piece(edition, DELAYS, JSON, late) for edition in (FULL, PUBLIC)]
    _finish(draft, document, made, newest)


def _finish(draft: Draft, document: dict[str, Any], made: list[Piece], newest: Any) -> None:
    """Name the files and let the draft wait for its second person."""
    stored = [(one, files.store([one.content], one.media_type)[0]) for one in made]
    with writing():
        current = Draft.objects.get(pk=draft.pk)
        if current.state != Draft.State.COMPUTING:
            return
        Content.objects.bulk_create(
            Content(
                draft=current,
                edition=one.edition,
                name=one.name,
                media_type=one.media_type,
                file=file,
            )
            for one, file in stored
        )
        same = Release.objects.filter(jurisdiction=draft.jurisdiction, last_day=draft.last_day)
        current.state, current.progress = Draft.State.PREPARED, 100
        current.place = document["place"]
        current.known_on = document["known_on"]
        current.lists = sorted({one["id"] for one in document["vintages"]})
        current.newest_id = newest
        current.replaces = same.order_by("-number").first()
        current.version += 1
        current.save()
        detail = {"lists": current.lists, "files": len(stored)}
        record("figures.release_prepared", by=None, about=current, detail=detail)


@contextmanager
def failing(draft: Draft) -> Iterator[None]:
    """Say on the draft's page why it could not be computed.

    A full disk and a database that went away are no reason: the job is taken up again.

    Raises
    ------
    NoRoomError
    """
    try:
        yield
    except HeadstampError as error:
        fail(draft, str(error))
    except Exception as error:
        if is_full(error):
            raise NoRoomError(str(error)) from error
        if not isinstance(error, OperationalError | InterfaceError):
            fail(draft, FAULT)
        raise


def fail(draft: Draft, sentence: str) -> None:
    """The draft is over without figures; it can be prepared anew."""
    with writing():
        waiting = Draft.objects.filter(pk=draft.pk, state=Draft.State.COMPUTING)
        if waiting.update(state=Draft.State.FAILED, failure=_without_folders(sentence)):
            record("figures.release_prepared", by=None, about=draft, outcome="failed")


def _without_folders(sentence: str) -> str:
    """The sentence without the folder that was made for the job."""
    from django.conf import settings

    kept = [
        "the lists" if str(settings.WORKSPACE.root) in word else word for word in sentence.split()
    ]
    return " ".join(kept)[:500]


@receiver(job_given_up)
def say_given_up(sender: Any, task: str, arguments: list[Any], **kwargs: Any) -> None:
    """Say on the draft's page that its figures are not computed again."""
    if task == compute.module_path:
        found = Draft.objects.filter(pk=arguments[0]).first()
        if found is not None:
            fail(found, SENTENCE)


def _progress(draft: Draft, percent: int) -> None:
    Draft.objects.filter(pk=draft.pk, state=Draft.State.COMPUTING).update(progress=percent)
