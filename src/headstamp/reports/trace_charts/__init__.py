"""The flow of guns between states, drawn: tile map, Sankey diagram, matrix, years."""

from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.matrix import matrix_chart
from headstamp.reports.trace_charts.sankey import sankey
from headstamp.reports.trace_charts.tile_map import flow_map
from headstamp.reports.trace_charts.years import years_chart

__all__ = ["Chart", "flow_map", "matrix_chart", "sankey", "years_chart"]
