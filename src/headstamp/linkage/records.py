"""The three kinds of record that are linked, each with its fields as somebody wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from headstamp.errors import LinkageError

Kind = Literal["firearm", "dealer", "person"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class Key(NamedTuple):
    """What tells a record apart: where it is from, and its id there."""

    source: str
    id: str

    def __str__(self) -> str:
        return f"{self.source}:{self.id}"


@dataclass(frozen=True, slots=True)
class FirearmRecord:
    """A firearm as one source has it; an empty field is not known."""

    source: str
    id: str
    serial: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class DealerRecord:
    """A dealer as one source has it."""

    source: str
    id: str
    name: str = ""
    licence: str = ""
    city: str = ""
    county: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as one source has them.

    ``born`` is ISO 8601: a day, a month (``1990-05``) or a year.
    """

    source: str
    id: str
    given: str = ""
    family: str = ""
    born: str = ""
    place: str = ""


Record: TypeAlias = FirearmRecord | DealerRecord | PersonRecord

_CLASSES: Final[dict[Kind, type[Record]]] = {
    "firearm": FirearmRecord, "dealer": DealerRecord, "person": PersonRecord,
}  # fmt: skip


def columns(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind, ``source`` and ``id`` first."""
    return tuple(field.name for field in fields(_CLASSES[kind]))


def record(kind: Kind, values: Mapping[str, Any]) -> Record:
    """A record of the kind from its fields; one that is missing is not known."""
    return _CLASSES[kind](**{one: str(values.get(one) or "") for one in columns(kind)})


def key_of(one: Record) -> Key:
    """What tells a record apart."""
    return Key(one.source, one.id)


def key(text: str) -> Key:
    """A key as it is written, ``police:17``.

    Raises
    ------
    LinkageError
        If there is no colon, or nothing on one side of it.
    """
    source, _, id_ = text.strip().partition(":")
    if not source or not id_:
        raise LinkageError(f"{text}: name a record by its source and its id, as police:17")
    return Key(source, id_)


def kind_of(text: str) -> Kind:
    """The kind of that name.

    Raises
    ------
    LinkageError
        If there is no such kind.
    """
    for kind in KINDS:
        if text.strip().lower() == kind:
            return kind
    raise LinkageError(f"{text}: is no kind of record; take {', '.join(KINDS[:-1])} or {KINDS[-1]}")
