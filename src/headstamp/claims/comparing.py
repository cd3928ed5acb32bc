"""Claims that set a place against others: "more than New York and Los Angeles combined"."""

from __future__ import annotations

import re

from headstamp.claims.change_words import direction_at
from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured

PLACES = r"(?:W?[oi]|n?[oi])?(?P<places>L(?:G|M)?(?:(?:,A|,|A)L(?:G|M)?)*)(?P<all>B?)"

AS_IN = r"[=vwnCo]{0,4}(?P<measure>M|HW?b?K)[iolLGP]{0,4}="
"""Of "twice as many people were shot in Chicago as in New York", up to the second "as"."""


def find_comparisons(scene: Scene) -> None:
    """Every comparison with other places."""
    for index, code in enumerate(scene.codes):
        if index not in scene.used:
            if code == "x":
                _multiple(scene, index)
            elif code in "vCJe":
                _beyond(scene, index)


def _beyond(scene: Scene, index: int) -> None:
    """ "more than New York", "higher than in Los Angeles", "more murders than Chicago"."""
    if scene.codes[index] == "v" and not scene.chunks[index].norm.endswith(" than"):
        return
    of = r"[LlGwd]{0,2}(?P<measure>(?:M|HW?b?K)?)[^;,]{0,4}t"
    than = "" if scene.codes[index] in "ve" else of
    found = scene.right(index, than + PLACES)
    if found is None:
        return
    said = found.end("measure") - 1 if than and found["measure"] else None
    at = said if said is not None else scene.subject(index)
    measured = scene.measure(at) if at is not None else scene.context
    if measured is None:
        return
    if scene.codes[index] == "e":
        if scene.right(found.end() - 1, "w") is not None:
            return  # "exceeding U.S. combat deaths"
        way = "up" if scene.chunks[index].kinds.get("bound_verbs") == "more_than" else "down"
    elif scene.codes[index] == "v":
        way = (
            "down" if scene.chunks[index].kinds.get("bounds") in ("less_than", "at_most") else "up"
        )
    else:
        way = direction_at(scene, index)
    draft = _draft(scene, measured, index, found.start("places"), found.end("places"))
    draft.direction = way  # type: ignore[assignment]
    draft.combined, draft.last = bool(found["all"]), found.end() - 1
    number = scene.left(index, r"[%x][d]?")
    if number is not None:
        draft.first = number.start()
        draft.numeral, draft.number = scene.numeral(number.start()), number.start()
        draft.hedge = draft.numeral.hedge or draft.numeral.bound
        scene.used.add(number.start())
    scene.add(draft, index, *range(found.start("places"), found.end()))


def _draft(scene: Scene, measured: Measured, index: int, begin: int, end: int) -> Draft:
    draft = Draft(index, end - 1, measured, "compared_with", index)
    draft.comparison_places = tuple(
        str(scene.chunks[one].kinds["places"])
        for one in range(begin, end)
        if scene.codes[one] == "L"
    )
    return draft


def _multiple(scene: Scene, index: int) -> None:
    """ "twice as many murders as New York", "three times the rate of Los Angeles"."""
    found = scene.right(index, AS_IN + PLACES) or scene.right(
        index, r"[=vwnCoLGl]{0,4}(?P<measure>M?)[^;]{0,4}?[=wton]?" + PLACES
    )
    measured: Measured | None
    after = scene.codes[found.end() : found.end() + 1] if found else ""
    if found is None or not (set(found[0]) & set("=tnov") or after in ("n", "M")):
        _over_time(scene, index)
        return
    at = found.end("measure") - 1 if found["measure"] else scene.subject(index)
    measured = scene.measure(at) if at is not None else scene.context
    if measured is None:
        return
    draft = _draft(scene, measured, index, found.start("places"), found.end("places"))
    numeral = scene.numeral(index)
    draft.numeral, draft.number = (
        Numeral(numeral.low, numeral.high, "times", numeral.hedge, numeral.bound),
        index,
    )
    draft.direction = "up" if numeral.low > 1 else "down"
    draft.hedge = numeral.hedge or numeral.bound or _softened(scene, index)
    draft.last, draft.combined = found.end() - 1, bool(found["all"])
    scene.add(draft, index, *range(found.start("places"), found.end()))


def _softened(scene: Scene, index: int) -> str:
    before = scene.left(index, "[dv]")
    if before is None:
        return ""
    kinds = scene.chunks[before.start()].kinds
    return str(kinds.get("hedges") or kinds.get("bounds") or "")


def _last_year(scene: Scene, index: int) -> re.Match[str] | None:
    """ "nearly double last year's toll"."""
    found = scene.right(index, "P")
    return found if found is not None and scene.chunks[index + 1].value[0] == "last" else None


def _over_time(scene: Scene, index: int) -> None:
    """ "twice as many murders as last year"."""
    found = scene.right(index, r"[=vwnCo]{0,3}M[^;,M]{0,5}[=wt][iEP]{0,2}P")
    said = scene.right(index, r"[=vwn]{0,3}[=tvF]i?P") or _last_year(scene, index)
    at = scene.codes.index("M", index) if found else scene.subject(index) if said else None
    if at is None:
        return
    numeral = scene.numeral(index)
    draft = Draft(index, max(index, at), scene.measure(at), "change", index)
    draft.numeral, draft.number = (
        Numeral(numeral.low, numeral.high, "times", numeral.hedge, numeral.bound),
        index,
    )
    draft.direction = "up" if numeral.low > 1 else "down"
    draft.hedge = numeral.hedge or numeral.bound or _softened(scene, index)
    end = (found or said).end() - 1  # type: ignore[union-attr]
    draft.earlier_period = end
    draft.last = max(draft.last, end)
    draft.first = min(draft.first, at)
    scene.add(draft, index, end)
