"""The files of a gallery's folder, and the limits that their order of writing rests on."""

from __future__ import annotations

from typing import Final

FORMAT: Final = "headstamp-gallery"
FORMAT_VERSION: Final = 1
"""Raised whenever an older Headstamp could not read the folder."""

HEADER: Final = "gallery.json"
JOURNAL: Final = "records.log"
DESCRIPTORS: Final = "descriptors.i8"
LEVELS: Final = "levels.i8"
INDEX: Final = "index.npy"
LOCK: Final = "lock"

DATA_FILES: Final = (JOURNAL, DESCRIPTORS, LEVELS)
"""What is appended to; none of them may be missing."""

BATCH_RECORDS: Final = 16
"""At most this many records are acknowledged together."""

BATCH_SECONDS: Final = 1.0
"""A batch is acknowledged with the first scan that arrives this long after the batch began."""
