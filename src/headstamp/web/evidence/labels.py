"""QR codes for labels."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str) -> SafeString:
    """An address as a QR code: an SVG element without script or style, error correction M."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=2, omitsize=True, svgclass="hs-qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn from the modules of the code alone
