"""Charts as Vega-Lite specifications, rendered to SVG without a browser.

A chart is drawn in the light theme's colours; a page recolours it by style sheet (``STYLE``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

Specification: TypeAlias = dict[str, Any]
Values: TypeAlias = Sequence[dict[str, Any]]

SAME: Final = "#0b5a8a"
DIFFERENT: Final = "#8a5a0b"
_INK: Final = "#1b1f24"
_QUIET: Final = "#565d66"
_LINE: Final = "#dcdeda"
_VEGA_LITE: Final = "5.20"

TRUTHS: Final = ("same firearm", "different firearms")

STYLE: Final = f"""
figure.chart {{ max-width: 46rem; }}
figure.chart svg > rect:first-child {{ fill: none; }}
figure.chart svg text {{ fill: var(--ink); font-family: var(--sans); }}
figure.chart svg [stroke="{_LINE}"] {{ stroke: var(--line); }}
figure.chart svg [stroke="{_QUIET}"] {{ stroke: var(--quiet); }}
figure.chart svg [fill="{SAME}"] {{ fill: var(--same); }}
figure.chart svg [stroke="{SAME}"] {{ stroke: var(--same); }}
figure.chart svg [fill="{DIFFERENT}"] {{ fill: var(--other); }}
figure.chart svg [stroke="{DIFFERENT}"] {{ stroke: var(--other); }}
:root {{ --other: {DIFFERENT}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --other: #e0b070; }} }}
@media print {{ :root {{ --other: {DIFFERENT}; }} }}
"""
"""Style sheet that fits charts to the page's theme."""


def render_svg(name: str, specification: Specification) -> str:
    """Render a specification; the same one always gives the same text.

    Parameters
    ----------
    name : str
        Letters, digits and hyphens; makes the ids of this chart unique on a page.
    specification : dict
        Vega-Lite, with its data inside.
    """
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        {**_frame(), **specification}, vl_version=_VEGA_LITE, allowed_base_urls=[]
    )
    return _own_ids(name, svg)


def histogram(title: str, values: Values, threshold: float | None) -> Specification:
    """Share of the pairs in each bin, one row of bars for each truth.

    Parameters
    ----------
    title : str
        Of the score's axis.
    values : sequence of dict
        ``low``, ``high``, ``share``, ``truth``.
    threshold : float, optional
        Drawn as a rule.
    """
    bars = {
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.4},
        "encoding": {
            "x": {"field": "low", "bin": {"binned": True}, "type": "quantitative", "title": title},
            "x2": {"field": "high"},
            "y": _axis("share", "share of pairs", format="%"),
            "color": _colour(legend=False),
        },
    }
    layers = [bars, *_rules("x", [threshold] if threshold is not None else [])]
    return {
        "data": {"values": list(values)},
        "facet": {
            "row": {
                "field": "truth",
                "type": "nominal",
                "sort": list(TRUTHS),
                "header": {"title": None, "labelAnchor": "start", "labelOrient": "top"},
            }
        },
        "spec": {"width": 560, "height": 90, "layer": layers},
        "resolve": {"scale": {"y": "independent"}},
        "spacing": 12,
    }


def roc(values: Values) -> Specification:
    """ROC curve.

    Parameters
    ----------
    values : sequence of dict
        ``false`` and ``linked`` (shares), in order along the curve as ``order``.
    """
    return {
        "width": 540,
        "height": 360,
        "data": {"values": list(values)},
        "mark": {"type": "line", "color": SAME, "strokeWidth": 2, "point": {"size": 18}},
        "encoding": {
            "x": _axis("false", "different firearms linked", domain=[0, 1], format="%"),
            "y": _axis("linked", "same firearm linked", domain=[0, 1], format="%"),
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def det(values: Values, ticks: Sequence[tuple[float, str]]) -> Specification:
    """Detection error trade-off curve on axes of normal deviates.

    Parameters
    ----------
    values : sequence of dict
        ``false`` and ``missed`` (normal deviates), in order along the curve as ``order``.
    ticks : sequence of (float, str)
        Deviate and label.
    """
    places = [place for place, _ in ticks]
    labels = " : ".join(
        f"abs(datum.value - ({place:.6f})) < 1e-4 ? '{label}'" for place, label in ticks
    )
    axis = {"values": places, "labelExpr": f"{labels} : ''"}
    domain = [min(places), max(places)]
    return {
        "width": 540,
        "height": 360,
        "data": {"values": list(values)},
        "mark": {"type": "line", "color": SAME, "strokeWidth": 2, "point": {"size": 18}},
        "encoding": {
            "x": _axis("false", "different firearms linked", domain=domain, **axis),
            "y": _axis("missed", "same firearm missed", domain=domain, **axis),
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def tippett(values: Values, bounds: Sequence[float]) -> Specification:
    """Tippett plot: share of pairs with at least so large a likelihood ratio.

    Parameters
    ----------
    values : sequence of dict
        ``log10_lr``, ``share``, ``truth``.
    bounds : sequence of float
        log10 bounds of the calibration, drawn as rules beside LR = 1.
    """
    curves = {
        "mark": {"type": "line", "interpolate": "step-before", "strokeWidth": 2},
        "encoding": {
            "x": _axis("log10_lr", "log10 likelihood ratio"),
            "y": _axis("share", "share of pairs at or above", domain=[0, 1], format="%"),
            "color": _colour(legend=True),
            "strokeDash": {
                "field": "truth",
                "type": "nominal",
                "scale": {"domain": list(TRUTHS), "range": [[1, 0], [6, 3]]},
                "legend": {"title": None, "orient": "top"},
            },
        },
    }
    return {
        "width": 560,
        "height": 280,
        "data": {"values": list(values)},
        "layer": [curves, *_rules("x", [0.0, *bounds])],
    }


def _frame() -> Specification:
    font = "system-ui, 'Noto Sans', 'Liberation Sans', sans-serif"
    axis = {
        "gridColor": _LINE,
        "domainColor": _QUIET,
        "tickColor": _QUIET,
        "labelColor": _INK,
        "titleColor": _INK,
        "titleFontWeight": "normal",
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "config": {
            "font": font,
            "axis": axis,
            "view": {"stroke": _LINE},
            "legend": {"labelColor": _INK},
            "header": {"labelColor": _INK},
        },
    }


def _axis(
    name: str, title: str, domain: Sequence[float] | None = None, **axis: Any
) -> Specification:
    scale: Specification = {"zero": False, "nice": domain is None}
    if domain is not None:
        scale["domain"] = list(domain)
    return {
        "field": name,
        "type": "quantitative",
        "title": title,
        "scale": scale,
        "axis": axis,
    }


def _colour(legend: bool) -> Specification:
    return {
        "field": "truth",
        "type": "nominal",
        "scale": {"domain": list(TRUTHS), "range": [SAME, DIFFERENT]},
        "legend": {"title": None, "orient": "top"} if legend else None,
    }


def _rules(channel: str, places: Iterable[float]) -> list[Specification]:
    return [
        {
            "mark": {"type": "rule", "color": _QUIET, "strokeDash": [4, 3]},
            "encoding": {channel: {"datum": place, "type": "quantitative"}},
        }
        for place in places
    ]


def _own_ids(name: str, svg: str) -> str:
    """Give ids a name of the chart's own: the renderer counts on from chart to chart."""
    found = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    new = {old: f"{name}-{index}" for index, old in enumerate(found)}
    svg = re.sub(r'\bid="([^"]+)"', lambda match: f'id="{new[match[1]]}"', svg)
    return re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{new.get(match[1], match[1])})", svg)
