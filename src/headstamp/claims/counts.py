"""Claims of a number: "320 murders", "murders exceeded 760", "there were 320"."""

from __future__ import annotations

import re
from typing import Final

from headstamp.claims.bounds import relation_of
from headstamp.claims.counting import count
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.harm import harmed_people, one_in
from headstamp.claims.measured import NARROW, NEUTRAL, OTHER, Measured
from headstamp.claims.vocabulary import Counted

BARE: Final = r"(?:$|[,;APLlicCSZJVFTtaEBvXYWsyx]|o[Ll]|d|M|b(?!H)|/)"
"""What may follow a number that counts what was spoken of before."""
ELLIPTIC: Final = (
    r"(?:Eb|n(?:[iP][LlP]?|[Ll]){0,3}(?:b|R|e)|(?:^|[,;A]|,A)(?:[iA]?P,?)?[LlHW]?h|W[Reb]|b[Re]|(?:,|A|,A)R"
    r"|(?:^|[,;])P;)k?"
)
"""What may stand before a number that counts what was spoken of before."""


def find_counts(scene: Scene) -> None:
    """Every number that counts a measure."""
    for index, code in enumerate(scene.codes):
        if code in "qr" and index not in scene.used:
            one = scene.left(index, "qiw?")
            if one is not None and scene.numeral(one.start()).high == 1:
                one_in(scene, index, one.start())
                continue
            if scene.left(index, r"q(?:w?o|i)w?") and scene.numeral(index).high < 100:
                continue
            _ = _attached(scene, index) or harmed_people(scene, index) or _said_of(scene, index)
    for index, code in enumerate(scene.codes):
        if code in "qr" and index not in scene.used:
            _ = _elliptic(scene, index)


def _attached(scene: Scene, index: int) -> bool:
    """The measure follows: "320 murders"."""
    found = scene.right(index, r"k?(?:[LlP]G?)?([wz]{0,2})k?M")
    if found is None:
        return _single(scene, index)
    at = found.end() - 1
    between = [scene.chunks[one] for one in range(found.start(1), found.end(1))]
    if (
        between
        and 1900 <= scene.numeral(index).low <= 2100
        and "," not in scene.text[scene.chunks[index].start : scene.chunks[index].end]
    ):
        return False
    if any(one.norm in ("agents", "officers", "arrests", "guns", "hours") for one in between):
        return False
    measured = scene.measure(at)
    if measured.counted.mass:
        return False
    if any(one.norm not in NEUTRAL for one in between):
        measured = Measured(NARROW)
    count(scene, index, at, measured)
    return True


def _single(scene: Scene, index: int) -> bool:
    found = scene.right(index, r"k?[w]?m")
    if found is None or scene.numeral(index).high != 1:
        return False
    at = found.end() - 1
    count(scene, index, at, scene.measure(at))
    return True


def _said_of(scene: Scene, index: int) -> bool:
    """The measure stands before: "murders in Chicago exceeded 760", "Homicides: 320"."""
    if scene.right(index, BARE) is None:
        return False
    found = _said_by(scene, index)
    verb = found["verb"] if found else ""
    if found is None or not _joins(scene, index, verb, found["between"]):
        return False
    at = found.start()
    measured = scene.measure(at)
    if measured.rate and scene.numeral(index).unit == "count" and not _a_rate(scene, at, index):
        return False
    draft = count(scene, index, at, measured)
    draft.year_total = verb == "T"
    _above_or_below(scene, draft, index)
    return True


def _above_or_below(scene: Scene, draft: Draft, index: int) -> None:
    """ "the count is 2 below last year's": by how much, not how many."""
    found = scene.right(index, r"vP")
    if found is None or scene.chunks[index + 1].norm not in ("above", "below", "over", "under"):
        return
    draft.relation, draft.last = "change", found.end() - 1
    draft.direction = "up" if scene.chunks[index + 1].norm in ("above", "over") else "down"
    draft.earlier_period = found.end() - 1


def _a_rate(scene: Scene, at: int, index: int) -> bool:
    """Whether a number of a rate says of how many: "per 100,000" before it, or a decimal."""
    per = any("per" in chunk.kinds for chunk in scene.chunks[at + 1 : index])
    return per or scene.numeral(index).low % 1 > 0


def _said_by(scene: Scene, index: int) -> re.Match[str] | None:
    """The measure before a number, and the verb or mark between."""
    found = scene.left(index, r"M(?P<between>,?)(?P<verb>i)") if scene.codes[index] == "r" else None
    if found is None and _totals(scene, index):
        found = scene.left(index, r"M(?P<between>[LlGP]{0,2})(?P<verb>[oT])")
    return found or scene.left(
        index, r"M(?P<between>[LliPoGwdzAW,]{0,8}?)(?P<verb>[RebY]i?k?S?|;|,?)"
    )


def _joins(scene: Scene, index: int, verb: str, between: str) -> bool:
    """Whether a verb or mark says that the number is that of the measure."""
    if verb == ",":
        return not between.strip("P") and scene.right(index, ",b") is not None
    if verb == ";":
        mark = scene.chunks[index - 1].norm in (":", "(", "-", "–", "—", "|")
        return mark and not (scene.codes[index] == "q" and scene.right(index, "[wHCv]"))
    if verb == "":
        stands = scene.codes[index - 1] == "M" or scene.codes[index] == "r"
        return stands and not between.strip("P")
    return True


def _totals(scene: Scene, index: int) -> bool:
    """Whether a total or rate "of" so many is said."""
    return any(
        scene.chunks[one].norm.endswith(("total", "count", "tally", "toll", "rate", "number"))
        for one in range(max(0, index - 4), index)
        if scene.codes[one] == "M"
    )


def _elliptic(scene: Scene, index: int) -> bool:
    """ "There were 320", "the total exceeded 760": what was counted before."""
    if scene.right(index, BARE) is None or scene.right(index, r"[MCv]") is not None:
        return False
    numeral = scene.numeral(index)
    found = scene.left(index, ELLIPTIC)
    if found is None and scene.right(index, "i?[PL]") is not None and scene.drafts:
        found = scene.left(index, r",?A|,")
    total = scene.left(index, r"n[PLl]?T")
    found = found or total
    at = scene.subject(index)
    measured = scene.measure(at) if at is not None else scene.latest
    if found is None or measured is None or numeral.unit == "span":
        return False
    begin = found.start()
    draft = count(scene, index, index, measured)
    draft.first = begin if scene.codes[begin] not in "iAP,;h" else index
    draft.year_total = total is not None
    draft.why.append("what is counted is taken from what was said before")
    return True


def find_shares(scene: Scene) -> None:
    """ "80 percent of the murders": a part of them, which no figure here counts."""
    for index, code in enumerate(scene.codes):
        found = scene.right(index, r"o[LlGwP]{0,3}M") if code in "%f" else None
        if found is None:
            continue
        numeral = scene.numeral(index)
        share = Measured(Counted(OTHER.measures, "a share of them, which no figure here counts"))
        draft = Draft(index, found.end() - 1, share, relation_of(numeral), index, numeral, index)
        draft.hedge = numeral.hedge
        scene.add(draft, index)
