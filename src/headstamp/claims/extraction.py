"""Every statistical claim of a text, each with its readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from headstamp.claims.attributing import attributed, by_quotation
from headstamp.claims.bases import join_bases
from headstamp.claims.changes import find_changes
from headstamp.claims.chunks import Chunk, chunks
from headstamp.claims.claim import Claim, Period
from headstamp.claims.coding import coded
from headstamp.claims.comparing import find_comparisons
from headstamp.claims.context import Context
from headstamp.claims.counts import find_counts, find_shares
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.extremes import find_extremes
from headstamp.claims.lexemes import lexemes
from headstamp.claims.measured import measured
from headstamp.claims.populations import find_population
from headstamp.claims.quotations import quotations
from headstamp.claims.reading import readings
from headstamp.claims.sentences import sentences
from headstamp.claims.speakers import Attribution, attribution
from headstamp.claims.terminals import decided
from headstamp.claims.vocabulary import Vocabulary, shipped, words_of


def _any_of(name: str) -> re.Pattern[str]:
    """A pattern for any of the words of a list."""
    return re.compile(r"\b(?:" + "|".join(sorted(words_of(name))) + r")\b")


EVENT: Final = _any_of("event")
COURT: Final = _any_of("court")
WIDE: Final = _any_of("wide")
"""Words of one event, and of a whole city."""
SAYING: Final = re.compile("[q%rxfXSuVJNYCve]")
"""Letters of which every claim has one."""
FINDERS: Final = (
    find_counts, join_bases, find_shares, find_extremes, find_comparisons, find_changes,
    find_population,
)  # fmt: skip
"""In this order: a number that was found is not looked at again."""
ARTICLE: Final = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


def claims_in(
    text: str, written_on: date, vocabulary: Vocabulary | None = None, place: str = ""
) -> tuple[Claim, ...]:
    """All statistical claims about crime in a text.

    Parameters
    ----------
    text : str
        Any text; spans of claims are offsets of characters into it.
    written_on : date
        What "this year" and "last month" are counted from.
    vocabulary : Vocabulary, optional
        The shipped one by default; ``shipped().extended(toml)`` adds words.
    place : str
        The slug of the place that is meant where the text names none.

    Returns
    -------
    tuple of Claim
        In the order of the text.
    """
    words = vocabulary or shipped()
    context = Context(place=place)
    quoted = quotations(text)
    speakers: list[Attribution] = []
    found: list[Claim] = []
    for sentence in sentences(text):
        phrases = chunks(decided(lexemes(sentence, words), written_on))
        made = list(_claims(phrases, text, context, written_on))
        named = attribution(phrases, text)
        if named is not None:
            speakers.append(named)
        found.extend(attributed(one, named, quoted) for one in made)
    return tuple(by_quotation(found, quoted, speakers))


def _claims(phrases: list[Chunk], text: str, context: Context, today: date) -> Iterator[Claim]:
    """The claims of one sentence; the context goes on to the next."""
    context.next_sentence()
    sentence = measured(coded(phrases))
    scene = Scene(sentence, text, context.measured)
    if SAYING.search(sentence.codes) is not None:
        for find in FINDERS:
            find(scene)
    taken = {one for draft in scene.drafts for one in _places_compared(scene, draft)}
    for index, code in enumerate(sentence.codes):
        if code == "L" and index not in taken:
            context.speaks_of(str(scene.chunks[index].kinds["places"]))
    _spoken_of(scene, context)
    for draft in sorted(scene.drafts, key=lambda one: (one.first, one.core)):
        if _doubtful(scene, draft):
            context.claimed(draft.measured, None)
            continue
        claim = _claim(scene, draft, context, taken, today)
        if claim is not None:
            yield claim


def _spoken_of(scene: Scene, context: Context) -> None:
    """A measure of which nothing is claimed is what the next sentence may speak of."""
    named = [index for index, code in enumerate(scene.codes) if code == "M"]
    if named and not scene.drafts:
        context.measured, context.age = scene.measure(named[-1]), 0


def _an_event(scene: Scene, draft: Draft, period: Period | None) -> bool:
    """Whether a few people are counted of one shooting, and not of a city and a period."""
    if draft.relation != "is" or draft.numeral is None or draft.numeral.unit != "count":
        return False
    words = scene.text[scene.chunks[0].start : scene.chunks[-1].end].lower()
    if draft.numeral.high <= 20 and COURT.search(words):
        return True
    if draft.numeral.high > 20 or (period is not None and period.last > period.first):
        return False
    return bool(EVENT.search(words)) and not WIDE.search(words)


def _doubtful(scene: Scene, draft: Draft) -> bool:
    """Whether it is asked, hoped for, feared or foretold rather than said."""
    if scene.chunks and scene.chunks[-1].norm == "?" and "know" not in scene.chunks[0].norm:
        return True
    core = scene.chunks[draft.core].start
    return any(
        start < core and not set(",;:") & set(scene.text[start:core])
        for start in scene.sentence.doubtful
    )


def _places_compared(scene: Scene, draft: Draft) -> Iterator[int]:
    if draft.comparison_places:
        for index in range(min(draft.first, draft.core), draft.last + 1):
            if scene.codes[index] == "L" and (
                scene.chunks[index].kinds["places"] in draft.comparison_places
            ):
                yield index


def _claim(
    scene: Scene, draft: Draft, context: Context, taken: set[int], today: date
) -> Claim | None:
    read = readings(scene, draft, context, taken, today)
    if not read:
        return None
    if _an_event(scene, draft, read[0].period):
        return None
    if not draft.population:
        context.claimed(draft.measured, read[0].period)
    start, end = scene.chunks[draft.first].start, scene.chunks[draft.last].end
    while (article := ARTICLE.match(scene.text, start, end)) is not None:
        start = article.end()
    return Claim(scene.text[start:end], start, end, read, draft.hedge)
