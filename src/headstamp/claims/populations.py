"""Claims of how many people live somewhere: "a city of 2.7 million"."""

from __future__ import annotations

from typing import Final

from headstamp.claims.bounds import relation_of
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured
from headstamp.claims.vocabulary import Counted

POPULATION: Final = Measured(Counted(("population",)))
FEWEST: Final = 1000
"""People; fewer are counted for another reason."""
LIVED_IN: Final = frozenset({"city", "town", "metropolis", "county", "population"})
LIVING: Final = frozenset({"live", "living", "lived", "reside"})


def find_population(scene: Scene) -> None:
    """Every number of people of a place."""
    for index, code in enumerate(scene.codes):
        if code != "q" or index in scene.used or scene.numeral(index).high < FEWEST:
            continue
        first = _beginning(scene, index)
        if first is None:
            continue
        numeral = scene.numeral(index)
        draft = Draft(first, index, POPULATION, relation_of(numeral), index, numeral, index)
        draft.hedge, draft.population = numeral.hedge, True
        scene.add(draft, index)


def _beginning(scene: Scene, index: int) -> int | None:
    """Where a number of people begins to be said; None where it is none."""
    named = scene.left(index, r"[lLw]o")
    if named is not None and scene.chunks[named.start()].norm.split()[-1] in LIVED_IN:
        return named.start()
    after = [chunk.norm for chunk in scene.chunks[index + 1 : index + 4]]
    if LIVING & set(after) and scene.right(index, "w?H") is not None:
        return index
    if scene.left(index, "wT") is not None and scene.chunks[index - 2].norm == "home":
        return index
    if after[:1] in (["residents"], ["inhabitants"]) and scene.left(index, "[sRbhi]"):
        return index
    before = [chunk.norm for chunk in scene.chunks[max(0, index - 6) : index]]
    stands = scene.left(index, r"w[oLliPb]{0,4}[beRoV]T?") is not None
    stands = stands or before[-1:] == ["population"]
    return index if "population" in before and stands else None
