"""A template filled from a publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headstamp.errors import ReportTemplateError
from headstamp.reports.figure_charts import Plan, plans
from headstamp.reports.figure_report.blocks import filled_block
from headstamp.reports.figure_report.fields import values
from headstamp.reports.figure_report.parts import Line, Part, Span, Style
from headstamp.reports.figure_report.template import Piece, Template, filled

_EMPHASIS: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=\S)(.+?)(?<=\S)\*")


def parts(template: Template, publication: Mapping[str, Any]) -> list[Part]:
    """The parts of a report; the same template and publication give the same.

    Parameters
    ----------
    template : Template
    publication : mapping
        Of the edition that the report is made from, as ``publication`` of
        ``formats.incident_lists.publishing`` makes it.

    Raises
    ------
    ReportTemplateError
        If a chart is named that there is not, or a public report would get the full edition.
    """
    if template.edition == "public" and publication["edition"] != "public":
        raise ReportTemplateError(
            f"{template.report}: is made from the public edition; small numbers are in the full one"
        )
    planned = plans(publication)
    put_in = values(publication)
    made: list[Part] = []
    for piece in template.pieces:
        try:
            made += _parts(piece, publication, planned, put_in)
        except LookupError as error:
            raise ReportTemplateError(
                f"{template.where}, line {piece.line}: {error.args[0]}"
            ) from error
    return made


def _parts(
    piece: Piece, publication: Mapping[str, Any], planned: Sequence[Plan], put_in: dict[str, str]
) -> Iterator[Part]:
    if piece.kind == "block":
        yield from filled_block(piece.texts, publication, planned)
        return
    lines = tuple(_line(text, put_in) for text in piece.texts)
    yield Part(piece.kind, level=piece.level, lines=lines)


def _line(text: str, put_in: dict[str, str]) -> Line:
    """Emphasis is the template's: none is read out of what is put in."""
    spans: list[Span] = []
    at = 0
    for found in _EMPHASIS.finditer(text):
        spans.append(Span(filled(text[at : found.start()], put_in)))
        style: Style = "strong" if found[1] else "em"
        spans.append(Span(filled(found[1] or found[2], put_in), style))
        at = found.end()
    spans.append(Span(filled(text[at:], put_in)))
    return tuple(span for span in spans if span.text)
