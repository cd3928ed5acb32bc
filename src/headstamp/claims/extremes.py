"""Claims of a record or a rank."""

from __future__ import annotations

import re
from typing import Any

from headstamp.claims.chunks import Numeral
from headstamp.claims.draft import Draft, Scene
from headstamp.claims.measured import Measured
from headstamp.claims.populations import POPULATION
from headstamp.claims.vocabulary import Counted

VIOLENT = Measured(
    Counted(("murders", "fatal_shooting_victims"), "the deadliest is taken to be by murders")
)
DEADLY = frozenset({"deadliest", "bloodiest", "most violent", "bloodiest year", "most lethal"})
BETWEEN = r"(?:[wnomMLlGKHiqbZduTWykzV]|A(?![VJM])|P(?!P))*?[,;]?"
SINCE = (
    re.compile(BETWEEN + r"(?P<since>i[dv]?f?u|[iv][dv]{0,2}P)"),
    re.compile(BETWEEN + r"(?P<since>Z|i[Ll]Gw)"),
)
"""How far back a record goes: since a year, in so many years, ever."""


def find_extremes(scene: Scene) -> None:
    """Every record, every "highest since" and every rank."""
    for index, code in enumerate(scene.codes):
        if code == "u" and scene.right(index, "w"):
            _low_or_high(scene, index)
        elif code == "S" and index not in scene.used:
            _ = _populous(scene, index) or _record(scene, index)
        elif code == "C" and index not in scene.used:
            _more_than_in_any(scene, index)


def _more_than_in_any(scene: Scene, index: int) -> None:
    """ "more people were killed in 2016 than in any year since 1996"."""
    found = scene.right(index, r"(?P<measure>w?[LlG]?M|w?HW?b?K)[ioLlGP]{0,5}ti?w")
    if found is None or scene.chunks[found.end() - 1].norm not in ("any", "any other"):
        return
    last = found.end() - 1
    draft = Draft(index, last, scene.measure(found.end("measure") - 1), "extreme", index)
    draft.direction = "up" if "more" in scene.chunks[index].kinds else "down"
    draft.since = _since(scene, last)
    draft.last = draft.since.stop - 1 if draft.since is not None else last
    scene.add(draft, index)


def _low_or_high(scene: Scene, index: int) -> None:
    """ "a 30-year low"."""
    word = scene.chunks[index + 1].norm
    subject = scene.subject(index)
    measured = scene.measure(subject) if subject is not None else scene.context
    if word not in ("low", "high", "lows", "highs") or measured is None:
        return
    draft = Draft(index, index + 1, measured, "extreme", index)
    draft.direction = "down" if word.startswith("low") else "up"
    if subject is not None and _close(scene, subject, index):
        draft.first = subject
    draft.since = range(index, index + 1)
    reached = scene.left(index, r"[VRJ][Ti]?")
    scene.add(draft, index, *([reached.start()] if reached else []))


def _populous(scene: Scene, index: int) -> bool:
    if "populous" not in scene.chunks[index].norm and not (
        scene.chunks[index].norm in ("largest", "biggest") and scene.right(index, "l")
    ):
        return False
    rank = _rank(scene, index)
    draft = Draft(index - (rank is not None), index, POPULATION, "extreme", index, direction="up")
    value = float(rank or 1)
    draft.numeral = Numeral(value, value, "rank")
    draft.number = index - 1 if rank is not None else index
    for nation in (scene.right(index, "L"), scene.left(draft.first, "LG?")):
        at = -1 if nation is None else nation.start()
        if nation is not None and scene.chunks[at].kinds["places"] == "united-states":
            draft.comparison_places = ("united-states",)
            draft.last = max(draft.last, at)
    scene.add(draft, index)
    return True


def _rank(scene: Scene, index: int) -> int | None:
    """Third of "third-most"."""
    if index == 0:
        return None
    before = scene.chunks[index - 1]
    return int(before.kinds["ordinal"]) if "ordinal" in before.kinds else None


def _record(scene: Scene, index: int) -> bool:
    chunk = scene.chunks[index]
    if scene.right(index, r"[wud]{0,3}N") is not None or _of_cities(scene, index):
        return False
    since = _since(scene, index)
    record = "record" in chunk.norm or "all time" in chunk.norm or "historic" in chunk.norm
    rank = _rank(scene, index)
    nation = scene.left(index, r"LG") or scene.right(index, r"[nokqwlGMm]{0,4}?i?L")
    if nation is not None and nation.end() <= index:
        named = nation.start()
    else:
        named = nation.end() - 1 if nation is not None else -1
    if nation is not None and scene.chunks[named].kinds["places"] != "united-states":
        nation = None
    if (
        nation is None
        and since is None
        and not record
        and rank is None
        and scene.left(index, "[Z]") is None
    ):
        return False
    measured, at = _measure(scene, index)
    if measured is None:
        return False
    way = "down" if chunk.kinds.get("superlatives") == "down" or chunk.norm == "lowest" else "up"
    if chunk.norm.endswith("low") or chunk.norm in ("safest", "historic low"):
        way = "down"
    if scene.right(index, r"w") and scene.chunks[index + 1].norm in ("low", "lows"):
        way = "down"
    draft = Draft(index, index, measured, "extreme", index, direction=way)  # type: ignore[arg-type]
    if rank is not None:
        draft.numeral, draft.number, draft.first = Numeral(rank, rank, "rank"), index - 1, index - 1
    if at is not None and (at > index or _close(scene, at, index)):
        draft.first, draft.last = min(draft.first, at), max(draft.last, at)
    if since is not None:
        draft.last = max(draft.last, since.stop - 1)
        draft.since = since
    if nation is not None:
        draft.comparison_places = ("united-states",)
        draft.first, draft.last = min(draft.first, named), max(draft.last, named)
    reached = scene.left(index, r"[VRJ]T?")
    scene.add(draft, index, *([reached.start()] if reached else []))
    return True


def _since(scene: Scene, index: int) -> range | None:
    """The phrases that say how far back a record goes."""
    found = _since_a_time(scene, index)
    if found is not None:
        return found
    for pattern in SINCE:
        match = pattern.match(scene.codes, index + 1)
        if match is None:
            continue
        last = scene.chunks[match.end() - 1]
        if last.code == "P" and not _rolls(last.value):
            continue
        if last.code == "w" and last.norm != "history":
            continue
        return range(match.start("since"), match.end())
    return None


def _since_a_time(scene: Scene, index: int) -> range | None:
    """ "since 1996", "since records began in 1993"."""
    for at in range(index + 1, min(index + 12, len(scene.codes))):
        if scene.codes[at] == ";":
            return None
        if scene.codes[at] == "P" and scene.chunks[at].value[0] == "since":
            until = scene.right(at, r"[whiHlLGV]{0,6}P")
            return range(at, until.end()) if until is not None else None
    return None


def _of_cities(scene: Scene, index: int) -> bool:
    """Whether it is the largest of cities, which says which cities are meant."""
    after = scene.chunks[index + 1].norm if index + 1 < len(scene.chunks) else ""
    return after in ("cities", "counties", "states", "departments", "department", "police")


def _rolls(spec: Any) -> bool:
    rule, parts = spec
    return rule == "last" and any(part.term == "UNIT" for part in parts[1:])


def _close(scene: Scene, at: int, index: int) -> bool:
    return not set(scene.codes[at:index]) & set(",;") and index - at < 10


def _measure(scene: Scene, index: int) -> tuple[Measured | None, int | None]:
    """Of what it is the highest: after it, before it, or murders where it is the deadliest."""
    after = scene.right(index, r"[nokqwLlGiP]{0,4}?M")
    if after is not None:
        return scene.measure(after.end() - 1), after.end() - 1
    if scene.chunks[index].norm in DEADLY:
        return VIOLENT, None
    before = scene.subject(index)
    if before is not None:
        return scene.measure(before), before
    if scene.left(index, r"(?:^|W|b|n)[bR]?[iT]?") is not None:
        return scene.context, None
    return None, None
