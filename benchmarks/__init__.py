"""Measurements, each beside its target or a limit measured in the same run."""
