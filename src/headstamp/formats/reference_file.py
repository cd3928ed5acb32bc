"""Read and write reference populations."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from uuid import uuid4

from headstamp.errors import OutputError, ReferencePopulationError
from headstamp.evaluation.reference import ReferencePopulation

DEFAULT: Final = "synthetic"
"""Name of the population that is shipped and used when none is named."""

SUFFIX: Final = ".json"
_LARGEST: Final = 10_000_000


def load_reference(name_or_path: str | Path | None = None) -> ReferencePopulation:
    """Load a reference population.

    Parameters
    ----------
    name_or_path : str or Path, optional
        A name without a folder or ``.json``: one of those shipped or saved by name. Otherwise a
        file. None is the default population.

    Raises
    ------
    ReferencePopulationError
        If there is none of that name, or the file is not a reference population.
    """
    wanted = str(name_or_path) if name_or_path is not None else DEFAULT
    if _is_path(wanted):
        return read_reference(Path(wanted))
    shipped = _shipped() / (wanted + SUFFIX)
    if shipped.is_file():
        return _parsed(shipped.read_text(encoding="utf-8"), wanted)
    saved = saved_populations() / (wanted + SUFFIX)
    if saved.is_file():
        return read_reference(saved)
    known = ", ".join(names()) or "none"
    raise ReferencePopulationError(
        f"there is no reference population {wanted} (known: {known}); name a file, or make one "
        "with headstamp validate --save-reference"
    )


def names() -> tuple[str, ...]:
    """Names that ``load_reference`` knows, sorted."""
    shipped = _shipped()
    found = {entry.name for entry in shipped.iterdir()} if shipped.is_dir() else set()
    if saved_populations().is_dir():
        found |= {entry.name for entry in saved_populations().iterdir()}
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def read_reference(path: Path) -> ReferencePopulation:
    """Read a reference population from a file.

    Raises
    ------
    ReferencePopulationError
        With one line that names the file.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ReferencePopulationError(f"{path} is too large for a reference population")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ReferencePopulationError(
            f"{path} does not exist; make it with headstamp validate --save-reference"
        ) from error
    except UnicodeDecodeError as error:
        raise ReferencePopulationError(f"{path} is not a reference population: no text") from error
    except OSError as error:
        raise ReferencePopulationError(f"{path} cannot be read: {error.strerror}") from error
    return _parsed(text, str(path))


def write_reference(name_or_path: str | Path, population: ReferencePopulation) -> Path:
    """Write a reference population, whole or not at all.

    Parameters
    ----------
    name_or_path : str or Path
        A name is kept in the user's data folder, where ``load_reference`` finds it by name.
    population : ReferencePopulation

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    path = place(name_or_path)
    half = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(population.to_json(), encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
    return path


def place(name_or_path: str | Path) -> Path:
    """Where a population of that name or path is kept.

    Raises
    ------
    ReferencePopulationError
        If the name is that of a shipped population, which nothing may stand in for.
    """
    text = str(name_or_path)
    if _is_path(text):
        return Path(text)
    if (_shipped() / (text + SUFFIX)).is_file():
        raise ReferencePopulationError(
            f"{text} is the name of a shipped reference population; choose another name or a path"
        )
    return saved_populations() / (text + SUFFIX)


def saved_populations() -> Path:
    """The user's folder of named populations: ``HEADSTAMP_DATA``, or the platform's usual one."""
    chosen = os.environ.get("HEADSTAMP_DATA")
    if chosen:
        return Path(chosen) / "populations"
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    root = Path(base) if base else Path.home() / ".local" / "share"
    return root / "headstamp" / "populations"


def _shipped() -> Traversable:
    return resources.files("headstamp.evaluation") / "populations"


def _is_path(text: str) -> bool:
    return text.endswith(SUFFIX) or "/" in text or "\\" in text or text in {"", ".", ".."}


def _parsed(text: str, named: str) -> ReferencePopulation:
    try:
        return ReferencePopulation.from_json(text)
    except ReferencePopulationError as error:
        raise ReferencePopulationError(f"reference population {named}: {error}") from error
