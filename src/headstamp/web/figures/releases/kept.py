"""Reading what a draft or a release is made of. A file never changes, so it is read once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from headstamp.web.casework import files
from headstamp.web.figures.models import Content, Draft

REMEMBERED: Final = 48
"""Documents that a process keeps in memory, about a megabyte each."""


def content_of(draft: Draft, edition: str, name: str) -> Content | None:
    """One file of a draft; None if it has no such file."""
    return Content.objects.filter(draft=draft, edition=edition, name=name).first()


def document_of(draft: Draft, edition: str, name: str) -> Any:
    """A JSON file of a draft. Nobody may change what is returned.

    Raises
    ------
    Content.DoesNotExist
    """
    found = Content.objects.get(draft=draft, edition=edition, name=name)
    return parsed(found.file_id)


@lru_cache(maxsize=REMEMBERED)
def parsed(file_hash: str) -> Any:
    """The JSON document with this hash."""
    return json.loads(files.path_of(file_hash).read_bytes())


def bytes_of(content: Content) -> bytes:
    """The file itself."""
    return files.path_of(content.file_id).read_bytes()


def digest_of(contents: Iterable[tuple[str, str, str]]) -> str:
    """One hash over all files: edition, name and hash of each, a line each, in order."""
    lines = "".join(f"{' '.join(one)}\n" for one in sorted(contents))
    return sha256(lines.encode()).hexdigest()
