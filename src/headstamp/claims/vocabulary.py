"""The words a text is read by: data that is shipped, and what a user adds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from headstamp.claims.claim import Measure
from headstamp.claims.tokens import Token, tokens

FILES: Final = ("measures", "english", "periods", "places")
FLAT: Final = frozenset({"terms", "speech", "harm", "nouns", "grammar", "comparison"})
"""Sections whose keys are the kinds themselves."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a word counts: its measures, the likeliest first, and why."""

    measures: tuple[Measure, ...]
    why: str = ""
    mass: bool = False


Kinds = Mapping[str, Any]
"""What a word may do, as ``{"bound": "more_than", "hedge": "about"}``."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by their first word, the longest first.

    Parameters
    ----------
    phrases : dict
        First word to pairs of all words and kinds.
    """

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Kinds], ...]]

    def longest(self, words: list[Token], at: int) -> tuple[int, Kinds]:
        """How many tokens from ``at`` on are a phrase, and what it does; (0, {}) for none."""
        for phrase, kinds in self.phrases.get(words[at].norm, ()):
            end = at + len(phrase)
            if end <= len(words) and all(
                words[at + step].norm == word for step, word in enumerate(phrase)
            ):
                return len(phrase), kinds
        return 0, {}

    def extended(self, more: str) -> Vocabulary:
        """With the words of a TOML text in the form of the shipped files.

        Raises
        ------
        ValueError
            If it is no such text.
        """
        held = {phrase: dict(kinds) for _, found in self.phrases.items() for phrase, kinds in found}
        return _indexed(_joined(held, tomllib.loads(more)))


@cache
def shipped() -> Vocabulary:
    """The vocabulary of the package."""
    folder = resources.files(__package__) / "words"
    held: dict[tuple[str, ...], dict[str, Any]] = {}
    for name in FILES:
        held = _joined(held, tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")))
    return _indexed(held)


def _joined(
    held: dict[tuple[str, ...], dict[str, Any]], content: dict[str, Any]
) -> dict[tuple[str, ...], dict[str, Any]]:
    for words, kind, value in _entries(content):
        phrase = tuple(token.norm for token in tokens(words))
        if not phrase:
            raise ValueError(f"an empty word among those of {kind}; leave it out")
        held.setdefault(phrase, {}).setdefault(kind, value)
    return held


def _indexed(held: Mapping[tuple[str, ...], Kinds]) -> Vocabulary:
    by_first: dict[str, list[tuple[tuple[str, ...], Kinds]]] = {}
    for phrase in sorted(held, key=lambda one: (-len(one), one)):
        by_first.setdefault(phrase[0], []).append((phrase, held[phrase]))
    return Vocabulary({first: tuple(found) for first, found in by_first.items()})


def _entries(content: Mapping[str, Any]) -> Iterable[tuple[str, str, Any]]:
    """Words, kind and value of everything a file says."""
    for one in content.get("measure", ()):
        counted = Counted(
            (one["measure"], *one.get("also", ())), one.get("why", ""), one.get("mass", False)
        )
        for words in one["words"]:
            yield words, "measure", counted
        for words in one.get("single", ()):
            yield words, "single", counted
    for section, table in content.items():
        if section != "measure":
            for key, words in table.items():
                yield from _of_section(section, key, words)


def _of_section(section: str, key: str, words: Any) -> Iterable[tuple[str, str, Any]]:
    flat = section in FLAT
    kind = key if flat else f"{section}.{key}" if section in DIRECTIONS else section
    for word in words:
        value = (
            words[word] if isinstance(words, dict) else section if section in DIRECTIONS else key
        )
        if key == "never":
            kind = key
        yield word, f"multiples.{key}" if isinstance(words, dict) else kind, value


DIRECTIONS: Final = ("up", "down", "same")
