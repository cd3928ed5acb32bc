"""Traces, drawn: the flow between states, dealers by what they sell, networks of guns."""

from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.funnel import dealer_funnel
from headstamp.reports.trace_charts.matrix import matrix_chart
from headstamp.reports.trace_charts.network import network_chart
from headstamp.reports.trace_charts.sankey import sankey
from headstamp.reports.trace_charts.tile_map import flow_map
from headstamp.reports.trace_charts.years import years_chart

__all__ = [
    "Chart",
    "dealer_funnel",
    "flow_map",
    "matrix_chart",
    "network_chart",
    "sankey",
    "years_chart",
]
