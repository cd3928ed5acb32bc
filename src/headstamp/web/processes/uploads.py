"""Uploads on their way in, and what is removed of those whose process was killed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from headstamp.web.processes.held_files import hold, remove_nobodys
from headstamp.web.workspace import INCOMING

UNFINISHED: Final = ("*.upload*", "surface-*", "backup-*", "list-*", "lists-*")
"""What is made in the workspace's ``tmp`` folder, each held by who makes it."""


class HeldUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to the workspace's ``tmp`` folder, and holds it while it is used."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; anew if somebody has cleared it away before it was held."""
        super().new_file(*args, **kwargs)
        while not hold(self.file.fileno(), Path(self.file.temporary_file_path())):
            super().new_file(*args, **kwargs)


def remove_unfinished() -> int:
    """Remove what processes that are gone left half-written; how many files and folders."""
    workspace = settings.WORKSPACE
    left = remove_nobodys(workspace.files.glob(f"{INCOMING}*"))
    return left + sum(remove_nobodys(workspace.tmp.glob(pattern)) for pattern in UNFINISHED)
