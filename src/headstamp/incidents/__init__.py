"""Counting shootings and murders: windows, intervals, comparisons, rates, counting rules."""
