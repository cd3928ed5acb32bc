"""Check a text against the lists of the workspace and the years of cities."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from headstamp.claims.answers import Basis
from headstamp.claims.extraction import claims_in
from headstamp.claims.rows import claim_row
from headstamp.claims.texts import checked_claims
from headstamp.formats.city_reference import city_years
from headstamp.formats.incident_lists.answering import answers_from
from headstamp.formats.json_text import json_text

MOST_CLAIMS: Final = 300
"""Claims of one text that are checked here; there is work in each."""


def check_text(text: str, written_on: date, place: str) -> tuple[list[dict[str, Any]], int]:
    """The claims of a text as plain values, as the command has them, and how many were left out."""
    found = claims_in(text, written_on, place=place)
    with answers_from(_lists(), city_years()) as answers:
        checked = list(checked_claims(found[:MOST_CLAIMS], Basis(answers, written_on)))
    rows: list[dict[str, Any]] = json.loads(json_text([claim_row(one) for one in checked]))
    return rows, max(0, len(found) - MOST_CLAIMS)


def _lists() -> Path | None:
    folder: Path = settings.WORKSPACE.lists
    return folder if folder.is_dir() else None
