"""Changes from one number to another: "320 murders, down from 322", "fell to 320"."""

from __future__ import annotations

from dataclasses import replace

from headstamp.claims.bounds import relation_of
from headstamp.claims.change_words import appositive, change_draft, direction_at, measures_of
from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured


def from_base(scene: Scene, index: int) -> None:
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
    measures = measures_of(scene, word, word) if way is not None else []
    measures = measures or ([subject] if subject is not None else [])
    for at in measures:
        draft = Draft(
            min(at, word), max(now, at if at > word else now), scene.measure(at), "change", now
        )
        draft.numeral, draft.number = rated(scene, now, draft.measured), now
        draft.base, draft.base_number = rated(scene, base, draft.measured), base
        draft.hedge = draft.numeral.hedge
        if way is not None:
            draft.direction = direction_at(scene, way)
        scene.add(draft, base, now, word)


def _against(scene: Scene, base: int, way: int | None, joined: int) -> None:
    """ "320 murders, down from 322": one claim with both numbers."""
    earlier = [draft for draft in scene.drafts if draft.last < base]
    held = max(earlier, key=lambda draft: draft.last, default=None)
    level = held is not None and held.base is None and one_clause(scene, held.last, joined)
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
        held.base, held.base_number = rated(scene, base, held.measured), base
        held.last = max(held.last, base)
        scene.used.update({base, begin} if percent is None else {base})
        return
    subject = scene.subject(begin)
    if subject is None or way is None or scene.numeral(base).unit != "count":
        return
    draft = change_draft(scene, scene.measure(subject), way, subject, base)
    draft.base, draft.base_number = rated(scene, base, draft.measured), base
    scene.add(draft, base, way)


def rated(scene: Scene, index: int, measured: Measured) -> Numeral:
    """A number of a rate is per 100,000, wherever that was said."""
    numeral = scene.numeral(index)
    rate = measured.rate and numeral.unit == "count"
    return replace(numeral, unit="per_100000") if rate else numeral


def one_clause(scene: Scene, last: int, joined: int) -> bool:
    between = scene.codes[last + 1 : joined]
    return "M" not in between and len(between) <= 12 and between.count("w") <= 4


def level_after(scene: Scene, index: int) -> None:
    """ "nearly doubled, to 190 from 97": the level after a change that was claimed before."""
    found = scene.left(index, r"(?<![VJNR]),?T") if scene.codes[index] in "qr" else None
    earlier = [one for one in scene.drafts if one.last < index and one.relation == "change"]
    held = max(earlier, key=lambda one: one.last, default=None)
    if found is None or held is None or not one_clause(scene, held.last, found.start()):
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
        draft.base, draft.base_number = rated(scene, at, draft.measured), at
        scene.used.add(at)


def pair(scene: Scene, index: int) -> None:
    """ "(97 v. 108)": two numbers of what was spoken of before."""
    found = scene.right(index, r"[iP]{0,2}cq") if scene.codes[index] == "q" else None
    at = scene.subject(index)
    if found is None or at is None or scene.left(index, "[wV]"):
        return
    base = found.end() - 1
    draft = Draft(index, base, scene.measure(at), "change", index, scene.numeral(index), index)
    draft.base, draft.base_number = rated(scene, base, draft.measured), base
    scene.add(draft, index, base)


def bracketed(scene: Scene, index: int) -> None:
    """ "320 (2016: 322)", "320 (322 in 2016)": an earlier year's number behind a claim's."""
    found = scene.left(index, r";P{1,2};?") or (
        scene.left(index, ";") if scene.right(index, r"i?P{1,2};") is not None else None
    )
    if scene.codes[index] != "q" or found is None or scene.chunks[found.start()].norm != "(":
        return
    held = next((one for one in scene.drafts if one.last == found.start() - 1), None)
    if held is None or held.base is not None or held.numeral is None or held.relation != "is":
        return
    times = [one for one in range(found.start(), index + 4) if scene.codes[one : one + 1] == "P"]
    held.relation, held.earlier_period = "change", times[0]
    held.base, held.base_number, held.last = scene.numeral(index), index, index
    scene.used.add(index)


def by_count(scene: Scene, index: int) -> None:
    """ "fell by 12", "an increase of 40", "fell to 320"."""
    if scene.codes[index] not in "qr":
        return
    if scene.right(index, r"[wH]") is not None and scene.right(index, r"[wk]?M") is None:
        return
    found = scene.left(index, r"(?P<word>[VJN])[LlPd]{0,3}(?P<way>T|y|o|F)")
    if found is None and scene.right(index, r"(?:F|c|t)[iP]{0,2}P") is not None:
        found = scene.left(index, r"(?P<word>J)(?P<way>)")
    if found is None:
        return
    word = found.start("word")
    measures = measures_of(scene, word, index)
    if not measures and found["way"] == "T" and scene.latest and appositive(scene, word):
        numeral = scene.numeral(index)
        draft = Draft(
            word, index, scene.latest, "is", index, numeral, index, direction_at(scene, word)
        )
        draft.hedge = numeral.hedge
        draft.relation = relation_of(numeral)
        scene.add(draft, index, word)
    for at in measures:
        draft = change_draft(scene, scene.measure(at), word, min(at, word), max(index, at))
        draft.numeral, draft.number, draft.core = scene.numeral(index), index, index
        draft.hedge = draft.numeral.hedge or draft.hedge
        if found["way"] == "T":
            draft.relation = relation_of(draft.numeral)
            _with_base(scene, draft)
        draft.subject = at
        scene.add(draft, index, word)
