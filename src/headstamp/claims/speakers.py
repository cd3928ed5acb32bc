"""Who said it: the one a quotation or an "according to" names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from headstamp.claims.chunks import Chunk
from headstamp.claims.sentences import ABBREVIATIONS
from headstamp.claims.vocabulary import words_of

LONGEST: Final = 6
"""Words of a name."""
STOPS: Final = words_of("stops")
NOT_A_NAME: Final = frozenset(
    ["he", "she", "they", "it", "we", "i", "which", "who", "that", "there"]
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone who speaks, and where this stands."""

    speaker: str
    start: int
    end: int


def attribution(chunks: list[Chunk], text: str) -> Attribution | None:
    """Who is named in a sentence as the one who says it."""
    codes = "".join(chunk.code for chunk in chunks)
    for index, code in enumerate(codes):
        if code == "a":
            found = _name_after(chunks, index + 1)
        elif code == "s" or (chunks[index].norm in ("said", "told", "reported", "wrote")):
            found = _name_before(chunks, index) or _name_inverted(chunks, index)
        else:
            continue
        if chunks[index].norm in ("claimed", "claims") and codes[index + 1 : index + 2] == "q":
            continue
        if found is not None:
            begin, end = found
            places = all(chunk.code in "Ll" for chunk in chunks[begin : end + 1])
            if places and "record_verbs" in chunks[index].kinds:
                continue
            said = text[chunks[begin].start : chunks[end].end]
            if end - begin < LONGEST + 1 and chunks[begin].norm not in NOT_A_NAME:
                return Attribution(re.sub(r"\s+", " ", said), chunks[min(begin, index)].start,
                                   chunks[max(end, index)].end)  # fmt: skip
    return None


def _name_after(chunks: list[Chunk], begin: int) -> tuple[int, int] | None:
    if begin < len(chunks) and chunks[begin].norm == "the":
        begin += 1
    end = begin
    while end < len(chunks) and end - begin < LONGEST and _in_a_name(chunks[end], end == begin):
        end += 1
    return (begin, end - 1) if end > begin else None


def _in_a_name(chunk: Chunk, first: bool) -> bool:
    if chunk.norm in STOPS or chunk.code in ",;q%P-VJTAr":
        return chunk.norm == "the" and first
    return chunk.code in "wLlnHoGsMzmh" and (chunk.norm != "of" or not first)


def _name_before(chunks: list[Chunk], verb: int) -> tuple[int, int] | None:
    end = verb - 1
    if end >= 0 and chunks[end].norm in ("also", "later", "has", "had", "have", "then"):
        end -= 1
    if end >= 0 and chunks[end].code in ",;":
        end = _over_an_apposition(chunks, end)
    begin = end
    while begin >= 0 and end - begin < LONGEST and _in_a_title(chunks, begin):
        begin -= 1
    begin += 1
    while begin <= end and chunks[begin].norm in ("of", "'s"):
        begin += 1
    return (begin, end) if begin <= end else None


def _in_a_title(chunks: list[Chunk], index: int) -> bool:
    chunk = chunks[index]
    if chunk.norm == "'" and 0 < index < len(chunks) - 1:
        return chunks[index - 1].end == chunk.start and chunk.end == chunks[index + 1].start
    if chunk.norm == "." and index and chunks[index - 1].norm in ABBREVIATIONS:
        return True
    return chunk.code in "wLlzoGHn" and chunk.norm not in STOPS


def _over_an_apposition(chunks: list[Chunk], end: int) -> int:
    """ "Adam Collins, a spokesman for the mayor, said": the name is before the first comma."""
    for step in range(end - 1, max(-1, end - 14), -1):
        if chunks[step].code == ",":
            return step - 1
        if chunks[step].norm == '"':
            return -1
    return -1


def _name_inverted(chunks: list[Chunk], verb: int) -> tuple[int, int] | None:
    """ "said Mayor Lightfoot", after a quotation."""
    if verb == 0 or chunks[verb - 1].norm not in (",", '"', "'"):
        return None
    return _name_after(chunks, verb + 1)
