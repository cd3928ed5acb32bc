"""What is counted: "the number of murders", "homicide rate", "people who were shot"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from headstamp.claims.chunks import Chunk
from headstamp.claims.coding import Sentence
from headstamp.claims.vocabulary import Counted, words_of

SHOT: Final = Counted(("shooting_victims",))
DEAD: Final = Counted(("fatal_shooting_victims",))
WOUNDED: Final = Counted(("nonfatal_shooting_victims",))
KILLED: Final = Counted(
    ("fatal_shooting_victims", "murders"),
    "beside shootings the killed are taken to be those shot; all who were murdered may be meant",
)
OTHER: Final = Counted(("other",))
JOINED: Final = (
    (re.compile(r"n(?:oH(?:W?b|W)?K)"), "people"),
    (re.compile(r"n[oi][Ll]?G?M"), "number"),
    (re.compile(r"nFM"), "toll"),
    (re.compile(r"no[wLl]?G?m(?!n)"), "rate"),
    (re.compile(r"m(?=(?:[,A]+m)+n)"), "listed"),
    (re.compile(r"[mM]n(?:oH)?"), "total"),
    (re.compile(r"[mM]H"), "victims"),
    (re.compile(r"(?<![wzMmH])m(?=[bVJXeR;]|i[Llz]|[iy]?P|$|[,A]+[mM](?!n))"), "mass"),
)
"""Patterns that become one measure; the first that fits a place is taken."""
GUNS: Final = words_of("guns")
NARROWED_BEFORE: Final = words_of("narrowed_before")
NARROWED_AFTER: Final = words_of("narrowed_after")
SPOTS: Final = frozenset(
    [
        "subway",
        "subways",
        "schools",
        "transit",
        "trains",
        "parks",
        "homes",
        "stations",
        "jails",
        "prisons",
        "buses",
        "campus",
        "custody",
        "school",
        "prison",
        "jail",
        "trains",
    ]
)
NARROW: Final = Counted(("other",), "only some of them are meant, which no figure here counts")
NEUTRAL: Final = words_of("neutral")


@dataclass(slots=True)
class Measured:
    """A measure of a sentence, as the value of an ``M``."""

    counted: Counted
    rate: bool = False


def measured(sentence: Sentence) -> Sentence:
    """The sentence with every measure as one phrase ``M``."""
    chunks, codes = list(sentence.chunks), sentence.codes
    about_guns = any(GUNS & set(chunk.norm.split()) for chunk in chunks)
    for chunk in chunks:
        if chunk.code in ("M", "m"):
            chunk.value = Measured(chunk.kinds.get("measure") or chunk.kinds["single"])
        elif chunk.code == "K":
            chunk.value = Measured(harmed(chunk, about_guns))
    for pattern, how in JOINED:
        chunks, codes = _join(chunks, codes, pattern, how)
    result = replace(sentence, chunks=chunks, codes=codes, about_guns=about_guns)
    _narrow(result)
    return result


def harmed(chunk: Chunk, about_guns: bool) -> Counted:
    """What "shot", "killed" or "wounded" counts."""
    for kind, counted in (("shot_dead", DEAD), ("shot", SHOT), ("wounded", WOUNDED)):
        if kind in chunk.kinds:
            return counted
    if chunk.norm in ("murdered", "slain"):
        return Counted(("murders",))
    return KILLED if about_guns else Counted(("murders",))


def _join(
    chunks: list[Chunk], codes: str, pattern: re.Pattern[str], how: str
) -> tuple[list[Chunk], str]:
    made: list[Chunk] = []
    letters: list[str] = []
    at = 0
    for found in pattern.finditer(codes):
        made.extend(chunks[at : found.start()])
        letters.append(codes[at : found.start()])
        made.append(_one(chunks[found.start() : found.end()], how))
        letters.append("M")
        at = found.end()
    return [*made, *chunks[at:]], "".join([*letters, codes[at:]])


def _one(parts: list[Chunk], how: str) -> Chunk:
    core = next(part for part in parts if isinstance(part.value, Measured))
    value: Any = core.value
    if any("rate" in part.kinds for part in parts):
        value = replace(value, rate=True)
    if how == "toll" and "death" in parts[0].norm:
        value = replace(value, counted=DEAD)
    if any("subset" in part.kinds for part in parts):
        value = replace(value, counted=NARROW)
    if how == "victims" and value.counted.measures[0] == "shooting_incidents":
        value = replace(value, counted=SHOT)
    return replace(
        core, code="M", norm=" ".join(part.norm for part in parts), value=value,
        start=parts[0].start, end=parts[-1].end, capital=parts[0].capital, glued=parts[0].glued,
    )  # fmt: skip


def _narrow(sentence: Sentence) -> None:
    """Measures of which only some are meant count something no figure here does."""
    for index, code in enumerate(sentence.codes):
        if code != "M":
            continue
        chunk = sentence.chunks[index]
        after = sentence.chunks[index + 1] if index + 1 < len(sentence.chunks) else None
        before = sentence.chunks[index - 1] if index else None
        by_guns = after is not None and after.norm in ("involving", "by") and _with_guns(
            sentence.chunks[index + 2 : index + 4]
        )  # fmt: skip
        if by_guns and chunk.value.counted.measures[0] == "murders":
            chunk.value = replace(chunk.value, counted=DEAD)
        elif (
            _of_some(sentence, index)
            or (after is not None and after.norm in NARROWED_AFTER)
            or _narrowed(before, after)
        ):
            chunk.value = replace(chunk.value, counted=NARROW)


def _of_some(sentence: Sentence, index: int) -> bool:
    """Whether "of police officers", "of women" or "in the subway" follows a measure."""
    following = sentence.chunks[index + 1 : index + 3]
    if len(following) < 2:
        return False
    what = following[1]
    if following[0].norm == "of":
        return "subset" in what.kinds or (what.code == "w" and not what.kinds)
    return following[0].code == "i" and what.norm in SPOTS


def _with_guns(following: list[Chunk]) -> bool:
    return any(GUNS & set(chunk.norm.split()) for chunk in following)


def _narrowed(before: Chunk | None, after: Chunk | None) -> bool:
    """Whether "gang-related", "of teenagers" or "by police" stands beside a measure."""
    del after
    if before is None or before.code not in ("w", "M"):
        return False
    return before.norm in NARROWED_BEFORE
