"""The workspace: the folder that holds everything one strike force has entered."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headstamp.errors import WorkspaceError
from headstamp.formats.atomic import write_atomically

VARIABLE: Final = "HEADSTAMP_WORKSPACE"
SETTINGS_FILE: Final = "headstamp.env"
INCOMING: Final = ".incoming-"
"""How the name of a file begins that is not finished."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where things lie below the workspace's folder."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """``headstamp.env``: the secret key and what the administrator has set."""
        return self.root / SETTINGS_FILE

    @property
    def database(self) -> Path:
        """The embedded database; unused where ``DATABASE_URL`` names another."""
        return self.root / "headstamp.sqlite3"

    @property
    def files(self) -> Path:
        """Scans, photographs and imported tables by their SHA-256."""
        return self.root / "files"

    @property
    def tmp(self) -> Path:
        """Uploads and copies under way; see ``held_files``."""
        return self.root / "tmp"

    @property
    def lists(self) -> Path:
        """Published lists, each vintage as it stood; as ``headstamp incidents`` keeps them."""
        return self.root / "lists"

    @property
    def gallery(self) -> Path:
        """Prepared scans, ready for search."""
        return self.root / "gallery"

    @classmethod
    def current(cls) -> Workspace:
        """The workspace that ``HEADSTAMP_WORKSPACE`` names, else ``workspace`` here."""
        return cls(Path(os.environ.get(VARIABLE) or "workspace").resolve())

    @classmethod
    def create(cls, root: Path) -> Workspace:
        """Make the folder and its settings with a new secret key.

        Raises
        ------
        WorkspaceError
            If there is a workspace already, or something else is in the way.
        """
        workspace = cls(root.resolve())
        if workspace.settings_file.exists():
            raise WorkspaceError(
                f"{root}: there is a workspace already; serve it with "
                f"'headstamp serve --workspace {root}', or name another folder"
            )
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise WorkspaceError(f"{root}: holds other files; name a new or an empty folder")
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            root.chmod(0o700)
            for folder in (workspace.files, workspace.tmp):
                folder.mkdir(mode=0o700)
        except OSError as error:
            raise WorkspaceError(f"{root}: cannot be made ({error.strerror})") from error
        text = f"HEADSTAMP_SECRET_KEY={secrets.token_urlsafe(48)}\n"
        write_atomically(workspace.settings_file, text.encode())
        workspace.settings_file.chmod(0o600)
        return workspace

    def keep_setting(self, name: str, value: str) -> None:
        """Add a setting to ``headstamp.env``; nothing for an empty value."""
        if value:
            text = self.settings_file.read_text(encoding="utf-8")
            write_atomically(self.settings_file, f"{text}{name}={value}\n".encode())
            self.settings_file.chmod(0o600)

    def require(self) -> None:
        """Refuse a folder that is no workspace.

        Raises
        ------
        WorkspaceError
        """
        if not self.settings_file.is_file():
            raise WorkspaceError(
                f"{self.root}: is no workspace; make one with 'headstamp init {self.root}', "
                "or name another with --workspace"
            )
