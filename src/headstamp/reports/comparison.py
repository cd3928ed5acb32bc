"""The report of one comparison, as HTML and as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from headstamp.comparison.result import Comparison
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.reports.aligned import LIGHTS, AlignedPair, cell_drawings, light
from headstamp.reports.comparison_content import content
from headstamp.reports.images import png, png_uri
from headstamp.reports.pages import render_page
from headstamp.reports.surface import Surface
from headstamp.reports.typesetting import typeset
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography


@dataclass(frozen=True, slots=True, eq=False)
class ReportedScan:
    """One of the two scans of a report.

    Parameters
    ----------
    name : str
        Of the file.
    sha256 : str
        Of the file's bytes, hexadecimal.
    topography : Topography
    prepared : PreparedScan
    description : tuple of (str, str)
        What else is known of the file, as label and text: format, instrument, creator, date.
    warnings : tuple of str
        Of reading and of quality.
    """

    name: str
    sha256: str
    topography: Topography
    prepared: PreparedScan
    description: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonReport:
    """Everything a report of one comparison says; building it reads no file and no clock.

    Parameters
    ----------
    a, b : ReportedScan
    comparison : Comparison
    population : ReferencePopulation or None
    log10_lr : float
        NaN when there is none.
    parameters : mapping of str to mapping
        Settings by part (preparation, comparison), in SI units.
    versions : mapping of str to str
        Of the program, the processing and the comparison.
    warnings : tuple of str
        Of the population and the comparison.
    """

    a: ReportedScan
    b: ReportedScan
    comparison: Comparison
    population: ReferencePopulation | None = None
    log10_lr: float = float("nan")
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def render_html(report: ComparisonReport) -> str:
    """One self-contained page without script; the same report gives the same bytes."""
    pictures = _pictures(report)
    images = {name: png_uri(data) for name, data in pictures.images.items()}
    return render_page(
        "comparison.html.j2",
        report=content(report),
        images=images,
        cells_of_a=pictures.cells_of_a,
        cells_of_b=pictures.cells_of_b,
        lights=[name for name, _ in LIGHTS],
    )


def render_pdf(report: ComparisonReport) -> bytes:
    """PDF/A; the same report gives the same bytes."""
    pictures = _pictures(report)
    images = {f"{name}.png": data for name, data in pictures.images.items()}
    drawings = {"a": pictures.cells_of_a, "b": pictures.cells_of_b}
    for owner, drawn in drawings.items():
        for scan, drawing in zip("ab", drawn, strict=True):
            images[f"cells_of_{owner}_on_{scan}.svg"] = drawing.encode()
    data = {**content(report), "lights": [name for name, _ in LIGHTS]}
    return typeset("comparison.typ", data, images)


@dataclass(frozen=True, slots=True)
class _Pictures:
    images: dict[str, bytes]
    cells_of_a: tuple[str, str]
    cells_of_b: tuple[str, str]


def _pictures(report: ComparisonReport) -> _Pictures:
    a, b = report.a, report.b
    pair = AlignedPair.of(Surface(a.topography), Surface(b.topography), report.comparison.pose)
    images = {"a": png(light(pair.a)), "b": png(light(pair.b)), "split": png(pair.split())}
    for number, (_, azimuth) in enumerate(LIGHTS):
        lit = pair.lit(azimuth)
        images[f"a_{number}"], images[f"b_{number}"] = png(lit[0]), png(lit[1])
    cells = cell_drawings(report.comparison, a.prepared, b.prepared, pair.frame)
    return _Pictures(images, *cells)
