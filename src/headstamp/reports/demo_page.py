"""The first page of the demo: one scene, its cartridge cases and their candidates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from headstamp.reports.pages import render_page
from headstamp.reports.wording import LEAD_SENTENCE, UNCONFIRMED


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One candidate, with the truth that only a demo can show.

    ``link`` is the address of its comparison report, empty where none was drawn.
    """

    rank: int
    scan: str
    incident: str
    congruent_cells: int
    cells: int
    aligned_correlation: float
    log10_lr: float
    truth: str
    link: str


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One cartridge case of the scene and what its search found.

    ``seconds`` is the time from its file to the ranked list; ``sheet`` the contact sheet's
    address.
    """

    name: str
    incident: str
    date: str
    searched: int
    seconds: float
    sheet: str
    rows: tuple[DemoRow, ...]


def render_html(cases: tuple[DemoCase, ...], collected: int) -> str:
    """The page.

    Parameters
    ----------
    cases : tuple of DemoCase
    collected : int
        Scans in the gallery.
    """
    return render_page(
        "demo.html.j2",
        cases=[_case(case) for case in cases],
        collected=f"{collected:,}",
        incident=cases[0].incident if cases else "",
        date=cases[0].date if cases else "",
        lead=LEAD_SENTENCE,
        unconfirmed=UNCONFIRMED,
    )


def _case(case: DemoCase) -> dict[str, object]:
    return {
        "name": case.name,
        "searched": f"{case.searched:,}",
        "seconds": f"{case.seconds:.1f}",
        "sheet": case.sheet,
        "pdf": case.rows[0].link.replace(".html", ".pdf") if case.rows else "",
        "rows": [
            {
                "rank": row.rank,
                "scan": row.scan,
                "incident": row.incident,
                "cells": f"{row.congruent_cells} of {row.cells}",
                "correlation": f"{row.aligned_correlation:.3f}",
                "log10_lr": "–" if math.isnan(row.log10_lr) else f"{row.log10_lr:+.2f}",
                "truth": row.truth,
                "link": row.link,
            }
            for row in case.rows
        ],
    }
