"""Words of change: which way, how much, and of what."""

from __future__ import annotations

import re
from typing import Final

from headstamp.claims.claim import Direction
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured

AROUND: Final = r"[LlPid]{0,6}"
FOREIGN: Final = re.compile(r"[,;A]+w{1,4}[bdhLlP]*$|0")
"""Words between that are a subject of their own, or say "not"."""
PAST: Final = frozenset({"reduced", "cut", "lowered", "slashed", "brought down", "drove down",
    "curbed", "trimmed", "driven down", "decreased", "increased", "brought"})  # fmt: skip


def direction_at(scene: Scene, index: int) -> Direction:
    """Up, down or the same, by the word at a phrase."""
    chunk = scene.chunks[index]
    if chunk.code == "Y" or chunk.value == "same":
        return "same"
    if chunk.code in "Cv":
        return "up" if "more" in chunk.kinds or "more" in chunk.norm else "down"
    if chunk.code == "X":
        return "down" if chunk.value < 1 else "up"
    return "up" if chunk.value == "up" else "down"


def change_draft(scene: Scene, measured: Measured, word: int, first: int, last: int) -> Draft:
    draft = Draft(first, last, measured, "change", word, direction=direction_at(scene, word))
    draft.hedge = degree(scene, word)
    return draft


def degree(scene: Scene, word: int) -> str:
    """The hedge beside a word of change, as "slightly"."""
    for found in (scene.left(word, "d[P]?"), scene.right(word, "d")):
        if found is not None:
            at = found.start()
            hedge = scene.chunks[at].kinds.get("hedges", "")
            if hedge and not (scene.codes[at + 1 : at + 2] in "q%f" and at > word):
                return str(hedge)
    return ""


def measures_of(scene: Scene, word: int, last: int) -> list[int]:
    """Of what a word of change speaks: after "in" or "of", else the subject before it."""
    found = scene.right(last, rf"(?:{AROUND}[oi]?[LlGwk]{{0,2}})M") or None
    direct = scene.right(last, r"[LlPd]{0,3}[oi][LlGwP]{0,3}M")
    if direct is not None and scene.codes[word] in "NXSC":
        return scene.group(direct.end() - 1)
    if scene.codes[word] == "V" and causes(scene, word):
        caused = scene.right(word, r"[LlGwd]{0,2}M")
        if caused is not None:
            return scene.group(caused.end() - 1)
    before = scene.subject(word)
    if before is not None and belongs(scene, before, word):
        return scene.group(before)
    if found is not None and scene.codes[word] in "NJ":
        return scene.group(found.end() - 1)
    return []


def causes(scene: Scene, word: int) -> bool:
    chunk = scene.chunks[word]
    return "down.causing" in chunk.kinds or chunk.norm in PAST


def belongs(scene: Scene, subject: int, word: int) -> bool:
    """Whether nothing between them is a subject of its own."""
    between = scene.codes[subject + 1 : word]
    if FOREIGN.search(between) is not None:
        return False
    if "w" not in between:
        return len(between) <= 14
    return between.count("w") <= 3 and len(between) <= 10


def appositive(scene: Scene, begin: int) -> bool:
    """Whether a change begins a sentence or follows a comma: "That is a jump of 12 percent"."""
    return scene.left(begin, r"(?:^|W|Wb|[bRe]|^b|n[PLl]?b?|h)[w]?[dv]?") is not None
