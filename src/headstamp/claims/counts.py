"""Claims of a number: "320 murders", "murders exceeded 760", "1,714 people were shot"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from headstamp.claims.bounds import relation_of
from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import KILLED, NARROW, NEUTRAL, OTHER, Measured
from headstamp.claims.vocabulary import Counted

BARE: Final = r"(?:$|[,;APLlicCSZJVFTtaEBvXYWsyx]|o[Ll]|d|M|b(?!H)|/)"
"""What may follow a number that counts what was spoken of before."""
ELLIPTIC: Final = (
    r"(?:Eb|n(?:[iP][LlP]?|[Ll]){0,3}(?:b|R|e)|(?:^|[,;A]|,A)(?:[iA]?P,?)?[LlHW]?h|W[Reb]|b[Re]|(?:,|A|,A)R"
    r"|(?:^|[,;])P;)k?"
)
"""What may stand before a number that counts what was spoken of before."""
EVERY: Final = re.compile(r"\b(?:every|per)\b", re.IGNORECASE)
TOOK: Final = frozenset({"claimed", "claiming", "took", "taken", "cost", "lost", "claims"})
A_DAY: Final = re.compile(
    r"(?:[^\w.;]+\w+){0,4}?[^\w.;]+(?:(?:every|each|per|a|an)\s+"
    r"(?:single\s+)?(?:day|night|week|weekend|month|year|hour)\b(?!\s+(?:ago|earlier|before|prior))"
    r"|daily|annually|yearly|weekly)",
    re.IGNORECASE,
)
AVERAGE: Final = re.compile(r"\b(?:averag|typical)\w*[^.;]{0,20}$", re.IGNORECASE)


def find_counts(scene: Scene) -> None:
    """Every number that counts a measure."""
    for index, code in enumerate(scene.codes):
        if code in "qr" and index not in scene.used:
            one = scene.left(index, "qiw?")
            if one is not None and scene.numeral(one.start()).high == 1:
                _one_in(scene, index, one.start())
                continue
            if scene.left(index, r"q(?:w?o|i)w?") and scene.numeral(index).high < 100:
                continue
            _ = _attached(scene, index) or _harmed(scene, index) or _said_of(scene, index)
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
    _count(scene, index, at, measured)
    return True


def _one_in(scene: Scene, index: int, first: int) -> None:
    """ "one in 700 residents was shot" is a rate."""
    found = scene.right(index, r"w?(?:H|L|[oi][LlH])*b?[dw]?K")
    many = scene.numeral(index)
    if found is None or many.high < 2:
        return
    at = found.end() - 1
    per = 100_000 / many.high
    draft = _count(scene, index, at, scene.measure(at))
    draft.numeral = replace(many, low=per, high=per, unit="per_100000")
    draft.first = first
    scene.used.update({first, at})


def _single(scene: Scene, index: int) -> bool:
    found = scene.right(index, r"k?[w]?m")
    if found is None or scene.numeral(index).high != 1:
        return False
    at = found.end() - 1
    _count(scene, index, at, scene.measure(at))
    return True


def _count(scene: Scene, index: int, at: int, measured: Measured) -> Draft:
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
    if _averages(scene, index, at):
        measured = Measured(Counted(OTHER.measures, "an average over time, which no figure counts"))
    draft = Draft(
        min(index, at), max(index, end), measured, relation_of(numeral), index, numeral, index
    )
    draft.hedge = numeral.hedge
    if (before := scene.left(index, r"e")) is not None:
        _beyond(scene, draft, before.start())
    return scene.add(draft, index)


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


def _harmed(scene: Scene, index: int) -> bool:
    """ "1,714 people have been shot", "34 wounded"."""
    if scene.sentence.accident and not scene.sentence.about_guns:
        return False
    found = scene.right(index, r"(?:o[HWw]?)?k?(?:w?H)?k?(?:[iPLl]{0,4}W?b)?(?:d|w(?=K))?K")
    if found is None:
        return _victims(scene, index) or _killing(scene, index)
    at = found.end() - 1
    scene.used.add(at)
    measured = scene.measure(at)
    people = [scene.chunks[one] for one in range(index + 1, at) if scene.codes[one] == "H"]
    if any("subset" in one.kinds for one in people):
        measured = Measured(Counted(OTHER.measures, "only some of those shot are meant"))
    _count(scene, index, at, measured)
    return True


def _killing(scene: Scene, index: int) -> bool:
    """ "killed 39,773 Americans"."""
    found = scene.left(index, "K")
    lives = scene.right(index, "H") is not None and scene.chunks[index + 1].norm == "lives"
    if lives and scene.left(index, "[shw]") and scene.chunks[index - 1].norm in TOOK:
        measured = KILLED if scene.sentence.about_guns else Counted(("murders",))
        _count(scene, index, index + 1, Measured(measured))
        return True
    to_violence = scene.right(index, "w?HTM")
    if to_violence is not None and scene.chunks[index - 1].norm == "lost":
        measured = KILLED if scene.sentence.about_guns else Counted(("murders",))
        people = scene.chunks[to_violence.end() - 3]
        narrow = "subset" in people.kinds
        _count(scene, index, to_violence.end() - 1, Measured(NARROW if narrow else measured))
        return True
    again = bool(scene.drafts) and scene.left(index, "AK") is not None
    if found is None or not (again or scene.right(index, "w?(?:H|L)")):
        return False
    scene.used.add(found.start())
    _count(scene, index, found.start(), scene.measure(found.start()))
    return True


def _victims(scene: Scene, index: int) -> bool:
    """ "1,703 victims" are those spoken of before."""
    found = scene.right(index, r"k?H")
    if found is None or not scene.chunks[found.end() - 1].norm.endswith("victims"):
        return False
    before = scene.subject(index)
    measured = scene.measure(before) if before is not None else scene.context
    if measured is None:
        return False
    first = measured.counted.measures[0]
    victims = Counted(("shooting_victims",), "the victims are those of the shootings spoken of")
    _count(scene, index, found.end() - 1,
           Measured(victims) if first == "shooting_incidents" else measured)  # fmt: skip
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
    if measured.rate and scene.numeral(index).unit == "count":
        return False
    draft = _count(scene, index, at, measured)
    draft.year_total = verb == "T"
    return True


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
    draft = _count(scene, index, index, measured)
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
