"""The page of the lists that are known and of the counting rules that are shipped."""

from __future__ import annotations

from headstamp.formats.counting_rules import loading
from headstamp.formats.incident_lists import known_schemas
from headstamp.formats.incident_lists.schema import Schema
from headstamp.incidents.rules import MEASURES, Condition, CountingRule

START = """# Lists and counting rules

How to use them is described in [Count shootings](../how-to/count-shootings.md); how to describe a
list or a rule of your own in [Files for figures](figures-files.md).

## Lists that are known

A file is taken for a list when it has the columns the list is known by. Case, spaces and
punctuation of their names do not matter. Fields without a column are left empty, and a rule that
needs one is not applied.
"""
RULES = """## Counting rules

A figure names its rule with the version. Nothing is counted in a way that is not described here or
in a rule of your own. Each rule counts in a single vintage of its list.
"""


def page() -> str:
    """Every list with its columns, every rule with what it counts."""
    parts = [START]
    parts += [_list(one) for one in known_schemas.shipped().values()]
    parts.append(RULES)
    parts += [_rule(one) for one in loading.shipped()]
    return "\n".join(parts).rstrip() + "\n"


def _list(schema: Schema) -> str:
    lines = [
        f"### `{schema.name}`\n",
        f"{schema.title}. {schema.source}. Version {schema.version}; one row is "
        f"{'an' if schema.unit == 'incident' else 'a'} {schema.unit} of `{schema.jurisdiction}`.\n",
        "| field | column |",
        "| --- | --- |",
    ]
    for field, column in schema.columns.items():
        names = " or ".join(f"`{name}`" for name in column.names)
        time = f" with the time of day in `{column.time[0]}`" if column.time else ""
        needed = " (required)" if column.required else ""
        lines.append(f"| `{field}` | {names}{time}{needed} |")
    if schema.bounds:
        south, north, west, east = schema.bounds
        lines.append(
            f"\nPlaces outside {south} to {north} north and {west} to {east} east are left out."
        )
    return "\n".join(lines) + "\n"


def _rule(rule: CountingRule) -> str:
    every = rule.schema == loading.ANY
    lines = [
        f"### `{rule.name}`\n",
        f"{rule.title}. Version {rule.version}.\n",
        f"{rule.explanation}\n",
        "| | |",
        "| --- | --- |",
        f"| measure | {MEASURES[rule.measure]} (`{rule.measure}`) |",
        f"| unit | {rule.unit} |",
        f"| list | {'any without a rule of its own' if every else f'`{rule.schema}`'} |",
        f"| placed on | the day of `{rule.date}` |",
    ]
    if rule.known_by:
        lines.append(f"| known | once `{rule.known_by}` has come |")
    if rule.distinct:
        lines.append(f"| counted | each `{rule.distinct}` once, on its first day |")
    lines += [f"| where | {_condition(one)} |" for one in rule.where]
    return "\n".join(lines) + "\n"


def _condition(one: Condition) -> str:
    values = ", ".join(f"`{str(value).lower()}`" for value in one.values)
    listed = f"; looked up by incident in `{one.looked_up_in}`" if one.looked_up_in else ""
    return f"`{one.field}` is {'none' if one.excluded else 'one'} of {values}{listed}"
