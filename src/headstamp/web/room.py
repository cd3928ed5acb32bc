"""What a full disk looks like, to a page and to a job."""

from __future__ import annotations

import errno
from typing import Final

from django.db import OperationalError

from headstamp.errors import HeadstampError

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DATABASE_FULL: Final = ("database or disk is full", "No space left")


class NoRoomError(HeadstampError):
    """A job that stopped because the disk is full; it is taken up again when there is room."""


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that the disk is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, OperationalError) and any(one in str(error) for one in DATABASE_FULL):
            return True
        error = error.__cause__
    return False
