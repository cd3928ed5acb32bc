"""Figures that one person prepares and another releases, frozen from then on."""
