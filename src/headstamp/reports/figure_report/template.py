"""Templates of reports: a little Markdown, with blocks and fields in double braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from headstamp.errors import ReportTemplateError
from headstamp.reports.figure_report.parts import Kind
from headstamp.reports.pages import template_text

Edition = Literal["full", "public"]

REPORTS: Final[dict[str, Edition]] = {"weekly-command": "full", "monthly-public": "public"}
"""The reports there are, and the edition of a publication that each is made from."""

LONGEST: Final = 100_000
_BLOCK: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a template.

    Parameters
    ----------
    kind : str
        ``block``, or what a part can be.
    line : int
        From 1, for whoever must mend it.
    texts : tuple of str
        Of a block: its name and words. Otherwise: one text, or the items of a list.
    level : int
        Of a heading.
    """

    kind: Kind | Literal["block"]
    line: int
    texts: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read.

    Parameters
    ----------
    report : str
        Of ``REPORTS``.
    where : str
        Its file, for messages.
    pieces : tuple of Piece
    """

    report: str
    where: str
    pieces: tuple[Piece, ...]

    @property
    def edition(self) -> Edition:
        """Of the publication it may be filled from."""
        return REPORTS[self.report]


def shipped_text(report: str) -> str:
    """The template of a report that comes with the program.

    Raises
    ------
    ReportTemplateError
        If there is no such report.
    """
    if report not in REPORTS:
        raise ReportTemplateError(f"{report}: there is no such report; take {_listed(REPORTS)}")
    return template_text(f"{report}.md")


def read_template(report: str, path: Path | None = None) -> Template:
    """The template of a report: the department's own, or the one that is shipped.

    Raises
    ------
    ReportTemplateError
        If it cannot be read, or a line of it cannot be understood.
    """
    if path is None:
        return parse_template(report, shipped_text(report), f"{report}.md")
    try:
        if path.stat().st_size > 4 * LONGEST:
            raise ReportTemplateError(f"{path}: too large for a template of a report")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportTemplateError(
            f"{path}: cannot be read as text ({error}); save it as plain text, UTF-8"
        ) from error
    return parse_template(report, text, str(path))


def parse_template(report: str, text: str, where: str) -> Template:
    """A template from its text.

    Parameters
    ----------
    report : str
        Of ``REPORTS``.
    text : str
    where : str
        What to call it in messages.

    Raises
    ------
    ReportTemplateError
        With the line, if a block or a field is not one of those there are.
    """
    from headstamp.reports.figure_report.blocks import check_block
    from headstamp.reports.figure_report.fields import FIELDS

    shipped_text(report)
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise ReportTemplateError(f"{where}: no text, or more than {LONGEST:,} characters")
    found = Template(report, where, tuple(_pieces(text)))
    for piece in found.pieces:
        if piece.kind == "block":
            if trouble := check_block(piece.texts):
                raise ReportTemplateError(f"{where}, line {piece.line}: {trouble}")
            continue
        for name in (name for one in piece.texts for name in _BLOCK.findall(one)):
            if name not in FIELDS:
                raise ReportTemplateError(
                    f"{where}, line {piece.line}: {{{{ {name} }}}} is no field; take "
                    f"{_listed(FIELDS)}. A block stands on a line of its own"
                )
    return found


def filled(text: str, values: dict[str, str]) -> str:
    """A text with its fields put in."""
    return _BLOCK.sub(lambda found: values[found[1]], text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _pieces(text: str) -> Iterator[Piece]:
    """Headings, blocks, lists, notes and paragraphs, each until an empty line or another begins."""
    waiting: list[tuple[int, str]] = []
    kind: Kind = "text"
    for number, line in enumerate(text.splitlines(), start=1):
        begins = _begins(line.strip())
        if begins is not None or kind != "text":
            same = begins in ("list", "note") and begins == kind and bool(waiting)
            if waiting and not same and not (begins is None and line.strip()):
                yield _gathered(kind, waiting)
                waiting, kind = [], "text"
        if begins == "block":
            yield Piece("block", number, tuple(line.strip().strip("{}").split()))
        elif begins == "heading":
            marks, said = line.strip().split(" ", 1)
            yield Piece("heading", number, (said.strip(),), level=len(marks))
        elif begins in ("list", "note"):
            kind = "list" if begins == "list" else "note"
            waiting.append((number, f"\n{line.strip()[1:].strip()}"))
        elif begins is None:
            waiting.append((number, line.strip()))
    if waiting:
        yield _gathered(kind, waiting)


def _begins(line: str) -> Literal["block", "heading", "list", "note", "nothing"] | None:
    """What a line begins; None for one that goes on with what there is."""
    if not line:
        return "nothing"
    if re.fullmatch(r"\{\{[^{}]*\}\}", line):
        return "block"
    if re.match(r"#{1,4} \S", line):
        return "heading"
    if re.match(r"[-*] \S", line):
        return "list"
    return "note" if re.match(r"> ?\S", line) else None


def _gathered(kind: Kind, waiting: list[tuple[int, str]]) -> Piece:
    if kind == "list":
        joined = " ".join(text for _, text in waiting)
        return Piece(kind, waiting[0][0], tuple(i.strip() for i in joined.split("\n") if i.strip()))
    said = " ".join(text.strip() for _, text in waiting)
    return Piece(kind, waiting[0][0], (said,))
