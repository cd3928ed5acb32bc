"""What figures rest on: lists, rules, method, and what has been restated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headstamp.reports.figure_charts.words import days, whole
from headstamp.reports.figure_report.headline import PERIODS
from headstamp.reports.figure_report.parts import Part, bullets, heading, table, text

Publication = Mapping[str, Any]

METHOD: Final = (
    "A count is compared with the same days of earlier years. The interval of the ratio is the "
    "exact conditional one of two Poisson counts, 95 %; p is of the E-test (Krishnamoorthy and "
    "Thomson 2004).",
    "Something is called up or down only where the interval leaves no change out, by window and by "
    "day. Everything else is no detectable change, whatever the two numbers are.",
    "The interval of a count is the 95 % mid-P interval of a Poisson count: how far the number "
    "could have been another by chance alone.",
    "Lists grow and change after the day they are taken from. Every figure names its list and the "
    "day; the same question to a later list may have another answer.",
)


def vintages(publication: Publication, _words: Sequence[str]) -> Iterator[Part]:
    """The lists that were counted."""
    yield table(
        "Lists that were counted",
        ("List", "Retrieved", "File", "Rows", "Set aside", "From", "To", "SHA-256"),
        [
            (
                f"{one['schema']} v{one['schema_version']}",
                one["retrieved"][:10],
                one["file_name"],
                whole(one["rows"]),
                whole(one["rejected"]),
                one["first"],
                one["last"],
                f"{one['sha256'][:12]}…",
            )
            for one in publication["vintages"]
        ],
        numeric=(3, 4),
    )


def method(publication: Publication, _words: Sequence[str]) -> Iterator[Part]:
    """How it is counted and compared, every rule in words."""
    yield bullets(METHOD)
    yield heading(3, "Counting rules")
    yield bullets(
        f"{rule['title']} ({rule['key']}; {rule['unit']}): {rule['explanation']}"
        for rule in publication["rules"]
    )
    if left := publication["left_out"]:
        yield heading(3, "Rules that could not be applied")
        yield bullets(f"{one['rule']}: {one['reason']}" for one in left)
    if people := publication.get("population"):
        yield text(
            f"Residents: {whole(people['people'])} in {people['year']} ({people['source']})."
        )
    if publication["edition"] == "public":
        yield text(
            "Public edition: numbers of 1 to 4 in an area are not shown, nor what they could be "
            "computed from; blocks are shown by class."
        )


def restatements(publication: Publication, _words: Sequence[str]) -> Iterator[Part]:
    """Figures that were published and are others now."""
    found = publication.get("restatements")
    if found is None:
        yield text("This report was made without earlier ones to compare it with.")
        return
    if not found:
        yield text("No figure that was published earlier has changed since.")
        return
    titles = {rule["key"]: rule["title"] for rule in publication["rules"]}
    yield table(
        "Figures that were published earlier and are others now",
        ("Figure", "Period", "What", "Was", "Is", "By list"),
        [
            (
                titles.get(one["rule"], one["rule"]),
                f"{PERIODS[one['period']]}, {days(one['from'], one['to'])}",
                one["what"],
                whole(one["was"]),
                whole(one["is"]),
                one["list"],
            )
            for one in found
        ],
        numeric=(3, 4),
    )
