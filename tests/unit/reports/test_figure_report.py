"""Reports of figures: a department's template, filled, as a page and as a PDF."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.unit.reports.publications import MURDERS, RULE, figure, publication

from headstamp.errors import ReportTemplateError
from headstamp.reports.figure_report import (
    REPORTS,
    Part,
    as_data,
    html,
    parse_template,
    parts,
    pdf,
    read_template,
    shipped_text,
)
from headstamp.reports.figure_report.blocks import BLOCKS
from headstamp.reports.figure_report.fields import FIELDS

EVIL = '<script>alert("1")</script> & #import "/etc/passwd" *x* $y$ `z` [a](b) {{ place }}'


def weekly(text: str, document: dict[str, Any] | None = None) -> list[Part]:
    return parts(parse_template("weekly-command", text, "own.md"), document or publication())


def words(made: list[Part]) -> str:
    """Everything a report says, tables too."""
    return json.dumps(as_data(made, pictures=False), ensure_ascii=False)


@pytest.mark.parametrize("report", REPORTS)
def test_a_shipped_template_becomes_a_page_and_a_pdf(report: str) -> None:
    document = publication(REPORTS[report])
    made = parts(read_template(report), document)
    assert html(made, document).startswith("<!doctype html>")
    found = pdf(made, document)
    assert found.startswith(b"%PDF-")
    assert pdf(made, document) == found


def test_a_pdf_is_for_archives_and_for_screen_readers() -> None:
    document = publication()
    found = pdf(weekly("# Figures of {{ place }}\n\n{{ trends }}", document), document)
    assert b"pdfaid" in found
    assert b"/StructTreeRoot" in found
    assert b"/Alt" in found


def test_a_long_table_goes_on_over_pages_and_has_a_head() -> None:
    document = publication()
    rows = document["figures"]
    document["figures"] = rows + figure(RULE, "week", 11, 9, 1.2, [0.4, 3.3], "x") * 200
    found = pdf(weekly("# F\n\n{{ headline }}", document), document)
    pages = len(re.findall(rb"/Type\s*/Page\b", found))
    assert pages >= 4
    assert found.count(b"/THead") >= 1


def test_the_headline_says_everything_that_must_stand_beside_a_figure() -> None:
    made = weekly("{{ headline shooting_victims year_to_date }}")
    table = next(one.table for one in made if one.table is not None)
    assert table.rows == (
        ("Year to date", "320 (288 to 352)", "last year", "322", "no detectable change", "0.994",
         "0.851 to 1.160", "0.5"),
    )  # fmt: skip
    for said in (
        "1 January to 29 June 2026", "port-verity-shooting-victims v1", "2026-06-30-0123456789ab",
        "victims-2026-06-30.csv", "as known on 2026-06-30",
    ):  # fmt: skip
        assert said in table.caption


def test_remarks_stand_below_with_the_period_they_are_about() -> None:
    said = words(weekly("{{ headline shooting_victims }}"))
    assert "Week: Every day of the period may still rise." in said


def test_a_figure_that_cannot_be_compared_says_why() -> None:
    said = words(weekly("{{ summary murders }}"))
    assert "52; the list begins on 2026-01-01." in said


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_that_is_no_change_is_called_a_rise_or_a_fall(report: str) -> None:
    document = publication(REPORTS[report])
    for row in document["figures"]:
        row["wording"] = "no detectable change"
    made = parts(read_template(report), document)
    own = words([one for one in made if one.kind in ("table", "list", "chart")]).lower()
    own = own.replace("may still rise", "").replace("called up or down", "")
    assert not re.search(r"\b(rise|rose|fall|fell|increase|decrease|higher|lower)\w*\b", own)
    assert not re.search(r"\b(up|down) \d", own)


def test_a_change_is_worded_as_the_figure_has_it() -> None:
    assert "against 600 (last year): down 20 %" in words(weekly("{{ summary 365_days }}"))


def test_a_measure_without_a_rule_is_said_to_have_none() -> None:
    said = words(weekly("{{ trends shooting_incidents }}"))
    assert "Shooting incidents: no figure, since no rule" in said


def test_a_measure_without_a_series_is_said_to_have_none() -> None:
    assert "Murders: there is no series to draw." in words(weekly("{{ trends murders }}"))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# A\n\n{{ headlines }}", 3, "headlines }} is no block; take summary, headline, trends"),
        ("# A\n\nText with {{ town }} in it", 3, "town }} is no field; take place, to"),
        ("# A {{ Place }}", 1, "is no field"),
        ("a\n\n- one\n- two {{ x }}", 3, "is no field"),
        ("{{ trends murdrs }}", 1, "'murdrs' cannot follow trends; take murders, shooting_incid"),
        ("\n\n\n{{ cities 2015 }}", 4, "nothing can follow it"),
        ("{{ chart }}", 1, "{{ chart NAME }}"),
        ("{{ }}", 1, "an empty block"),
    ],
)
def test_what_is_not_there_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ReportTemplateError) as caught:
        parse_template("weekly-command", text, "own.md")
    assert f"own.md, line {line}: " in str(caught.value)
    assert said in str(caught.value)


def test_a_chart_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ReportTemplateError, match=r"line 2: there is no chart 'x'.*trend-port"):
        weekly("\n{{ chart x }}")


def test_a_chart_can_be_asked_for_by_name() -> None:
    (made,) = weekly("{{ chart cities }}")
    assert made.chart is not None
    assert made.chart.name == "cities"


def test_there_is_no_report_of_another_name() -> None:
    with pytest.raises(ReportTemplateError, match="take weekly-command, monthly-public"):
        read_template("daily")


def test_a_template_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.md").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "t.md", tmp_path / "none.md", tmp_path):
        with pytest.raises(ReportTemplateError, match=str(path)):
            read_template("weekly-command", path)
    (tmp_path / "t.md").write_text(" \n", encoding="utf-8")
    with pytest.raises(ReportTemplateError, match="no text"):
        read_template("weekly-command", tmp_path / "t.md")


def test_the_public_report_is_never_made_from_the_full_edition() -> None:
    with pytest.raises(ReportTemplateError, match="public edition"):
        parts(read_template("monthly-public"), publication("full"))


def test_markdown_becomes_parts() -> None:
    made = weekly("# A *b*\n\nOne\ntwo **three**.\n- x\n- y\n  z\n> Note\n\n## C")
    assert [one.kind for one in made] == ["heading", "text", "list", "note", "heading"]
    assert [(s.text, s.style) for s in made[1].lines[0]] == [
        ("One two ", ""), ("three", "strong"), (".", ""),
    ]  # fmt: skip
    assert ["".join(s.text for s in item) for item in made[2].lines] == ["x", "y z"]


def test_fields_are_put_in_as_text() -> None:
    document = publication()
    document["place"] = "*Port* {{ to }} Verity"
    (made,) = weekly("In {{ place }}, to {{ to }}", document)
    assert [(s.text, s.style) for s in made.lines[0]] == [
        ("In *Port* {{ to }} Verity, to 29 June 2026", "")
    ]


class Tags(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def poisoned() -> dict[str, Any]:
    document = publication()
    document["place"] = EVIL
    document["rules"] = [{**one, "title": EVIL, "explanation": EVIL} for one in (RULE, MURDERS)]
    document["vintages"][0] = {**document["vintages"][0], "file_name": EVIL}
    for row in document["figures"]:
        row |= {"wording": EVIL, "remarks": [EVIL], "source": EVIL}
    for row in document["areas"][0]["rows"]:
        row["area_name"] = EVIL
    document["points"][0]["points"][0]["block"] = EVIL
    document["left_out"] = [{"rule": EVIL, "reason": EVIL}]
    document["cities"]["rows"][0] = {**document["cities"]["rows"][0], "name": EVIL, "source": EVIL}
    return document


def test_markup_in_a_list_or_a_template_stays_text_in_the_page() -> None:
    document = poisoned()
    text = shipped_text("weekly-command") + "\n\n{{ cities }}\n\n" + EVIL
    page = html(weekly(text, document), document)
    found = Tags(page)
    assert "script" not in found.tags
    assert all(one.startswith("data:image/svg+xml;base64,") for one in found.addresses)
    assert "&lt;script&gt;" in page


def test_markup_in_a_list_or_a_template_stays_text_in_the_pdf() -> None:
    document = poisoned()
    text = shipped_text("weekly-command") + "\n\n{{ cities }}\n\n" + EVIL
    # A file that is imported, or mathematics, would stop the typesetting.
    assert pdf(weekly(text, document), document).startswith(b"%PDF-")


def test_a_page_loads_nothing_and_describes_every_picture() -> None:
    document = publication()
    page = html(weekly(shipped_text("weekly-command"), document), document)
    assert all(one.startswith("data:") for one in Tags(page).addresses)
    pictures = re.findall(r"<img[^>]*>", page)
    assert pictures
    assert all(len(re.findall(r'alt="([^"]{40,})"', one)) == 1 for one in pictures)


def test_restatements_are_listed_or_said_to_be_none() -> None:
    document = publication()
    assert "without earlier ones" in words(weekly("{{ restatements }}", document))
    document["restatements"] = []
    assert "has changed since" in words(weekly("{{ restatements }}", document))
    document["restatements"] = [
        {"rule": RULE["key"], "measure": "shooting_victims", "period": "year_to_date",
         "from": "2026-01-01", "to": "2026-06-22", "what": "the count", "was": 310, "is": 312,
         "list": "2026-06-30-0123456789ab"}
    ]  # fmt: skip
    (made,) = weekly("{{ restatements }}", document)
    assert made.table is not None
    assert made.table.rows[0][:5] == (
        "Shooting victims, Port Verity", "Year to date, 1 January to 22 June 2026", "the count",
        "310", "312",
    )  # fmt: skip


def test_every_block_and_field_can_be_used() -> None:
    lines = [f"{{{{ {name} }}}}" for name in BLOCKS if name != "chart"]
    lines += [f"A {{{{ {name} }}}} b." for name in FIELDS]
    made = weekly("\n\n".join(lines))
    assert "{{" not in words(made)


def test_the_full_edition_says_on_every_page_that_it_is_not_for_the_public() -> None:
    document = publication()
    assert "not for the public" in html(weekly("# A", document), document)
    shown = publication("public")
    made = parts(parse_template("monthly-public", "# A", "own.md"), shown)
    assert "not for the public" not in html(made, shown)
