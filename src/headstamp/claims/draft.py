"""A claim while its parts are looked for: positions in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from headstamp.claims.chunks import Chunk, Numeral
from headstamp.claims.claim import Direction, Relation
from headstamp.claims.coding import Sentence
from headstamp.claims.measured import Measured


@dataclass(slots=True)
class Draft:
    """A claim as positions of phrases.

    Parameters
    ----------
    first, last : int
        Phrases it reaches from and to.
    measured : Measured
    relation : str
    number : int or None
        Where its quantity is; what was said before it may be part of it.
    core : int
        The phrase that makes it a claim; places and periods are looked for from here.
    """

    first: int
    last: int
    measured: Measured
    relation: Relation
    core: int
    numeral: Numeral | None = None
    number: int | None = None
    direction: Direction = ""
    hedge: str = ""
    base: Numeral | None = None
    base_number: int | None = None
    comparison_places: tuple[str, ...] = ()
    combined: bool = False
    since: Any = None
    earlier_period: int | None = None
    why: list[str] = field(default_factory=list)
    subject: int | None = None
    population: bool = False
    year_total: bool = False
    base_from: int | None = None


@dataclass(slots=True)
class Scene:
    """A sentence while its claims are found.

    Parameters
    ----------
    sentence : Sentence
    text : str
        The whole text.
    context : Measured or None
        What was counted before this sentence.
    drafts : list of Draft
    used : set of int
        Phrases that belong to a claim as its quantity or direction.
    """

    sentence: Sentence
    text: str
    context: Measured | None
    drafts: list[Draft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def codes(self) -> str:
        """The letters."""
        return self.sentence.codes

    @property
    def chunks(self) -> list[Chunk]:
        """The phrases."""
        return self.sentence.chunks

    def right(self, index: int, pattern: str) -> re.Match[str] | None:
        """What follows a phrase, if it fits a pattern."""
        return re.compile(pattern).match(self.codes, index + 1)

    def left(self, index: int, pattern: str, reach: int = 24) -> re.Match[str] | None:
        """What stands right before a phrase, if it fits a pattern."""
        begin = max(0, index - reach)
        return re.compile(f"(?:{pattern})$").search(self.codes[:index], begin)

    @property
    def latest(self) -> Measured | None:
        """What was counted last, in this sentence or before."""
        return self.drafts[-1].measured if self.drafts else self.context

    def measure(self, index: int) -> Measured:
        """The measure at a phrase."""
        value: Measured = self.chunks[index].value
        return value

    def numeral(self, index: int) -> Numeral:
        """The number at a phrase."""
        chunk = self.chunks[index]
        if isinstance(chunk.value, Numeral):
            return chunk.value
        if chunk.code == "f":
            return Numeral(chunk.value, chunk.value, "fraction")
        return Numeral(chunk.value, chunk.value, "times")

    def group(self, index: int) -> list[int]:
        """A measure and those it is listed with: "murders, shootings and victims"."""
        members = [index]
        while (found := self.left(members[0], r"M(?:(?:[LlG]|i[Ll])?)(?:,A|,|A)")) is not None:
            members.insert(0, found.start())
        while (found := self.right(members[-1], r"(?:,A|,|A)(M)(?![^;,]{0,3}[VJX])")) is not None:
            members.append(found.start(1))
        return members

    def subject(self, index: int) -> int | None:
        """The nearest measure before a phrase in the same part of the sentence."""
        codes = self.codes
        for step in range(index - 1, max(-1, index - 30), -1):
            if codes[step] not in "MK;":
                continue
            if codes[step] == "M" or (codes[step] == "K" and step in self.used):
                return step
            if codes[step] == ";" and self.chunks[step].norm not in (
                "(",
                ")",
                "–",
                "—",
                "-",
                ":",
            ):
                return None
        return None

    def add(self, draft: Draft, *marks: int) -> Draft:
        """Keep a claim, and what it uses."""
        self.drafts.append(draft)
        self.used.update(marks)
        return draft
