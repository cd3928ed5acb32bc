"""What a word is by its neighbours: a year or a count, a month or "may", a range or "to"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from headstamp.claims.lexemes import (
    NOT_COUNTED_AFTER,
    NOT_COUNTED_BEFORE,
    Lexeme,
    Reader,
)
from headstamp.claims.vocabulary import words_of
from headstamp.claims.written_dates import with_dates

BEFORE_A_YEAR: Final = words_of("before_a_year")
TIME: Final = frozenset({"YEAR", "THIS", "LAST", "UNIT", "MONTH", "DOW", "SAME", "HOLIDAY"})
COUNTED: Final = ("measure", "people", "harm", "shot", "killed", "wounded", "shot_dead", "single")


def decided(items: list[Lexeme], written_on: date) -> list[Lexeme]:
    """The same lexemes, each with the terminal that its neighbours give it."""
    reader = Reader(_rates(_without_articles(with_dates(items))))
    for decide in (_decide_alone, _decide_joined):
        for position in range(len(reader.items)):
            reader.position = position
            decide(reader, written_on)
    return reader.items


def _without_articles(items: list[Lexeme]) -> list[Lexeme]:
    """Without "the" before a term of time; "a year ago" becomes one year ago."""
    kept: list[Lexeme] = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        if following and following.term in TIME | {"SPAN", "ORD"} and item.norm == "the":
            continue
        if item.norm == "." and kept and kept[-1].term == "MONTH" and following is not None:
            continue
        if following and following.term == "UNIT" and item.norm in ("a", "an"):
            kept.append(replace(item, term="NUM", value=1.0))
            continue
        kept.append(item)
    return kept


def _rates(items: list[Lexeme]) -> list[Lexeme]:
    """With "per 100,000 people", "per cent" and "percentage points" as one lexeme each."""
    kept: list[Lexeme] = []
    skip = 0
    for index, item in enumerate(items):
        if skip:
            skip -= 1
            continue
        following = items[index + 1] if index + 1 < len(items) else None
        if following and following.value == 100_000 and item.norm in ("per", "every"):
            if kept and kept[-1].norm == "for":
                kept.pop()
            after = items[index + 2] if index + 2 < len(items) else None
            people = after is not None and ("people" in after.kinds or after.norm == "population")
            skip = 2 if people else 1
            kept.append(_one("PER", items[index : index + skip + 1]))
        elif following and item.norm == "per" and following.norm == "cent":
            skip = 1
            kept.append(_one("PCT", items[index : index + 2]))
        elif following and item.norm == "or" and following.norm in ("more", "fewer", "less"):
            skip = 1
            kept.append(_one("OR_MORE", items[index : index + 2]))
        elif following and item.norm == "percentage" and following.norm in ("points", "point"):
            skip = 1
            kept.append(_one("POINTS", items[index : index + 2]))
        else:
            kept.append(item)
    return kept


def _one(term: str, items: list[Lexeme]) -> Lexeme:
    return Lexeme(
        term, {term.lower(): True}, " ".join(item.norm for item in items), items[0].start,
        items[-1].end, None, items[0].glued,
    )  # fmt: skip


def _decide_alone(reader: Reader, written_on: date) -> None:
    item = reader.items[reader.position]
    if item.norm == "no" and reader.at(-1) is not None and _of_none(reader):
        reader.items[reader.position] = replace(item, term="NUM", value=0.0, kinds={})
    elif item.term == "NUM":
        _number(reader, item, written_on)
    elif item.term == "MONTH" and item.norm in ("may", "march", "mar", "sun", "mon", "dec", "jan"):
        if not _a_month(reader):
            reader.change("OTHER")
    elif "ordinal" in item.kinds:
        _ordinal(reader)


def _decide_joined(reader: Reader, _: date) -> None:
    item = reader.items[reader.position]
    if item.norm in ("to", "-", "–", "and", "or", "through", "—"):
        _joining(reader, item)
    elif item.norm in ("of", "in", ",", "'s") and reader.term(1) in TIME:
        _before_time(reader, item)
    elif item.norm in ("times", "fold", "x") and reader.term(-1) == "NUM":
        reader.change("TIMES")
    elif item.term == "OR_MORE" and reader.term(-1) not in ("NUM", "PCT"):
        reader.change("OTHER")
    elif (item.norm == "plus" and item.glued and reader.term(-1) == "NUM") or (
        item.norm in ("or so", "+") and reader.term(-1) in ("NUM", "PCT")
    ):
        reader.change("OR_MORE")
    elif item.norm == "between" and reader.term(1) in ("NUM", "MOD"):
        if any(reader.norm(step) == "and" and reader.term(step + 1) == "NUM" for step in (2, 3, 4)):
            reader.change("BETWEEN")
    elif (
        item.term == "UNIT" and item.norm == "half" and reader.term(-1) not in ("OTHER", "ORD")
    ) or (item.term == "AGO" and reader.term(-1) != "UNIT"):
        reader.change("OTHER")


def _of_none(reader: Reader) -> bool:
    """Whether "no" counts: "there were no homicides"."""
    before, after = reader.at(-1), reader.at(1)
    return bool(
        before and after and "measure" in after.kinds
        and ({"be", "record_verbs"} & before.kinds.keys())
    )  # fmt: skip


def _number(reader: Reader, item: Lexeme, written_on: date) -> None:
    value, before, after = float(item.value), reader.norm(-1), reader.norm(1)
    following = reader.at(1)
    counted = following is not None and any(kind in following.kinds for kind in COUNTED)
    if before in ("'", "’") and len(item.norm) == 2 and reader.norm(-2) in BEFORE_A_YEAR:
        reader.change("YEAR", 2000 + int(value))
    elif reader.term(-1) == "MONTH" and value <= 31 and not counted and reader.term(1) != "PCT":
        reader.change("DAY")
    elif _is_year(reader, item, written_on, counted):
        reader.change("YEAR", int(value))
    elif (
        before in NOT_COUNTED_AFTER
        or after in NOT_COUNTED_BEFORE
        or _an_age(reader)
        or (before in (":", "/") and reader.term(-2) in ("NUM", "OTHER") and item.glued)
    ):
        reader.change("OTHER")


def _an_age(reader: Reader) -> bool:
    if reader.term(1) != "UNIT":
        return False
    return reader.norm(2) in ("old", "olds")


def _is_year(reader: Reader, item: Lexeme, written_on: date, counted: bool) -> bool:
    digits = item.norm.isdigit() and item.end - item.start == 4
    if not digits or not 1900 <= int(item.norm) <= 2100 or reader.term(1) in ("PCT", "PER"):
        return False
    year = int(item.norm)
    named = reader.norm(-1) in BEFORE_A_YEAR or reader.term(-1) in ("MONTH", "DAY", "SINCE", "")
    if counted:
        attributive = "single" in (reader.at(1) or item).kinds
        before = reader.norm(-1) in ("in", "of", "the", "'s", "since", "during")
        return (before or attributive) and 1990 <= year <= written_on.year + 1
    if 1990 <= year <= written_on.year + 1:
        return True
    return named and reader.norm(-1) not in ("from", "to", "than", "with", "by")


def _a_month(reader: Reader) -> bool:
    before, after = reader.norm(-1), reader.term(1)
    near = {"in", "of", "since", "last", "this", "through", "until", "early", "late", "mid", "to",
            "from", "by", "during", "for", "and", "between", "ended", "on"}  # fmt: skip
    return (before.split() or [""])[-1] in near or after in ("NUM", "YEAR")


def _ordinal(reader: Reader) -> None:
    if reader.term(-1) == "MONTH":
        reader.change("DAY")
    elif (reader.term(1) == "UNIT" and reader.norm(1) not in ("weekend", "night")) or (
        reader.term(1) == "NUM" and reader.term(2) == "UNIT"
    ):
        reader.change("ORD")


def _joining(reader: Reader, item: Lexeme) -> None:
    """Whether "to", "and" or a dash lies between two numbers or two dates."""
    before, after = reader.term(-1), reader.term(1)
    if before in ("MONTH", "DAY", "YEAR") and after in ("MONTH", "YEAR", "NUM"):
        digits = after == "NUM" and not (reader.norm(1).isdigit() and len(reader.norm(1)) <= 2)
        if not digits and (item.norm not in ("and", "or") or _between(reader)):
            reader.change("TODATE")
        return
    numbers = after == "NUM" or (after == "MOD" and reader.term(2) == "NUM")
    if before == "NUM" and numbers and _ranges(reader, item):
        reader.change("RANGE")
    elif before == "PCT" and numbers and item.norm in ("to", "-", "–", "and"):
        both = "PCT" in (reader.term(2), reader.term(3))
        if both and (item.norm != "and" or _between(reader)) and reader.norm(-3) != "from":
            reader.change("RANGE")


def _between(reader: Reader) -> bool:
    return any(reader.norm(-step) == "between" for step in range(2, 7))


def _ranges(reader: Reader, item: Lexeme) -> bool:
    if any(reader.norm(-step) == "from" for step in (2, 3, 4)):
        return False
    return _between(reader) if item.norm == "and" else item.norm != "through"


def _before_time(reader: Reader, item: Lexeme) -> None:
    dated = reader.term(-1) in ("MONTH", "DAY")
    if item.norm in ("in", ",") and reader.term(1) != "YEAR":
        return
    if item.norm == "of" and reader.term(-1) in ("UNIT", "MONTH", "DAY"):
        reader.change("OFTIME")
    elif (item.norm == "," and dated) or (item.norm in ("of", "in") and dated):
        reader.change("INDATE")
