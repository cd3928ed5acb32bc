"""The reference page of the templates of reports."""

from __future__ import annotations

from collections.abc import Iterable

from headstamp.incidents.rules import MEASURES
from headstamp.reports.figure_report.blocks import BLOCKS
from headstamp.reports.figure_report.fields import FIELDS
from headstamp.reports.figure_report.headline import AGAINST, PERIODS
from headstamp.reports.figure_report.template import REPORTS, shipped_text

HEAD = """# Templates of reports

How to change one is described in [Make a report](../how-to/make-a-report.md). A template is plain
text:

| written as | becomes |
| --- | --- |
| `# Title`, `## Part`, `### Smaller` | a heading; the first is the title of the report |
| lines until an empty one | a paragraph |
| `- item` | a list |
| `> sentence` | a note that stands out |
| `**word**`, `*word*` | bold, italic |
| `{{ block }}` on a line of its own | a table, charts or sentences |
| `{{ field }}` within a line | a short text |

Anything else, HTML too, is printed as it is written. A name that is not in the tables below stops
the report, with the number of the line.
"""


def page() -> str:
    """Every block and field, and the templates that are shipped."""
    parts = [HEAD, "## Blocks\n", "| block | may be followed by | becomes |", "| --- | --- | --- |"]
    for name, block in BLOCKS.items():
        words = "the name of a chart" if name == "chart" else _words(block.words)
        parts.append(f"| `{name}` | {words} | {block.about} |")
    parts += [
        "",
        "Words after a block narrow it: `{{ headline murders week last_year }}` prints the murders",
        "of the week against last year. Without a word of a kind, all of that kind are there;",
        "`summary` then takes the year to date against last year.",
        "",
        f"- measures: {_listed(MEASURES)}",
        f"- periods: {_listed(PERIODS)}",
        f"- set against: {_listed(AGAINST)}",
        "",
        "`{{ chart NAME }}` takes one chart. Names begin with `trend-`, `years-`,",
        "`areas-district-`, `multiples-district-`, `points-`, `hot-spots-` or `near-repeat-`, and",
        "end with the name of the counting rule; `cities` has no rule. A name that is not there is",
        "answered with those that are.",
        "",
        "## Fields\n",
        "| field | is |",
        "| --- | --- |",
    ]
    parts += [f"| `{name}` | {about} |" for name, (_, about) in FIELDS.items()]
    for report, edition in REPORTS.items():
        text = shipped_text(report).rstrip()
        parts += [
            "",
            f"## `{report}`\n",
            f"Made from the {edition} edition.\n",
            f"```\n{text}\n```",
        ]
    return "\n".join(parts) + "\n"


def _words(words: tuple[str, ...]) -> str:
    kinds = {"measures": MEASURES, "periods": PERIODS, "set against": AGAINST}
    named = [name for name, of in kinds.items() if set(of) & set(words)]
    others = [f"`{word}`" for word in words if not any(word in of for of in kinds.values())]
    return ", ".join([*others, *named]) or "nothing"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
