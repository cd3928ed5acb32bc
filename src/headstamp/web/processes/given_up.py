"""What is said when a job is not tried again."""

from __future__ import annotations

from django.dispatch import Signal

job_given_up = Signal()
"""Sent with ``task`` (its path) and ``arguments`` (a list), inside the transaction that ends it."""

SENTENCE = (
    "The server was stopped in the middle of this five times and has given up. Nothing is lost; "
    "try again, and tell your administrator if it happens again."
)
