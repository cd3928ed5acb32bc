"""What a full disk looks like, to a page and to a job."""

from __future__ import annotations

import errno
import shutil
from typing import Final

from django.conf import settings
from django.db import OperationalError

from headstamp.errors import HeadstampError

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DATABASE_FULL: Final = ("database or disk is full", "No space left")
NOT_OPENED: Final = ("disk I/O error", "unable to open database file")
LEAST_ROOM: Final = 1_000_000
"""Bytes; with less than this the disk is taken for full."""


class NoRoomError(HeadstampError):
    """A job that stopped because the disk is full; it is taken up again when there is room."""


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that the disk is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, OperationalError) and _says_full(str(error)):
            return True
        error = error.__cause__
    return False


def _says_full(text: str) -> bool:
    """Beside its files the embedded database needs room to be opened at all, and says less then."""
    if any(one in text for one in DATABASE_FULL):
        return True
    return any(one in text for one in NOT_OPENED) and (
        shutil.disk_usage(settings.WORKSPACE.root).free < LEAST_ROOM
    )
