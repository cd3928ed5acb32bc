"""``headstamp check``: the statistical claims in a text, and what the figures say to each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.claims.answers import Basis
    from headstamp.claims.claim import Claim
    from headstamp.claims.finding import CheckedClaim
    from headstamp.claims.vocabulary import Vocabulary


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text; - for standard input.")],
    *,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of vintages.  [default: the shipped years of cities alone]",
        ),
    ] = None,
    written: Annotated[
        str, typer.Option("--date", help="Day of the text, as 2017-06-30.  [default: today]")
    ] = "",
    place: Annotated[
        str, typer.Option(help="The place that is meant where the text names none, as chicago.")
    ] = "",
    vocabulary: Annotated[
        Path | None, typer.Option(help="A TOML file with further words, places and measures.")
    ] = None,
    cities: Annotated[
        Path | None, typer.Option(help="A CSV file with further years of cities.")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="A folder with counting rules of your own (TOML).")
    ] = None,
    claim_review: Annotated[
        Path | None, typer.Option(help="Also write ClaimReview (schema.org) to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find every statistical claim about murders and shootings in a text, and check each.

    Each finding names the figures, the rule and the list it was checked against, and says what
    would be true. What cannot be checked says why; nothing is guessed.
    """
    from headstamp.claims.answers import Basis
    from headstamp.formats.city_reference import city_years
    from headstamp.formats.claim_words import vocabulary_of
    from headstamp.formats.incident_lists.answering import answers_from
    from headstamp.formats.text_file import read_text

    written_on = _day(written)
    text = read_text(file)
    words = vocabulary_of(vocabulary)
    with answers_from(data, city_years(cities), rules) as answers:
        found = _claims(text, written_on, words.knowing(answers.places), place)
        checked = _checked(found, Basis(answers, written_on))
    if claim_review is not None:
        _write_review(claim_review, checked, written_on)
    _print(text, checked, as_json)


def _day(text: str) -> date:
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(f"{text}: is no date; write it as 2017-06-30") from error


def _claims(text: str, written_on: date, words: Vocabulary, place: str) -> tuple[Claim, ...]:
    from headstamp.claims.extraction import claims_in

    with stderr.status("Reading the text"):
        return claims_in(text, written_on, words, place)


def _checked(found: tuple[Claim, ...], basis: Basis) -> list[CheckedClaim]:
    from headstamp.claims.texts import checked_claims

    with progress_bar() as progress:
        each = progress.track(found, total=len(found), description="Checking claims")
        return list(checked_claims(each, basis))


def _write_review(path: Path, checked: list[CheckedClaim], written_on: date) -> None:
    from headstamp.claims.claim_review import claim_reviews
    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.json_text import json_text

    content = claim_reviews(checked, written_on, datetime.now(UTC).date())
    write_atomically(path, (json_text(content) + "\n").encode())


def _print(text: str, checked: list[CheckedClaim], as_json: bool) -> None:
    from headstamp.claims.rows import claim_row
    from headstamp.cli.claim_lines import cards, marked

    if as_json:
        print_json({"claims": [claim_row(one) for one in checked]})
        return
    if not checked:
        stdout.print("No statistical claim about murders or shootings was found in this text.")
        return
    if (shown := marked(text, checked)) is not None:
        stdout.print(shown)
    for card in cards(checked):
        stdout.print(card)
