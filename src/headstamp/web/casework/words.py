"""Words by which records are found, kept beside them in a table with an index.

A text finds a record if each of its words begins a word of the record, or if it begins the
record's number, whatever the spelling of either: capital letters, accents, blanks and dashes do not
matter. Words are cut and folded here, so that both databases find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.db.models import OuterRef, Q

from headstamp.web.lists.indexed import COMMON, Keys, is_longer, there_is

if TYPE_CHECKING:
    from headstamp.web.casework.record import Record

NUMBER: Final = "#"
"""What the number of a record begins with among its words."""

LONGEST: Final = 51
CHUNK: Final = 5000


class Word(models.Model):
    """A word of a record; subclasses name the ``record``."""

    word = models.CharField(max_length=LONGEST)
    record_id: Any
    """Of the record, which subclasses name."""

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word


def split(text: str) -> list[str]:
    """The words of a text, folded: small letters and digits without accents."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", bare.casefold())]


def number_word(number: str) -> str:
    """A number, or the beginning of one, as it stands among the words of its record."""
    return _number(split(number))


def words_of(found: Record) -> set[str]:
    """All words of a record, as its fields are now."""
    texts = (getattr(found, name) for name in found.searched)
    return {number_word(getattr(found, "number", "")), *(w for text in texts for w in split(text))}


def keep_words(records: Iterable[Record]) -> None:
    """Write the words of records that have none yet; called in the transaction that made them."""
    made: dict[type[Word], list[Word]] = {}
    for found in records:
        if kind := found.word_model():
            rows = made.setdefault(kind, [])
            rows += _rows(kind, found, words_of(found))
    for kind, rows in made.items():
        kind.objects.bulk_create(rows, batch_size=CHUNK)


def change_words(found: Record, former: set[str]) -> None:
    """Bring the words of a record up to date; ``former`` are those before it was changed."""
    kind, now = found.word_model(), words_of(found)
    if kind is not None and now != former:
        kind.objects.filter(word__in=former - now, record_id=found.pk).delete()
        kind.objects.bulk_create(_rows(kind, found, now - former))


def _rows(kind: type[Any], found: Record, words: set[str]) -> list[Any]:
    return [kind(word=word, record_id=found.pk) for word in sorted(words)]


def has_words(kind: type[Word], text: str) -> Q:
    """The condition that a text finds a record; of records in reach or not."""
    words = split(text)
    if not words:
        return Q(pk__in=[])
    first, *others = sorted(set(words), key=len, reverse=True)  # the longest is the rarest

    def of(path: str) -> Q:
        own = kind.objects.filter(record=OuterRef(path))
        each = [there_is(own.filter(word__begins=word)) for word in others]
        if not others:
            return there_is(own.filter(number | Q(word__begins=first)))
        return there_is(own.filter(number)) | Q(there_is(own.filter(word__begins=first)), *each)

    number = Q(word__begins=_number(words))
    if is_longer(kind.objects.filter(word__begins=first), COMMON):
        return of("pk")
    beside = kind.objects.filter(record=OuterRef("record"))
    each = [there_is(beside.filter(word__begins=word)) for word in others]
    found = kind.objects.filter(number | Q(Q(word__begins=first), *each))
    return Keys(found.values_list("record_id", flat=True), of).at("pk")


def with_number(kind: type[Word], text: str) -> Keys:
    """Keys of the records whose number begins with a text."""
    begins = Q(word__begins=number_word(text)) if split(text) else Q(pk__in=[])
    found = kind.objects.filter(begins)

    def of(path: str) -> Q:
        return there_is(found.filter(record=OuterRef(path)))

    return Keys(found.values_list("record_id", flat=True), of)


def _number(words: list[str]) -> str:
    return (NUMBER + "".join(words))[:LONGEST]
