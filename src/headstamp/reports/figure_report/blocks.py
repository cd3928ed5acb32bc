"""Blocks of a template: what each may be narrowed to, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headstamp.incidents.records import AREAS
from headstamp.incidents.rules import MEASURES
from headstamp.reports.figure_charts import Plan
from headstamp.reports.figure_charts.drawing import drawn
from headstamp.reports.figure_report.headline import WORDS, headline, none_of, summary
from headstamp.reports.figure_report.parts import Part, chart, text
from headstamp.reports.figure_report.rests_on import method, restatements, vintages

Publication = Mapping[str, Any]
Maker = Callable[[Publication, Sequence[str]], Iterator[Part]]

EMPTY: Final = {
    "trends": "there is no series to draw",
    "areas": "there are no such figures by area",
    "points": "there are no places to draw",
    "hot-spots": "no hot spots were computed",
    "near-repeat": "near repeats were not tested",
    "cities": "there is no comparison of cities",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block.

    Parameters
    ----------
    words : tuple of str
        What may follow its name.
    about : str
        What it becomes, for whoever writes a template.
    make : callable or None
        None where it is made of charts.
    """

    words: tuple[str, ...]
    about: str
    make: Maker | None = None


_MEASURES: Final = tuple(MEASURES)
BLOCKS: Final[dict[str, Block]] = {
    "summary": Block(WORDS, "a sentence for each rule, with what may be said", summary),
    "headline": Block(WORDS, "a table for each rule, with its remarks", headline),
    "trends": Block(_MEASURES, "charts by month and by year"),
    "areas": Block((*AREAS, *_MEASURES), "maps and small multiples by area, and their table"),
    "points": Block(_MEASURES, "maps by block"),
    "hot-spots": Block(_MEASURES, "maps of where events gather"),
    "near-repeat": Block(_MEASURES, "tables of near repeats"),
    "cities": Block((), "murder rates of cities, in the order of the alphabet"),
    "chart": Block((), "one chart, by its name"),
    "restatements": Block((), "figures that were published and are others now", restatements),
    "method": Block((), "how it is counted and compared, every rule in words", method),
    "vintages": Block((), "the lists that were counted", vintages),
}


def check_block(texts: Sequence[str]) -> str:
    """What is wrong with a block's name or words; empty for nothing."""
    if not texts:
        return f"an empty block; take {', '.join(BLOCKS)}"
    name, *words = texts
    if name not in BLOCKS:
        return f"{{{{ {name} }}}} is no block; take {', '.join(BLOCKS)}"
    if name == "chart":
        return "" if len(words) == 1 else "write {{ chart NAME }} with the name of one chart"
    allowed = BLOCKS[name].words
    for word in words:
        if word not in allowed:
            said = f"take {', '.join(allowed)}" if allowed else "nothing can follow it"
            return f"{word!r} cannot follow {name}; {said}"
    return ""


def filled_block(
    texts: Sequence[str], publication: Publication, planned: Sequence[Plan]
) -> Iterator[Part]:
    """The parts that a block becomes; it says so where there is nothing to show.

    Raises
    ------
    LookupError
        If there is no chart of that name; the sentence names those there are.
    """
    name, *words = texts
    make = BLOCKS[name].make
    if make is not None:
        yield from make(publication, words)
        return
    if name == "chart":
        yield _one_chart(words[0], planned)
        return
    found = [one for one in planned if one.block == name and _fits(one, publication, words)]
    yield from (chart(drawn(one)) for one in found)
    none = list(none_of(publication, words))
    if not found and not none:
        yield text(_nothing(name, words))
    yield from none


def _nothing(name: str, words: Sequence[str]) -> str:
    """That there is nothing to show, of what was asked for."""
    asked = ", ".join(title for measure, title in MEASURES.items() if measure in words)
    sentence = f"{asked}: {EMPTY[name]}." if asked else f"{EMPTY[name]}."
    return sentence[:1].upper() + sentence[1:]


def _one_chart(name: str, planned: Sequence[Plan]) -> Part:
    for one in planned:
        if one.name == name:
            return chart(drawn(one))
    names = ", ".join(one.name for one in planned) or "none"
    raise LookupError(f"there is no chart {name!r} of these figures; there are: {names}")


def _fits(one: Plan, publication: Publication, words: Sequence[str]) -> bool:
    measures = [word for word in words if word in MEASURES]
    kinds = [word for word in words if word in AREAS]
    of = {rule["name"]: rule["measure"] for rule in publication["rules"]}
    return (not measures or of.get(one.rule) in measures) and (not kinds or one.kind in kinds)
