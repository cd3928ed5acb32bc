"""Read counting rules: those that are shipped, and those of the user."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import Condition, CountingRule

ANY: Final = "any"
"""The list and the jurisdiction of a rule that counts lists for which there is no other."""


@cache
def shipped() -> tuple[CountingRule, ...]:
    """The rules that come with the program, by name."""
    folder = resources.files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        parsed(tomllib.loads((folder / name).read_text(encoding="utf-8")), name) for name in names
    )


def rules_of(
    jurisdiction: str, lists: Iterable[Vintage] = (), own: Path | None = None
) -> list[CountingRule]:
    """The rules of a jurisdiction, and a generic one for each list that no rule counts in.

    Parameters
    ----------
    jurisdiction : str
    lists : iterable of Vintage
        The lists at hand.
    own : Path, optional
        A folder of the user's rules.

    Raises
    ------
    UnreadableTableError
        If the folder is missing, or a file in it is no rule.
    """
    known = [*shipped(), *(_own(own) if own is not None else [])]
    found = [rule for rule in known if rule.jurisdiction == jurisdiction]
    counted = {name for rule in found for name in rule.needs}
    units = {one.schema: one.unit for one in lists if one.schema not in counted}
    generic = [rule for rule in known if rule.schema == ANY]
    return found + [
        replace(rule, jurisdiction=jurisdiction, schema=schema)
        for schema, unit in units.items()
        for rule in generic
        if unit == "victim" or rule.unit == "incidents"
    ]


def _own(folder: Path) -> list[CountingRule]:
    if not folder.is_dir():
        raise UnreadableTableError(f"{folder}: there is no such folder of counting rules")
    return [read_rule(path) for path in sorted(folder.glob("*.toml"))]


def read_rule(path: Path) -> CountingRule:
    """A rule from a file.

    Raises
    ------
    UnreadableTableError
        If it is none; the sentence says what is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTableError(
            f"{path}: no counting rule that can be read ({error})"
        ) from error
    return parsed(content, str(path))


def parsed(content: Mapping[str, Any], where: str) -> CountingRule:
    """A rule from its TOML content.

    Raises
    ------
    UnreadableTableError
        If something is missing or wrong; the sentence says what.
    """
    try:
        return CountingRule(
            name=str(content["name"]),
            version=int(content["version"]),
            title=str(content["title"]),
            explanation=" ".join(content["explanation"].split()),
            jurisdiction=str(content["jurisdiction"]),
            measure=content["measure"],
            unit=content["unit"],
            schema=str(content["schema"]),
            date=content["date"],
            known_by=content.get("known_by", ""),
            distinct=content.get("distinct", ""),
            where=tuple(_condition(one) for one in content.get("where", ())),
        )
    except KeyError as error:
        raise UnreadableTableError(f"{where}: no counting rule: {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableTableError(f"{where}: no counting rule: {error}") from error


def _condition(content: Mapping[str, Any]) -> Condition:
    excluded = "is_not" in content
    values = content["is_not"] if excluded else content["is"]
    return Condition(
        field=content["field"],
        values=tuple(values if isinstance(values, list) else [values]),
        excluded=excluded,
        looked_up_in=content.get("looked_up_in", ""),
    )
