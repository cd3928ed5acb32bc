"""The contact sheet of a search: the query and its ranked candidates, as HTML and as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from headstamp.comparison.pose import Pose
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.reports.aligned import LEVEL_SLOPE, SLOPE, light
from headstamp.reports.contact_sheet_content import content
from headstamp.reports.frame import Frame
from headstamp.reports.images import png, png_uri
from headstamp.reports.pages import render_page
from headstamp.reports.surface import Surface
from headstamp.reports.typesetting import typeset

QUERY_PIXELS: Final = 480
THUMBNAIL_PIXELS: Final = 240


@dataclass(frozen=True, slots=True, eq=False)
class SheetCandidate:
    """One candidate on the sheet.

    Parameters
    ----------
    rank : int
        From 1.
    scan : str
        Its name in the gallery.
    congruent_cells, cells : int
        Both directions together.
    aligned_correlation, log10_lr : float
        NaN when there is none.
    pose : Pose
        Carries the query onto it, as ``Comparison.pose`` does.
    surface : Surface or None
        Without one the card has no picture.
    sha256 : str
        Of its file; empty when not known.
    labels : tuple of (str, str)
        What the gallery holds of it: case, exhibit.
    report_link : str
        Relative address of its comparison report; empty when there is none.
    truth : str
        What is known of its source, in a demonstration; empty otherwise.
    """

    rank: int
    scan: str
    congruent_cells: int
    cells: int
    aligned_correlation: float
    log10_lr: float
    pose: Pose
    surface: Surface | None = None
    sha256: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    report_link: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SearchReport:
    """Everything a contact sheet says; building it reads no file and no clock.

    Parameters
    ----------
    query_name, query_sha256 : str
    query : Surface
    candidates : tuple of SheetCandidate
        Best first.
    searched : int
        Scans of the gallery that could have become candidates.
    gallery : tuple of (str, str)
        The gallery's identity as label and text: name, size, version.
    stages : tuple of (str, int, float)
        Name of each stage, scans it looked at, seconds.
    population : ReferencePopulation or None
    parameters : mapping of str to mapping
        Settings by part, in SI units.
    versions : mapping of str to str
    warnings : tuple of str
    """

    query_name: str
    query_sha256: str
    query: Surface
    candidates: tuple[SheetCandidate, ...]
    searched: int
    gallery: tuple[tuple[str, str], ...] = ()
    stages: tuple[tuple[str, int, float], ...] = ()
    population: ReferencePopulation | None = None
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def render_html(report: SearchReport) -> str:
    """One self-contained page without script; the same report gives the same bytes."""
    images = {name: png_uri(data) for name, data in _images(report).items()}
    return render_page("contact_sheet.html.j2", report=content(report), images=images)


def render_pdf(report: SearchReport) -> bytes:
    """PDF/A; the same report gives the same bytes."""
    images = {f"{name}.png": data for name, data in _images(report).items()}
    return typeset("contact_sheet.typ", content(report), images)


def _images(report: SearchReport) -> dict[str, bytes]:
    """The query, and each candidate carried onto it: all show the same part of the surface."""
    large = Frame.around(report.query, pixels=QUERY_PIXELS)
    small = large.at(max(large.spacing, max(large.shape) * large.spacing / THUMBNAIL_PIXELS))
    images = {"query": _image(large, report.query, Pose())}
    for candidate in report.candidates:
        if candidate.surface is not None:
            picture = _image(small, candidate.surface, candidate.pose.inverse())
            images[f"candidate_{candidate.rank}"] = picture
    return images


def _image(frame: Frame, surface: Surface, pose: Pose) -> bytes:
    slope = LEVEL_SLOPE if surface.levelled else SLOPE
    return png(light(frame.draw(surface, pose), slope=slope))
