"""The sheet of a lead: what it rests on, where, since when, and what may be said of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from headstamp import __version__
from headstamp.reports.typesetting import typeset
from headstamp.reports.wording import LEAD_SENTENCE

MAP: Final = "map.svg"


@dataclass(frozen=True, slots=True)
class SheetExhibit:
    """One side of a link; its incident is left empty for somebody who may not see it."""

    number: str
    what: str
    agency: str
    incident: str = ""
    occurred: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A link that the lead rests on, in the words its state permits."""

    one: SheetExhibit
    other: SheetExhibit
    state: str
    meaning: str
    support: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the timeline."""

    at: str
    what: str
    who: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class LeadSheet:
    """Everything a sheet says; building it reads no file and no clock.

    Parameters
    ----------
    number, state : str
    facts : tuple of (str, str)
        Label and text: priority, assignee, outcome.
    clocks : tuple of (str, str, str)
        Agency, notice and entry, in words.
    people : tuple of (str, str, str, str)
        Investigator, agency, notified, acknowledged.
    links : tuple of SheetLink
    timeline : tuple of SheetRow
        Of incidents and of the work on the lead, oldest first.
    drawing : str
        An SVG; empty if no place is known.
    caution : str
        What must be said before everything else; empty if nothing.
    printed : str
        When, by whom, in which zone the times are.
    """

    number: str
    state: str
    printed: str
    facts: tuple[tuple[str, str], ...] = ()
    clocks: tuple[tuple[str, str, str], ...] = ()
    people: tuple[tuple[str, str, str, str], ...] = ()
    links: tuple[SheetLink, ...] = ()
    timeline: tuple[SheetRow, ...] = ()
    drawing: str = ""
    caution: str = ""
    sentence: str = field(default=LEAD_SENTENCE)

    def as_data(self) -> dict[str, Any]:
        """For the template."""
        return {**asdict(self), "drawing": MAP if self.drawing else "", "program": __version__}


def render_pdf(sheet: LeadSheet) -> bytes:
    """PDF/A; the same sheet gives the same bytes."""
    images = {MAP: sheet.drawing.encode()} if sheet.drawing else {}
    return typeset("lead_sheet.typ", sheet.as_data(), images)
