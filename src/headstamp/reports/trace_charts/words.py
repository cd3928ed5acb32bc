"""Words that charts of flows share."""

from __future__ import annotations

from headstamp.tracing.bases import Base, Share


def percent(share: Share) -> str:
    """A share to a tenth; empty of an empty base."""
    return f"{100 * share.value:.1f} %" if share.base.count else ""


def based(base: Base) -> str:
    """What the shares are of."""
    return f"Shares are of {base}."


NO_SAMPLE = "Traced guns are no random sample of crime guns."
