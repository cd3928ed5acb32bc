"""What apps above are told of links."""

from __future__ import annotations

from django.dispatch import Signal

link_moved = Signal()
"""Sent with ``link`` and ``by`` inside the transaction in which a link has changed its state."""
