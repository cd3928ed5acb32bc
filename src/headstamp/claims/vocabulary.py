"""The words a text is read by: data that is shipped, and what a user adds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from headstamp.claims.claim import Measure
from headstamp.claims.tokens import tokens

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
    """Phrases of one word or several.

    Parameters
    ----------
    phrases : dict
        All words of a phrase to what it does.
    lengths : dict
        First words to the numbers of words of phrases that begin so, the longest first.
    """

    phrases: Mapping[tuple[str, ...], Kinds]
    lengths: Mapping[str, tuple[int, ...]]

    def longest(self, words: list[str], at: int) -> tuple[int, Kinds]:
        """How many words from ``at`` on are a phrase, and what it does; (0, {}) for none."""
        for length in self.lengths.get(words[at], ()):
            kinds = self.phrases.get(tuple(words[at : at + length]))
            if kinds is not None:
                return length, kinds
        return 0, {}

    def extended(self, more: str) -> Vocabulary:
        """With the words of a TOML text in the form of the shipped files.

        Raises
        ------
        ValueError
            If it is no such text.
        """
        held = {phrase: dict(kinds) for phrase, kinds in self.phrases.items()}
        return _indexed(_joined(held, tomllib.loads(more)))

    def knowing(self, places: Iterable[str]) -> Vocabulary:
        """With places by the names that figures know them under, as ``port-verity``."""
        names = {one: [one.replace("-", " ")] for one in places}
        held = {phrase: dict(kinds) for phrase, kinds in self.phrases.items()}
        return _indexed(_joined(held, {"places": names}))


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list in ``lists.toml``."""
    text = (resources.files(__package__) / "words" / "lists.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["lists"][name])


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
    lengths: dict[str, set[int]] = {}
    for phrase in held:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    ordered = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
    return Vocabulary(held, ordered)


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
