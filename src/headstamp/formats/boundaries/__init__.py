"""Boundaries of areas: read from what cities publish, kept beside the lists."""
