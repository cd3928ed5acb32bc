"""One letter for what each phrase of a sentence does, so that patterns can be written.

``q`` count, ``%`` percentage, ``r`` rate, ``x`` multiple, ``f`` fraction, ``u`` length of time;
``M`` measure, ``m`` measure in the singular, ``n`` number or total, ``H`` people, ``K`` shot or
killed; ``V`` rose or fell, ``N`` rise or fall, ``J`` up or down, ``X`` doubled, ``Y`` unchanged,
``d`` degree, ``v`` leftover bound; ``C`` more or fewer, ``t`` than, ``c`` compared with, ``S``
superlative, ``Z`` on record, ``B`` combined; ``P`` period, ``L`` place, ``l`` the city, ``z`` a
part of one; ``b`` be, ``R`` reached, ``e`` exceeded, ``h`` recorded, ``E`` there,
``0`` not, ``=`` as, ``k`` others, ``W`` who or which, ``s`` said, ``a`` according to; prepositions
``o i F T y``, ``A`` and, ``G`` genitive, ``/`` per; ``,`` and ``;`` marks; ``w`` all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from headstamp.claims.chunks import Chunk

BY_KIND: Final = (
    ("measure", "M"), ("single", "m"), ("places", "L"), ("city", "l"), ("finer", "z"),
    ("against", "c"), ("than", "t"), ("combined", "B"), ("never", "Z"),
    ("superlatives", "S"), ("multiples.verbs", "X"), ("multiples.words", "x"),
    ("multiples.fractions", "f"), ("bound_verbs", "e"), ("reach_verbs", "R"),
    ("more", "C"), ("fewer", "C"), ("shot_dead", "K"), ("shot", "K"), ("killed", "K"),
    ("wounded", "K"), ("same", "Y"), ("same.verbs", "Y"), ("record_verbs", "h"), ("be", "b"),
    ("there", "E"), ("of", "o"), ("count", "n"), ("rate", "n"), ("people", "H"), ("in", "i"),
    ("from", "F"), ("to", "T"), ("by", "y"), ("and", "A"), ("additional", "k"),
    ("relative", "W"), ("not", "0"), ("as", "="), ("filler", "-"),
)  # fmt: skip
BY_NORM: Final = {
    ",": ",", ";": ";", ":": ";", "(": ";", ")": ";", "—": ";", "–": ";", "|": ";", '"': "-",
    "'": "-", "'s": "G", "-": ";", "[": ";", "]": ";", "*": "-", ".": ";", "!": ";", "?": ";",
    "at": "i", "#": "-", "per": "/", "...": ";", "…": ";", "~": "d", "•": ";", "→": ";",
}  # fmt: skip
NOUN_AFTER: Final = frozenset(
    ["a", "an", "the", "this", "that", "any", "%", "d", "such", "its", "their", "no", "G"]
)
NO_PLACES: Final = frozenset(
    ["congress", "christmas", "court", "parliament", "god", "covid", "english"]
)
SIGNS: Final = {"-": "down", "–": "down", "−": "down", "+": "up", "▼": "down", "▲": "up"}
HAVE: Final = frozenset({"has", "have", "had"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Phrases with their letters; fillers are left out.

    Parameters
    ----------
    chunks : list of Chunk
    codes : str
        One letter for each.
    perfect : bool
        Whether it speaks of what "has been", so of a time that lasts until now.
    doubtful : tuple of int
        Where words such as "if", "could" or "on pace" begin: what follows is no claim.
    """

    chunks: list[Chunk]
    codes: str
    perfect: bool
    doubtful: tuple[int, ...] = ()
    about_guns: bool = False
    accident: bool = False


def coded(found: list[Chunk]) -> Sentence:
    """A sentence whose every phrase has its letter."""
    perfect = False
    for index, chunk in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        chunk.code = chunk.code or _code(chunk, before, after)
        perfect = perfect or chunk.norm in ("have been", "has been", "'ve")
        perfect = perfect or (chunk.norm in ("has", "have") and chunk.code == "-")
    _name_places(found)
    multiples = any(chunk.code in "xf" for chunk in found)
    kept = [one for one in found if one.code != "-" and (multiples or one.code != "=")]
    accident = any("accident" in chunk.kinds for chunk in found)
    doubtful = tuple(chunk.start for chunk in found if "not_here" in chunk.kinds)
    return Sentence(
        kept, "".join(chunk.code for chunk in kept), perfect, doubtful, accident=accident
    )


def _code(chunk: Chunk, before: Chunk | None, after: Chunk | None) -> str:
    if chunk.norm in SIGNS and after is not None and _signs(chunk, before, after):
        chunk.value = SIGNS[chunk.norm]
        return "J"
    return (
        BY_NORM.get(chunk.norm)
        or _by_neighbours(chunk, before, after)
        or _by_direction(chunk, before)
        or _by_kind(chunk)
    )


def _by_neighbours(chunk: Chunk, before: Chunk | None, after: Chunk | None) -> str:
    """The letter of a word that does several things."""
    kinds = chunk.kinds
    if "count" in kinds and {"record_verbs", "reach_verbs"} & kinds.keys():
        named = before is not None and (before.code in "mMG" or before.norm in NOUN_AFTER)
        return "n" if named else "h"
    if chunk.norm in HAVE:
        counts = (after is not None and after.code in ("q", "M")) or _counts(after)
        return "h" if counts else "-"
    if "superlatives" in kinds and "record_verbs" in kinds:
        return "S" if before is not None and before.norm in ("a", "the", "new", "an", "at") else "h"
    none = "none" in kinds or (
        chunk.norm == "no" and after is not None and "measure" in after.kinds
    )
    return "w" if none else ""


def _by_direction(chunk: Chunk, before: Chunk | None) -> str:
    if "same.nouns" in chunk.kinds:
        chunk.value = "same"
        return "N"
    for way in ("up", "down"):
        if any(f"{way}.{form}" in chunk.kinds for form in ("verbs", "nouns", "adverbs", "causing")):
            return _direction(chunk, way, before)
    return ""


def _by_kind(chunk: Chunk) -> str:
    kinds = chunk.kinds
    for kind, code in BY_KIND:
        if kind in kinds:
            chunk.value = kinds[kind] if code in "Xxf" else chunk.value
            return code
    if "verbs" in kinds:
        return "s"
    return "a" if "according" in kinds else "w"


def _name_places(found: list[Chunk]) -> None:
    """Names with a capital after "in" are places, though no figure knows them."""
    words = [chunk for chunk in found if chunk.code == "w"]
    if sum(chunk.capital for chunk in words) > 0.6 * len(words) + 2:
        return  # a headline, where every word has one
    for index in range(1, len(found)):
        chunk = found[index]
        if (
            chunk.code == "w" and chunk.capital and not chunk.kinds
            and found[index - 1].norm in ("in", "across", "throughout", "around")
            and chunk.norm not in NO_PLACES
        ):  # fmt: skip
            end = index
            while end + 1 < len(found) and found[end + 1].code in "wL" and found[end + 1].capital:
                end += 1
            slug = "-".join(one.norm.strip(".") for one in found[index : end + 1])
            chunk.code, chunk.kinds, chunk.end = "L", {"places": slug}, found[end].end
            for one in found[index + 1 : end + 1]:
                one.code = "-"


def _signs(chunk: Chunk, before: Chunk | None, after: Chunk) -> bool:
    """Whether a mark is the sign of a number, as in "(-4%)"."""
    opens = before is None or before.end < chunk.start or before.norm in ("(", "[", ":", ",")
    return after.code == "%" and chunk.end == after.start and opens


def _counts(after: Chunk | None) -> bool:
    return after is not None and (
        after.code in ("%", "x", "v", "d")
        or after.norm in ("a", "an", "the", "no", "recorded", "seen", "twice", "half", "double")
        or bool({"more", "fewer", "superlatives"} & after.kinds.keys())
    )


def _direction(chunk: Chunk, way: str, before: Chunk | None) -> str:
    kinds = chunk.kinds
    chunk.value = way
    verb = f"{way}.verbs" in kinds or f"{way}.causing" in kinds
    noun = f"{way}.nouns" in kinds
    if f"{way}.adverbs" in kinds and not verb:
        return "C" if "more" in kinds or "fewer" in kinds else "J"
    if not (verb and noun):
        return "N" if noun else "V"
    named = before is not None and (
        before.norm in NOUN_AFTER
        or before.code in ("%", "d", "P", "S", "G", "u")
        or before.norm.endswith(("ic", "al"))
    )
    return "N" if named else "V"
