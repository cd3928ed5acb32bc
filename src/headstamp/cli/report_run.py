"""Make a report: count, leave out what is not for everybody, fill the template, write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from headstamp.cli.console import stderr
from headstamp.formats.atomic import write_atomically
from headstamp.formats.incident_lists.counting import Question
from headstamp.formats.incident_lists.publishing import Population, public_edition, publication
from headstamp.formats.incident_lists.restated import restatements
from headstamp.reports.figure_report import html, parts, pdf, read_template


@dataclass(frozen=True, slots=True)
class Wanted:
    """What report is wanted.

    Parameters
    ----------
    report : str
        Its name.
    data : Path
        Folder of vintages.
    jurisdiction : str
    to : date
        Last day.
    known_on : str
        ISO 8601 day; empty for all that is known.
    since : date or None
        Last day of the report before.
    residents : (int, str)
        How many, 0 for not known, and where the number comes from.
    template, rules : Path or None
        The user's own.
    """

    report: str
    data: Path
    jurisdiction: str
    to: date
    known_on: str
    since: date | None
    residents: tuple[int, str]
    template: Path | None
    rules: Path | None


def make(wanted: Wanted, out: Path) -> dict[str, Any]:
    """Write the report and say what is in it."""
    # 1. A template that cannot be read is known before anything is counted.
    template = read_template(wanted.report, wanted.template)
    # 2. The figures, in the edition that the report is for.
    document = _document(wanted)
    if template.edition == "public":
        document = public_edition(document)
    # 3. The report.
    with stderr.status("drawing"):
        made = parts(template, document)
        text = pdf(made, document) if out.suffix == ".pdf" else html(made, document).encode()
    write_atomically(out, text)
    title = next((one.lines[0] for one in made if one.kind == "heading"), ())
    return {
        "report": wanted.report,
        "edition": document["edition"],
        "file": str(out),
        "title": "".join(span.text for span in title),
        "to": document["to"],
        "known_on": document["known_on"],
        "charts": [one.chart.name for one in made if one.chart is not None],
        "bytes": len(text),
    }


def _document(wanted: Wanted) -> dict[str, Any]:
    asked = Question(wanted.jurisdiction, wanted.to, known_on=wanted.known_on)
    people, source = wanted.residents
    residents = Population(people, wanted.to.year, source or "as given") if people else None
    with stderr.status("counting") as shown:
        document = publication(wanted.data, asked, wanted.rules, residents, report=shown.update)
        if wanted.since is not None:
            shown.update("comparing with what was said before")
            document["restatements"] = restatements(wanted.data, asked, wanted.since, wanted.rules)
    return document
