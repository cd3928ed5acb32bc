"""The charts of published figures: SVG without script, each with its words and its table."""

from headstamp.reports.figure_charts.drawing import Chart, Plan, charts, plans

__all__ = ["Chart", "Plan", "charts", "plans"]
