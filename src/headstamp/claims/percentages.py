"""Changes by a percentage or a multiple: "up 12 percent", "doubled"."""

from __future__ import annotations

from typing import Final

from headstamp.claims.change_words import appositive, change_draft, direction_at, measures_of
from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured


def percentages(scene: Scene, index: int) -> None:
    code = scene.codes[index]
    if code not in "%fx" or (code == "x" and scene.left(index, "[VJ][dv]?") is None):
        return
    if (
        code == "f"
        and scene.left(index, r"[yVJ]\W?[dv]?") is None
        and scene.right(index, "[CJN]") is None
    ):
        return
    word, last = _word_of(scene, index)
    if word is None:
        _gapped(scene, index)
        return
    measures = measures_of(scene, word, last)
    begin = min(index, word)
    few = scene.codes.count("w", 0, begin) <= 1
    listed = (bool(scene.drafts) or few) and scene.left(begin, r",[w]?") is not None
    listed = listed or (scene.codes[word] == "V" and scene.right(word, "W") is not None)
    stands = listed or appositive(scene, begin)
    fallback = scene.latest if not measures and stands else None
    for at in measures:
        _percent(scene, index, word, scene.measure(at), at)
    if fallback is not None:
        _percent(scene, index, word, fallback, None)


def _gapped(scene: Scene, index: int) -> None:
    """ "crime dropped 10%, murders 9% and rapes 17%"."""
    found = scene.left(index, r"[,;A]M(?:y|d|i?L)?")
    earlier = [one for one in scene.drafts if one.relation == "change" and one.last < index]
    held = max(earlier, key=lambda one: one.last, default=None)
    word = max(scene.codes.rfind(one, 0, index) for one in "VJ")
    after = scene.right(index, "iM") if scene.left(index, "[,;A]") and held is not None else None
    if (found is None and after is None) or (held is None and word < 0):
        return
    way = held.direction if held is not None else direction_at(scene, word)
    if not way:
        return
    at = (
        after.end() - 1 if found is None and after is not None else scene.codes.rfind("M", 0, index)
    )
    numeral = scene.numeral(index)
    draft = Draft(
        min(at, index), max(at, index), scene.measure(at), "change", index, numeral, index, way
    )
    draft.hedge = numeral.hedge or numeral.bound
    scene.add(draft, index)


def _percent(scene: Scene, index: int, word: int, measured: Measured, at: int | None) -> None:
    ends = [index, word]
    if at is not None and _near(scene, at, ends):
        ends.append(at)
    draft = change_draft(scene, measured, word, min(ends), max(ends))
    draft.numeral, draft.number = scene.numeral(index), index
    softened = scene.left(index, "[dv]")
    hedge = draft.numeral.hedge or draft.numeral.bound
    if not hedge and softened is not None:
        kinds = scene.chunks[softened.start()].kinds
        hedge = kinds.get("hedges") or kinds.get("bounds") or ""
    draft.hedge = hedge or draft.hedge
    draft.core = index
    draft.subject = at
    scene.add(draft, index, word)


def _near(scene: Scene, at: int, ends: list[int]) -> bool:
    """Whether a measure is in the same part of a sentence, so within the claim's words."""
    low, high = min([*ends, at]), max([*ends, at])
    return "," not in scene.codes[low:high] or scene.codes[low:high].count("M") > 2


AFTER: Final = (r"[dPLlGw]{0,2}N", r"[CJ]")
BEFORE: Final = (
    r"[VJN]W?(?:[LlPd]{0,3}|d?,(?=y))(?:[yo]|i)?[dv]{0,2}",
    r"V[LlGw]{0,2}M[LliPwoG,]{0,8}y[dv]?",
)
FAR_AFTER: Final = r"[LlPi]{1,3}[J]"
FAR_BEFORE: Final = r"[VJ],?A?M[LliP]{0,4}(?:y)?[dv]?"


def _word_of(scene: Scene, index: int) -> tuple[int | None, int]:
    """The word of change that a percentage belongs to, and where both end."""
    for after, before in ((AFTER, BEFORE), ((FAR_AFTER,), (FAR_BEFORE,))):
        for pattern in after:
            if (found := scene.right(index, pattern)) is not None:
                return found.end() - 1, found.end() - 1
        for pattern in before:
            if (found := scene.left(index, pattern)) is not None:
                return found.start(), index
    return None, index


def multiplied(scene: Scene, index: int) -> None:
    """ "murders doubled", "have more than tripled"."""
    if scene.codes[index] != "X":
        return
    softened = scene.left(index, "[dv]")
    for at in measures_of(scene, index, index):
        draft = change_draft(scene, scene.measure(at), index, min(at, index), max(at, index))
        value = float(scene.chunks[index].value)
        draft.numeral, draft.number = Numeral(value, value, "times"), index
        if softened is not None:
            kinds = scene.chunks[softened.start()].kinds
            draft.hedge = kinds.get("hedges") or kinds.get("bounds") or ""
        draft.subject = at
        scene.add(draft, index)
