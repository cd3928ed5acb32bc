"""What a server process does before its first request, so that no request waits for it."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def get_ready() -> None:
    """Load every page and template, and take all of it out of the garbage collector's rounds.

    What is loaded once stays for good; going through it again and again would hold up every
    request in turn, for longer than most pages take.
    """
    _ = get_resolver().url_patterns
    folder: Path = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))
    gc.collect()
    gc.freeze()
