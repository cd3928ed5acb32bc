"""Check a text against the lists of the workspace and the years of cities."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from headstamp.claims.answers import Basis
from headstamp.claims.extraction import claims_in
from headstamp.claims.rows import claim_row
from headstamp.claims.texts import checked_claims
from headstamp.claims.vocabulary import shipped
from headstamp.formats.city_reference import city_years
from headstamp.formats.incident_lists.answering import ListedAnswers, answers_from
from headstamp.formats.json_text import json_text
from headstamp.web.figures.lists.folder import lists_in_use
from headstamp.web.figures.releases.released_lists import released_lists

MOST_CLAIMS: Final = 300
"""Claims of one text that are checked here; there is work in each."""


def check_text(
    text: str, written_on: date, place: str, *, inside: bool
) -> tuple[list[dict[str, Any]], int]:
    """The claims of a text as plain values, as the command has them, and how many were left out.

    Parameters
    ----------
    text : str
    written_on : date
    place : str
        Meant where the text names none; may be empty.
    inside : bool
        Whether every list in use is counted, for somebody who may see figures that are not
        released; for everybody else only what was released is.
    """
    with _answers(inside) as answers:
        found = claims_in(text, written_on, shipped().knowing(answers.places), place)
        checked = list(checked_claims(found[:MOST_CLAIMS], Basis(answers, written_on)))
    rows: list[dict[str, Any]] = json.loads(json_text([claim_row(one) for one in checked]))
    return rows, max(0, len(found) - MOST_CLAIMS)


@contextmanager
def _answers(inside: bool) -> Iterator[ListedAnswers]:
    if inside:
        with lists_in_use() as folder, answers_from(folder, city_years()) as answers:
            yield answers
        return
    with (
        released_lists() as (folder, released_to),
        answers_from(folder, city_years(), released_to=released_to) as answers,
    ):
        yield answers
