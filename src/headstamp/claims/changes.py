"""Claims of change: "up 12 percent", "a jump of nearly 60 percent", "fell", "down from 322"."""

from __future__ import annotations

import re
from typing import Final

from headstamp.claims.bounds import relation_of
from headstamp.claims.chunks import Numeral
from headstamp.claims.claim import Direction
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import NARROW, Measured

SOFT: Final = r"[dv]{0,2}"
AROUND: Final = r"[LlPid]{0,6}"
FOREIGN: Final = re.compile(r"[,;A]+w{1,4}[bdhLlP]*$|0")
"""Words between that are a subject of their own, or say "not"."""
PAST: Final = frozenset({"reduced", "cut", "lowered", "slashed", "brought down", "drove down",
    "curbed", "trimmed", "driven down", "decreased", "increased", "brought"})  # fmt: skip


def find_changes(scene: Scene) -> None:
    """Every change of a measure: by a percentage, by a number, to a number, or by direction."""
    for find in FINDERS:
        for index in range(len(scene.codes)):
            if index not in scene.used:
                find(scene, index)


def direction_at(scene: Scene, index: int) -> Direction:
    """Up, down or the same, by the word at a phrase."""
    chunk = scene.chunks[index]
    if chunk.code == "Y":
        return "same"
    if chunk.code in "Cv":
        return "up" if "more" in chunk.kinds or "more" in chunk.norm else "down"
    if chunk.code == "X":
        return "down" if chunk.value < 1 else "up"
    return "up" if chunk.value == "up" else "down"


def _draft(scene: Scene, measured: Measured, word: int, first: int, last: int) -> Draft:
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


def _measures(scene: Scene, word: int, last: int) -> list[int]:
    """Of what a word of change speaks: after "in" or "of", else the subject before it."""
    found = scene.right(last, rf"(?:{AROUND}[oi]?[LlGwk]{{0,2}})M") or None
    direct = scene.right(last, r"[LlPd]{0,3}[oi][LlGwP]{0,3}M")
    if direct is not None and scene.codes[word] in "NXSC":
        return scene.group(direct.end() - 1)
    if scene.codes[word] == "V" and _causes(scene, word):
        caused = scene.right(word, r"[LlGwd]{0,2}M")
        if caused is not None:
            return scene.group(caused.end() - 1)
    before = scene.subject(word)
    if before is not None and _belongs(scene, before, word):
        return scene.group(before)
    if found is not None and scene.codes[word] in "NJ":
        return scene.group(found.end() - 1)
    return []


def _causes(scene: Scene, word: int) -> bool:
    chunk = scene.chunks[word]
    return "down.causing" in chunk.kinds or chunk.norm in PAST


def _belongs(scene: Scene, subject: int, word: int) -> bool:
    """Whether nothing between them is a subject of its own."""
    between = scene.codes[subject + 1 : word]
    if FOREIGN.search(between) is not None:
        return False
    if "w" not in between:
        return len(between) <= 14
    return between.count("w") <= 3 and len(between) <= 10


def _from_base(scene: Scene, index: int) -> None:
    """ "down from 322", "fell from 322 to 320", "compared with 322": an earlier number."""
    if scene.codes[index] not in "qr%":
        return
    found = scene.left(index, r"(?P<way>[JVNC]?)(?:[dP]|[LlP]){0,2}(?P<from>F|c|t)[LlP]?(?:n?o)?")
    if found is None or (found["from"] == "t" and found["way"] != "C"):
        return
    if scene.right(index, r"(?:w|H)") is not None and scene.right(index, r"[wk]?M|H?K") is None:
        return
    way = found.start("way") if found["way"] else None
    target = scene.right(index, r"[LliP]{0,4}T")
    if target is not None and scene.codes[target.end() : target.end() + 1] in ("q", "r", "%"):
        _from_to(scene, index, target.end(), way)
        return
    _against(scene, index, way, found.start("from"))


def _from_to(scene: Scene, base: int, now: int, way: int | None) -> None:
    """ "from 322 in 2015 to 320"."""
    word = way if way is not None else base
    subject = scene.subject(word)
    if way is None and (verb := scene.left(base, r"[VJN][^;,M]{0,6}F[LlP]?")) is not None:
        word, way = verb.start(), verb.start()
    measures = _measures(scene, word, word) if way is not None else []
    measures = measures or ([subject] if subject is not None else [])
    for at in measures:
        draft = Draft(
            min(at, word), max(now, at if at > word else now), scene.measure(at), "change", now
        )
        draft.numeral, draft.number = scene.numeral(now), now
        draft.base, draft.base_number = scene.numeral(base), base
        draft.hedge = draft.numeral.hedge
        if way is not None:
            draft.direction = direction_at(scene, way)
        scene.add(draft, base, now, word)


def _against(scene: Scene, base: int, way: int | None, joined: int) -> None:
    """ "320 murders, down from 322": one claim with both numbers."""
    earlier = [draft for draft in scene.drafts if draft.last < base]
    held = max(earlier, key=lambda draft: draft.last, default=None)
    level = held is not None and held.base is None and _clause(scene, held.last, joined)
    percent = scene.left(way if way is not None else joined, r"(?:%[dv]?|%[JNV]?[PLli,]{0,3})")
    begin = way if way is not None else joined
    if (
        held is not None
        and level
        and held.numeral
        and held.numeral.unit in ("count", "per_100000", "percent")
    ):
        held.relation = "change" if held.numeral.bound in ("", "about") else held.relation
        held.direction = direction_at(scene, way) if way is not None else held.direction
        held.base, held.base_number = scene.numeral(base), base
        held.last = max(held.last, base)
        scene.used.update({base, begin} if percent is None else {base})
        return
    subject = scene.subject(begin)
    if subject is None or way is None or scene.numeral(base).unit != "count":
        return
    draft = _draft(scene, scene.measure(subject), way, subject, base)
    draft.base, draft.base_number = scene.numeral(base), base
    scene.add(draft, base, way)


def _clause(scene: Scene, last: int, joined: int) -> bool:
    between = scene.codes[last + 1 : joined]
    return "M" not in between and len(between) <= 12 and between.count("w") <= 4


def _percentages(scene: Scene, index: int) -> None:
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
    measures = _measures(scene, word, last)
    begin = min(index, word)
    listed = bool(scene.drafts) and scene.left(begin, r",[w]?") is not None
    stands = listed or _appositive(scene, begin)
    fallback = scene.latest if not measures and stands else None
    for at in measures:
        _percent(scene, index, word, scene.measure(at), at)
    if fallback is not None:
        _percent(scene, index, word, fallback, None)


def _gapped(scene: Scene, index: int) -> None:
    """ "crime dropped 10%, murders 9% and rapes 17%"."""
    found = scene.left(index, r"[,A]M(?:by|d|i?L)?")
    earlier = [one for one in scene.drafts if one.relation == "change" and one.last < index]
    held = max(earlier, key=lambda one: one.last, default=None)
    if found is None or held is None or held.numeral is None or not held.direction:
        return
    at = found.start() + 1
    numeral = scene.numeral(index)
    draft = Draft(at, index, scene.measure(at), "change", index, numeral, index, held.direction)
    draft.hedge = numeral.hedge or numeral.bound
    scene.add(draft, index)


def _percent(scene: Scene, index: int, word: int, measured: Measured, at: int | None) -> None:
    ends = [index, word]
    if at is not None and _near(scene, at, ends):
        ends.append(at)
    draft = _draft(scene, measured, word, min(ends), max(ends))
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


def _word_of(scene: Scene, index: int) -> tuple[int | None, int]:
    """The word of change that a percentage belongs to, and where both end."""
    if (found := scene.right(index, r"[dPLlGw]{0,2}N")) is not None:
        return found.end() - 1, found.end() - 1
    if (found := scene.right(index, r"[CJ]")) is not None:
        return found.end() - 1, found.end() - 1
    if (
        found := scene.left(index, r"[VJN](?:[LlPd]{0,3}|d?,(?=y))(?:[yo]|i)?[dv]{0,2}")
    ) is not None:
        return found.start(), index
    if (found := scene.left(index, r"V[LlGw]{0,2}M[LliPwoG,]{0,8}y[dv]?")) is not None:
        return found.start(), index
    if (found := scene.right(index, r"[LlPi]{1,3}[J]")) is not None:
        return found.end() - 1, found.end() - 1
    if (found := scene.left(index, r"[VJ],?A?M[LliP]{0,4}(?:y)?[dv]?")) is not None:
        return found.start(), index
    return None, index


def _appositive(scene: Scene, begin: int) -> bool:
    """Whether a change begins a sentence or follows a comma: "That is a jump of 12 percent"."""
    return scene.left(begin, r"(?:^|W|Wb|[bRe]|^b|n[PLl]?b?|h)[w]?[dv]?") is not None


def _multiplied(scene: Scene, index: int) -> None:
    """ "murders doubled", "have more than tripled"."""
    if scene.codes[index] != "X":
        return
    softened = scene.left(index, "[dv]")
    for at in _measures(scene, index, index):
        draft = _draft(scene, scene.measure(at), index, min(at, index), max(at, index))
        value = float(scene.chunks[index].value)
        draft.numeral, draft.number = Numeral(value, value, "times"), index
        if softened is not None:
            kinds = scene.chunks[softened.start()].kinds
            draft.hedge = kinds.get("hedges") or kinds.get("bounds") or ""
        draft.subject = at
        scene.add(draft, index)


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
            return
        at = subject
    measured = (
        Measured(NARROW) if "w" in found[0] and scene.chunks[index + 1].glued else scene.measure(at)
    )
    for member in scene.group(at):
        begin = number.start() if number else index
        draft = _draft(
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


def _than(scene: Scene, index: int) -> re.Match[str] | None:
    """ "200 fewer than at this time last year", said of what was spoken of before."""
    return scene.right(index, r"(?:(?<=v)|t|$|[,;.])")


def _stands(scene: Scene, index: int, end: int) -> bool:
    """Whether "more murders" is said of a time or place: compared, or as what there was."""
    compared = scene.right(end - 1, r"[^;,MVJ]{0,6}t[ioP]{0,3}[PLE]") is not None
    return compared or scene.left(index, r"(?:Eb|[LlH]h|[LlH]b)[d]?") is not None


def _level_after(scene: Scene, index: int) -> None:
    """ "nearly doubled, to 190 from 97": the level after a change that was claimed before."""
    found = scene.left(index, r"(?<![VJNR]),?T") if scene.codes[index] in "qr" else None
    earlier = [one for one in scene.drafts if one.last < index and one.relation == "change"]
    held = max(earlier, key=lambda one: one.last, default=None)
    if found is None or held is None or not _clause(scene, held.last, found.start()):
        return
    numeral = scene.numeral(index)
    draft = Draft(index - 1, index, held.measured, "is", index, numeral, index, hedge=numeral.hedge)
    draft.relation = relation_of(numeral)
    _with_base(scene, draft)
    scene.add(draft, index)


def _with_base(scene: Scene, draft: Draft) -> None:
    """ "to 51 last year from 72"."""
    base = scene.right(draft.core, r"[iPLl]{0,3},?Fq")
    if base is not None:
        at = base.end() - 1
        draft.relation, draft.last = "change", max(draft.last, at)
        draft.base, draft.base_number = scene.numeral(at), at
        scene.used.add(at)


def _pair(scene: Scene, index: int) -> None:
    """ "(97 v. 108)": two numbers of what was spoken of before."""
    found = scene.right(index, r"[iP]{0,2}cq") if scene.codes[index] == "q" else None
    at = scene.subject(index)
    if found is None or at is None or scene.left(index, "[wV]"):
        return
    base = found.end() - 1
    draft = Draft(index, base, scene.measure(at), "change", index, scene.numeral(index), index)
    draft.base, draft.base_number = scene.numeral(base), base
    scene.add(draft, index, base)


def _by_count(scene: Scene, index: int) -> None:
    """ "fell by 12", "an increase of 40", "fell to 320"."""
    if scene.codes[index] not in "qr":
        return
    if scene.right(index, r"[wH]") is not None and scene.right(index, r"[wk]?M") is None:
        return
    found = scene.left(index, r"(?P<word>[VJN])[LlPd]{0,3}(?P<way>T|y|o|F)")
    if found is None:
        return
    word = found.start("word")
    measures = _measures(scene, word, index)
    if not measures and found["way"] == "T" and scene.context and _appositive(scene, word):
        numeral = scene.numeral(index)
        draft = Draft(
            word, index, scene.context, "is", index, numeral, index, direction_at(scene, word)
        )
        draft.hedge = numeral.hedge
        draft.relation = relation_of(numeral)
        scene.add(draft, index, word)
    for at in measures:
        draft = _draft(scene, scene.measure(at), word, min(at, word), max(index, at))
        draft.numeral, draft.number, draft.core = scene.numeral(index), index, index
        draft.hedge = draft.numeral.hedge or draft.hedge
        if found["way"] == "T":
            draft.relation = relation_of(draft.numeral)
            _with_base(scene, draft)
        draft.subject = at
        scene.add(draft, index, word)


def _directions(scene: Scene, index: int) -> None:
    """ "murders have decreased slightly", "a decline in shootings", "murders are down"."""
    code = scene.codes[index]
    if code not in "VJNY" or scene.chunks[index].norm == "off" or scene.left(index, "[%f]o"):
        return
    measures: list[int] = []
    if code == "N":
        found = scene.right(index, r"[LlPd]{0,3}[io][LlGwP]{0,2}M")
        measures = scene.group(found.end() - 1) if found else []
    elif code == "V" and _causes(scene, index) and scene.left(index, "T") is None:
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
    for at in measures:
        draft = _draft(scene, scene.measure(at), index, min(at, index), max(at, index))
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
    _from_base, _percentages, _multiplied, _more_or_fewer, _by_count, _pair, _directions,
    _level_after,
)  # fmt: skip
"""In this order: what has numbers before what has none."""
