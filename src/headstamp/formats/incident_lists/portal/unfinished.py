"""Pages that have arrived, kept beside the vintages until the list is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final

from headstamp.errors import OutputError, PortalError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.json_text import json_text

FOLDER: Final = ".fetching"
STATE: Final = "state.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fetched, and of which state of the list.

    Parameters
    ----------
    address : str
        Of the dataset.
    where : str
        Which rows; empty for all.
    page_size : int
        Rows of a page.
    rows : int
        To be fetched.
    total : int
        In the whole list.
    modified, tag : str
        When the data last changed, and the ETag of their number; empty where the portal does not
        say.
    """

    address: str
    where: str
    page_size: int
    rows: int
    total: int
    modified: str
    tag: str

    @property
    def pages(self) -> int:
        """How many there are."""
        return -(-self.rows // self.page_size)

    def rows_of(self, number: int) -> int:
        """How many rows a page has to have, from page 1."""
        return min(self.page_size, self.rows - (number - 1) * self.page_size)

    def is_of_same_data(self, other: Plan) -> bool:
        """Whether the list has not changed between the two."""
        same = (self.rows, self.total, self.modified) == (other.rows, other.total, other.modified)
        # An ETag differs from one replica to the next: it counts only where there is no date.
        return same and (bool(self.modified) or self.tag == other.tag)


class Unfinished:
    """The folder of the pages of one dataset."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def agree(self, plan: Plan, say: Callable[[str], None]) -> None:
        """Keep the pages of the same plan, of the same state of the list; drop any others."""
        earlier = self._earlier()
        if earlier is not None:
            reason = _why_dropped(earlier, plan)
            if not reason:
                return
            say(f"the pages kept from before are dropped: {reason}")
        self.drop_pages()
        write_atomically(
            self.folder / STATE, json_text({"version": VERSION, **asdict(plan)}).encode()
        )

    def path(self, number: int) -> Path:
        """Where a page is, or will be."""
        return self.folder / f"page-{number:06}.csv"

    def is_there(self, number: int) -> bool:
        """Whether a page has arrived whole."""
        return self.path(number).is_file()

    @contextmanager
    def arriving(self, number: int) -> Iterator[tuple[BinaryIO, Path]]:
        """A file for a page; it is taken for whole when nothing is raised.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        path = self.path(number)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as stream:
                yield stream, part
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError as error:
            raise _no_room(path, error) from error
        finally:
            part.unlink(missing_ok=True)

    def drop_pages(self) -> None:
        """Remove what was fetched."""
        for path in [self.folder / STATE, *self.folder.glob("page-*")]:
            path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove the folder, and that of all unfinished lists when it is empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            self.folder.parent.rmdir()

    def _earlier(self) -> Plan | None:
        try:
            content = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            return Plan(**content) if content.pop("version") == VERSION else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


@contextmanager
def unfinished(data: Path, name: str) -> Iterator[Unfinished]:
    """The folder for a dataset, held for this process alone; what has arrived stays in it.

    Raises
    ------
    OutputError
        If it cannot be made.
    PortalError
        If another process fetches the same dataset.
    """
    _require_locks()
    folder = data / FOLDER / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from error
    try:
        _hold(descriptor, folder)
        try:
            yield Unfinished(folder)
        finally:
            _tidy(data, Unfinished(folder))
    finally:
        os.close(descriptor)


def _require_locks() -> None:
    if find_spec("fcntl") is None:
        raise PortalError(
            "lists can be fetched on Linux and macOS only; on this system download the list with a "
            "browser and use 'headstamp incidents import'"
        )


def _hold(descriptor: int, folder: Path) -> None:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise PortalError(
            f"{folder}: another process is fetching this list; wait until it has finished"
        ) from error


def _tidy(data: Path, kept: Unfinished) -> None:
    """Leave nothing where nothing has arrived."""
    if not any(kept.folder.glob("page-*")):
        kept.drop()
        with suppress(OSError):  # it stays unless it was made for this and is empty
            data.rmdir()


def _why_dropped(earlier: Plan, plan: Plan) -> str:
    if (earlier.address, earlier.where) != (plan.address, plan.where):
        return "they are of another question"
    if earlier.page_size != plan.page_size:
        return f"they have {earlier.page_size:,} rows each, and now {plan.page_size:,} are asked"
    if not earlier.is_of_same_data(plan):
        return "the list at the portal has changed since; it is fetched from the beginning"
    return ""


def _no_room(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror}); make room and run the same command again: "
        "the pages that have arrived are kept"
    )
