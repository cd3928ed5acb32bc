"""The base of every error that Headstamp raises on purpose."""

from __future__ import annotations

from typing import ClassVar


class HeadstampError(Exception):
    """Something the user can act on: the sentence names the thing and says what to do next.

    ``exit_code`` is the status the command line ends with (see ``docs/reference/exit-codes.md``).
    """

    exit_code: ClassVar[int] = 1


class UnreadableScanError(HeadstampError):
    """A file is not a scan that can be read: damaged, of another format, or too large."""

    exit_code: ClassVar[int] = 3


class UnsuitableScanError(HeadstampError):
    """A scan was read, but holds too little surface, or the wrong kind, for what was asked."""

    exit_code: ClassVar[int] = 4


class GalleryError(HeadstampError):
    """A gallery is missing, damaged, locked, or of another version or processing."""

    exit_code: ClassVar[int] = 5


class OutputError(HeadstampError):
    """A result could not be written: no space, no permission, or something is in the way."""

    exit_code: ClassVar[int] = 6


class ReferencePopulationError(HeadstampError):
    """A reference population or a table (of truth, of labels) is missing, malformed, or does not
    apply."""

    exit_code: ClassVar[int] = 7


class MissingExtraError(HeadstampError):
    """An optional part (Dask, torch) was asked for and is not installed."""

    exit_code: ClassVar[int] = 8


class WorkersError(HeadstampError):
    """The processes or Dask workers that share the work cannot be reached, or ended."""

    exit_code: ClassVar[int] = 9


class UnreadableTableError(HeadstampError):
    """A file is not a table that can be read: no CSV or .xlsx, damaged, protected, or too large."""

    exit_code: ClassVar[int] = 10


class WorkspaceError(HeadstampError):
    """A workspace is missing, there already, damaged, in use, or cannot be restored."""

    exit_code: ClassVar[int] = 11


class BrokenRecordError(HeadstampError):
    """The record of who did what is not what it was, or its guards are missing."""

    exit_code: ClassVar[int] = 12


class PortalError(HeadstampError):
    """A portal cannot be reached, refuses, or sends what cannot be used."""

    exit_code: ClassVar[int] = 13


class ReportTemplateError(HeadstampError):
    """A template of a report cannot be read, or names a block or a field that there is not."""

    exit_code: ClassVar[int] = 14


class LinkageError(HeadstampError):
    """Records cannot be linked as they are: a kind, a record or a decision is wrong or missing."""

    exit_code: ClassVar[int] = 15


class StoppedError(HeadstampError):
    """The user stopped the command (Ctrl-C)."""

    exit_code: ClassVar[int] = 130
