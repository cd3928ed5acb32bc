"""Whether every release is what was released: its row as on record, its files as their hashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import file_digest
from typing import Final

from headstamp.web.audit.chains import ChainFault, entries_on_record
from headstamp.web.casework import files
from headstamp.web.figures.models import Content, Release
from headstamp.web.figures.releases.kept import digest_of

NAME: Final = "release"


def faults() -> Iterator[ChainFault]:
    """What is wrong with each release, by its id."""
    expected = entries_on_record("figures.released")
    contents: dict[object, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Content.objects.filter(draft__release__isnull=False)
    for draft, *one in rows.values_list("draft_id", "edition", "name", "file_id"):
        contents[draft].append((one[0], one[1], one[2]))
    for release in Release.objects.iterator(chunk_size=500):
        if expected.pop(release.expected_hash(), None) is None:
            yield ChainFault(NAME, str(release.pk), "is not on record as it is now")
        named = contents[release.draft_id]
        if digest_of(named) != release.sha256:
            yield ChainFault(NAME, str(release.pk), "names other files than were released")
        for _, name, sha256 in named:
            if not _is_whole(sha256):
                yield ChainFault(NAME, str(release.pk), f"{name} is not the file it was")
    for record in expected.values():
        yield ChainFault(NAME, record, "is on record and not there as it was released")


def _is_whole(sha256: str) -> bool:
    try:
        with files.path_of(sha256).open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False
