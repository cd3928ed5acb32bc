"""Read counting rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from headstamp.errors import UnreadableTableError
from headstamp.incidents.records import FIELDS
from headstamp.incidents.rules import MEASURES, Condition, CountingRule


@cache
def shipped() -> tuple[CountingRule, ...]:
    """The rules that come with the program, by name."""
    folder = resources.files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        parsed(tomllib.loads((folder / name).read_text(encoding="utf-8")), name) for name in names
    )


def rules_of(jurisdiction: str, own: Path | None = None) -> list[CountingRule]:
    """The rules of a jurisdiction: the shipped ones, and those in a folder of the user's."""
    found = [rule for rule in shipped() if rule.jurisdiction == jurisdiction]
    if own is not None:
        found += [
            rule
            for rule in map(read_rule, sorted(own.glob("*.toml")))
            if rule.jurisdiction == jurisdiction
        ]
    return found


def read_rule(path: Path) -> CountingRule:
    """A rule from a file.

    Raises
    ------
    UnreadableTableError
        If it is none; the sentence says what is wrong.
    """
    try:
        return parsed(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTableError(
            f"{path}: no counting rule that can be read ({error})"
        ) from error


def parsed(content: Mapping[str, Any], where: str) -> CountingRule:
    """A rule from its TOML content.

    Raises
    ------
    UnreadableTableError
    """
    try:
        if content["measure"] not in MEASURES:
            raise UnreadableTableError(
                f"{where}: {content['measure']!r} is no measure; take one of {', '.join(MEASURES)}"
            )
        return CountingRule(
            name=content["name"],
            version=int(content["version"]),
            title=content["title"],
            explanation=" ".join(content["explanation"].split()),
            jurisdiction=content["jurisdiction"],
            measure=content["measure"],
            unit=content["unit"],
            schema=content["schema"],
            date=content["date"],
            known_by=content.get("known_by", ""),
            distinct=content.get("distinct", ""),
            where=tuple(_condition(one) for one in content.get("where", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableTableError(f"{where}: no counting rule: {error}") from error


def _condition(content: Mapping[str, Any]) -> Condition:
    excluded = "is_not" in content
    values = content["is_not"] if excluded else content["is"]
    listed = values if isinstance(values, list) else [values]
    if content["field"] not in FIELDS:
        raise ValueError(f"{content['field']!r} is no field of a record")
    return Condition(
        field=content["field"],
        values=tuple(listed),
        excluded=excluded,
        looked_up_in=content.get("looked_up_in", ""),
    )
