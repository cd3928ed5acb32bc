"""Pages that were rendered before: what is released does not change, so neither do they.

A page is kept by its ETag, which is another one whenever anything on the page is.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

MOST_BYTES: Final = 16_000_000
"""Of all pages that a process keeps; the one that was asked for longest ago goes first."""


class RenderedPages:
    """Bytes by key, as many as fit."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """A page that is kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def keep(self, key: str, page: bytes) -> None:
        """Keep a page, and let go of others for it."""
        with self._lock:
            if key in self._pages or len(page) > self._most:
                return
            self._pages[key] = page
            self._size += len(page)
            while self._size > self._most:
                _, gone = self._pages.popitem(last=False)
                self._size -= len(gone)


RENDERED: Final = RenderedPages()
