"""PDF from the Typst templates beside this file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from headstamp.reports.pages import template_text

PDF_STANDARD: Final = "a-2a"
"""PDF/A-2a: fit for archives, tagged for screen readers."""

TIMESTAMP: Final = 946_684_800
"""2000-01-01, seconds since 1970: a PDF holds a date, and equal reports must be equal bytes."""


def typeset(template: str, data: Mapping[str, Any], images: Mapping[str, bytes]) -> bytes:
    """A PDF/A document; the same template, data and images give the same bytes.

    Only the fonts bundled with Typst are used, so that it looks alike on every machine.

    Parameters
    ----------
    template : str
        File name in ``reports/templates``; it reads ``data.json`` and the images by their names.
    data : mapping
        What can be written as JSON. Texts are data to Typst, never markup.
    images : mapping of str to bytes
        File names and contents, PNG or SVG.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="headstamp-report-") as folder:
        root = Path(folder)
        (root / "main.typ").write_text(template_text(template), encoding="utf-8")
        (root / "base.typ").write_text(template_text("base.typ"), encoding="utf-8")
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in images.items():
            (root / name).write_bytes(content)
        document = typst.compile(
            root / "main.typ",
            root=root,
            ignore_system_fonts=True,
            pdf_standards=PDF_STANDARD,
            timestamp=TIMESTAMP,
        )
    return bytes(document)
