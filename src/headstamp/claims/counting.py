"""A claim of a number, once it is known what it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from headstamp.claims.bounds import relation_of
from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import NARROW, OTHER, Measured
from headstamp.claims.vocabulary import Counted, words_of

PICKED_OUT: Final = words_of("picked_out_by")
EVERY: Final = re.compile(r"\b(?:every|per)\b", re.IGNORECASE)
A_DAY: Final = re.compile(
    r"(?:[^\w.;]+\w+){0,4}?[^\w.;]+(?:(?:every|each|per|a|an)\s+"
    r"(?:single\s+)?(?:day|night|week|weekend|month|year|hour)\b(?!\s+(?:ago|earlier|before|prior))"
    r"|daily|annually|yearly|weekly)",
    re.IGNORECASE,
)
AVERAGE: Final = re.compile(r"\b(?:averag|typical)\w*[^.;]{0,20}$", re.IGNORECASE)


def count(scene: Scene, index: int, at: int, measured: Measured) -> Draft:
    """A claim of a number whose measure stands at a phrase."""
    numeral = _unit(scene, scene.numeral(index), at, measured)
    end = at
    every = scene.right(at, r"(?:iw|w?/|/)q")
    if every is not None and EVERY.search(
        scene.text, scene.chunks[at].end, scene.chunks[every.end() - 1].start
    ):
        end = every.end() - 1
        per = 100_000 / max(scene.numeral(end).high, 1)
        numeral = replace(
            numeral, low=numeral.low * per, high=numeral.high * per, unit="per_100000"
        )
        scene.used.add(end)
    if scene.right(at, "w") is not None and "per" in scene.chunks[at + 1].kinds:
        end = at + 1
    if (rate := scene.right(at, r"r|/q|o?H?r")) is not None and scene.codes[rate.end() - 1] == "r":
        end = rate.end() - 1
    if _picked_out(scene, index):
        measured = Measured(NARROW)
    if _averages(scene, index, at):
        measured = Measured(Counted(OTHER.measures, "an average over time, which no figure counts"))
    draft = Draft(
        min(index, at), max(index, end), measured, relation_of(numeral), index, numeral, index
    )
    draft.hedge = numeral.hedge
    if (before := scene.left(index, r"e")) is not None:
        _beyond(scene, draft, before.start())
    return scene.add(draft, index)


def _picked_out(scene: Scene, index: int) -> bool:
    """Whether only those are counted that were linked, solved or laid to somebody."""
    before = scene.chunks[max(0, index - 6) : index]
    return any(PICKED_OUT & set(chunk.norm.split()) for chunk in before)


def _unit(scene: Scene, numeral: Numeral, at: int, measured: Measured) -> Numeral:
    """A count of so many "per 100,000", or of a rate, is a rate."""
    per = scene.right(at, "w") is not None and "per" in scene.chunks[at + 1].kinds
    rate = measured.rate and numeral.unit == "count"
    return replace(numeral, unit="per_100000") if per or rate else numeral


def _averages(scene: Scene, index: int, at: int) -> bool:
    """Whether it is so many a day or on average."""
    end = max(scene.chunks[at].end, scene.chunks[index].end)
    start = min(scene.chunks[at].start, scene.chunks[index].start)
    return bool(
        A_DAY.match(scene.text, end, end + 60)
        or AVERAGE.search(scene.text, max(0, start - 30), start)
    )


def _beyond(scene: Scene, draft: Draft, verb: int) -> None:
    """ "exceeded 760" is more than 760."""
    value = scene.chunks[verb].kinds.get("bound_verbs")
    if value == "nearly":
        draft.hedge = draft.hedge or "nearly"
    elif draft.relation == "is":
        draft.relation = value
    draft.first = min(draft.first, verb)
