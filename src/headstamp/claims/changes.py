"""Claims of change: "fell", "a drop in shootings", "more murders than last year"."""

from __future__ import annotations

import re
from typing import Final

from headstamp.claims.change_words import PAST, appositive, causes, change_draft, degree
from headstamp.claims.draft import Scene
from headstamp.claims.levels import bracketed, by_count, from_base, level_after, pair
from headstamp.claims.measured import NARROW, Measured
from headstamp.claims.percentages import multiplied, percentages


def find_changes(scene: Scene) -> None:
    """Every change of a measure: by a percentage, by a number, to a number, or by direction."""
    for letters, find in FINDERS:
        for index, code in enumerate(scene.codes):
            if code in letters and index not in scene.used:
                find(scene, index)


def _more_or_fewer(scene: Scene, index: int) -> None:
    """ "12 percent fewer murders", "30 more shootings than last year", "fewer murders than"."""
    if scene.codes[index] not in "Cv":
        return
    if scene.codes[index] == "v" and not (
        scene.left(index, "[q%]")
        and scene.chunks[index].norm in ("more than", "fewer than", "less than")
    ):
        return
    found = scene.right(index, r"(?:[w]{0,2}[LlG]{0,2}M|w?HW?b?K)") or (
        _than(scene, index) if scene.left(index, r"[q%][d]?") else None
    )
    number = scene.left(index, r"[q%fx][d]?")
    if found is None or (number is None and not _stands(scene, index, found.end())):
        return
    at = max(found.end() - 1, index)
    if at >= len(scene.codes) or scene.codes[at] not in "MK":
        subject = scene.subject(index)
        if subject is None:
            _fewer_than_before(scene, index)
            return
        at = subject
    measured = (
        Measured(NARROW) if "w" in found[0] and scene.chunks[index + 1].glued else scene.measure(at)
    )
    for member in scene.group(at):
        begin = number.start() if number else index
        draft = change_draft(
            scene,
            measured if member == at else scene.measure(member),
            index,
            begin,
            max(index, member),
        )
        if number is not None:
            draft.numeral, draft.number = scene.numeral(number.start()), number.start()
            draft.hedge = draft.numeral.hedge or draft.numeral.bound or draft.hedge
            scene.used.add(number.start())
        scene.add(draft, index)


def _fewer_than_before(scene: Scene, index: int) -> None:
    """ "That was 32 fewer than in 2021": of what the sentence before spoke of."""
    number = scene.left(index, r"[q%][d]?")
    if number is None or scene.latest is None or not appositive(scene, number.start()):
        return
    at = number.start()
    draft = change_draft(scene, scene.latest, index, at, index)
    draft.numeral, draft.number = scene.numeral(at), at
    draft.hedge = draft.numeral.hedge or draft.numeral.bound
    scene.add(draft, index, at)


def _than(scene: Scene, index: int) -> re.Match[str] | None:
    """ "200 fewer than at this time last year", said of what was spoken of before."""
    return scene.right(index, r"(?:(?<=v)|t|$|[,;.])")


def _stands(scene: Scene, index: int, end: int) -> bool:
    """Whether "more murders" is said of a time or place: compared, or as what there was."""
    if scene.chunks[index].norm not in ("more", "fewer", "less") and "t" not in scene.codes[index:]:
        return False
    compared = scene.right(end - 1, r"[^;,MVJ]{0,6}t[ioP]{0,3}[PLE]") is not None
    last = scene.right(end - 1, r"[^;,MVJ]{0,6}tw")
    compared = compared or (last is not None and scene.chunks[last.end() - 1].norm == "last")
    return compared or scene.left(index, r"(?:Eb|[LlH]h|[LlH]b)[d]?") is not None


def _directions(scene: Scene, index: int) -> None:
    """ "murders have decreased slightly", "a decline in shootings", "murders are down"."""
    code = scene.codes[index]
    if code not in "VJNY" or scene.chunks[index].norm == "off" or scene.left(index, "[%f]o"):
        return
    measures: list[int] = []
    if code == "N":
        found = scene.right(index, r"[LlPd]{0,3}[io][LlGwP]{0,2}M")
        measures = scene.group(found.end() - 1) if found else []
    elif code == "V" and causes(scene, index) and scene.left(index, "T") is None:
        found = scene.right(index, r"[LlGwd]{0,2}M")
        if found is not None and scene.chunks[index].norm in PAST:
            measures = scene.group(found.end() - 1)
    before = scene.left(index, r"M(?P<between>[LliPoGd,AbwY]{0,8})")
    if (
        not measures
        and code != "N"
        and before is not None
        and _direct(scene, before["between"], index)
    ):
        measures = scene.group(before.start())
    if code == "Y" and not measures and scene.drafts and scene.left(index, ",") is not None:
        scene.add(change_draft(scene, scene.drafts[-1].measured, index, index, index), index)
    for at in measures:
        draft = change_draft(scene, scene.measure(at), index, min(at, index), max(at, index))
        if scene.right(index, r"[iPLl]{0,3}d(?![q%f])") and not draft.hedge:
            draft.hedge = degree(scene, index)
        if scene.codes[index + 1 : index + 2] == "d":
            draft.last = max(draft.last, index + 1)
        elif index and scene.codes[index - 1] == "d":
            draft.first = min(draft.first, index - 1)
        draft.subject = at
        scene.add(draft, index)


def _direct(scene: Scene, between: str, index: int) -> bool:
    if "w" in between:
        return False
    if (
        scene.codes[index] == "J"
        and not between.rstrip("d").endswith("b")
        and between.strip("LliPd,")
    ):
        return False
    return scene.right(index, r"[q]") is None and (
        scene.codes[index] != "J" or scene.right(index, r"(?:$|[dPLlicFAt,;yB])") is not None
    )


FINDERS: Final = (
    ("qr%", from_base), ("q", bracketed), ("%fx", percentages), ("X", multiplied),
    ("Cv", _more_or_fewer), ("qr", by_count), ("q", pair), ("VJNY", _directions),
    ("qr", level_after),
)  # fmt: skip
"""Letters and what is found at them: what has numbers before what has none."""
