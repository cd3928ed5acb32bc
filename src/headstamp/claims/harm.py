"""Claims of people shot, killed or wounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from headstamp.claims.counting import count
from headstamp.claims.draft import Scene
from headstamp.claims.measured import GUNS, KILLED, NARROW, OTHER, Measured
from headstamp.claims.vocabulary import Counted

TOOK: Final = frozenset({"claimed", "claiming", "took", "taken", "cost", "lost", "claims"})


def harmed_people(scene: Scene, index: int) -> bool:
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
    count(scene, index, at, measured)
    return True


def one_in(scene: Scene, index: int, first: int) -> None:
    """ "one in 700 residents was shot" is a rate."""
    found = scene.right(index, r"w?(?:H|L|[oi][LlH])*b?[dw]?K")
    many = scene.numeral(index)
    if found is None or many.high < 2:
        return
    at = found.end() - 1
    per = 100_000 / many.high
    draft = count(scene, index, at, scene.measure(at))
    draft.numeral = replace(many, low=per, high=per, unit="per_100000")
    draft.first = first
    scene.used.update({first, at})


def _killing(scene: Scene, index: int) -> bool:
    """ "killed 39,773 Americans"."""
    found = scene.left(index, "K")
    lives = scene.right(index, "H") is not None and scene.chunks[index + 1].norm == "lives"
    if lives and scene.left(index, "[shw]") and scene.chunks[index - 1].norm in TOOK:
        measured = KILLED if scene.sentence.about_guns else Counted(("murders",))
        count(scene, index, index + 1, Measured(measured))
        return True
    to_violence = scene.right(index, "w?HTM")
    if to_violence is not None and scene.chunks[index - 1].norm == "lost":
        measured = KILLED if scene.sentence.about_guns else Counted(("murders",))
        people = scene.chunks[to_violence.end() - 3]
        narrow = "subset" in people.kinds
        count(scene, index, to_violence.end() - 1, Measured(NARROW if narrow else measured))
        return True
    if scene.left(index, "K") and not _by_violence(scene, index - 2):
        return False
    again = bool(scene.drafts) and scene.left(index, "AK") is not None
    if found is None or not (again or scene.right(index, "w?(?:H|L)")):
        return False
    scene.used.add(found.start())
    count(scene, index, found.start(), scene.measure(found.start()))
    return True


def _by_violence(scene: Scene, index: int) -> bool:
    """Whether guns or violence, and no single person, did it: "gunfire wounded 83 people"."""
    if index < 0:
        return False
    chunk = scene.chunks[index]
    return chunk.code in "MA" or bool(GUNS & set(chunk.norm.split())) or chunk.norm == "violence"


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
    count(scene, index, found.end() - 1,
           Measured(victims) if first == "shooting_incidents" else measured)  # fmt: skip
    return True
