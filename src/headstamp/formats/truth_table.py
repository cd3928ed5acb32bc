"""Read a table of truth: which source each scan of a collection comes from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from headstamp.errors import ReferencePopulationError

FILE_COLUMN: Final = "file"


@dataclass(frozen=True, slots=True)
class TruthTable:
    """Scans and their sources, in the order of the table.

    Parameters
    ----------
    files : tuple of Path
    sources : tuple of str
        One for each file.
    source_column : str
        What the table calls the source.
    """

    files: tuple[Path, ...]
    sources: tuple[str, ...]
    source_column: str

    def __len__(self) -> int:
        return len(self.files)


def read_truth_table(path: Path, folder: Path, source_column: str | None = None) -> TruthTable:
    """Read a CSV file with the columns ``file`` and one that names the source.

    Spaces around values, a byte order mark, quotes and Windows line ends are accepted. Files are
    sought in ``folder`` and may not lead out of it.

    Parameters
    ----------
    path : Path
        The CSV file, UTF-8.
    folder : Path
        Where the scans lie.
    source_column : str, optional
        By default the first one beside ``file``.

    Raises
    ------
    ReferencePopulationError
        If the table cannot be read, lacks a column, names a file that is not there, or says two
        things about one file.
    """
    rows = _rows(path)
    names = [name.strip() for name in rows[0][1]] if rows else []
    file_at, source_at = _columns(path, names, source_column)
    files: dict[Path, tuple[str, int]] = {}
    for line, row in rows[1:]:
        file, source = _entry(path, line, row, names, (file_at, source_at))
        place = _inside(path, line, folder, file)
        if place in files:
            earlier = (
                f"{path.name}, line {line}: {file} was already named on line {files[place][1]}"
            )
            raise ReferencePopulationError(f"{earlier}; keep one row for each file")
        files[place] = (source, line)
    if not files:
        raise ReferencePopulationError(
            f"{path.name} has no rows; give one row for each scan: its file and its source"
        )
    _refuse_missing(path, folder, list(files))
    return TruthTable(tuple(files), tuple(source for source, _ in files.values()), names[source_at])


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.reader(StringIO(text, newline=""), strict=True, skipinitialspace=True)
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except FileNotFoundError as error:
        raise ReferencePopulationError(
            f"{path} does not exist; give the CSV file of truth"
        ) from error
    except UnicodeDecodeError as error:
        raise ReferencePopulationError(
            f"{path.name} is not UTF-8 text; save it as CSV UTF-8"
        ) from error
    except OSError as error:
        raise ReferencePopulationError(f"{path.name} cannot be read: {error.strerror}") from error
    except csv.Error as error:
        raise ReferencePopulationError(f"{path.name} is not a CSV table: {error}") from error


def _columns(path: Path, names: list[str], wanted: str | None) -> tuple[int, int]:
    lower = [name.casefold() for name in names]
    if len(set(lower)) != len(lower):
        raise ReferencePopulationError(f"{path.name} names a column twice: {', '.join(names)}")
    if FILE_COLUMN not in lower:
        raise ReferencePopulationError(
            f"{path.name} has no column named file in its first row "
            f"({', '.join(names) or 'empty'}); it needs file and one column that names the source"
        )
    others = [name for name in names if name.casefold() != FILE_COLUMN]
    if wanted is not None and wanted.casefold() not in [name.casefold() for name in others]:
        raise ReferencePopulationError(
            f"{path.name} has no column {wanted}; it has {', '.join(names)}"
        )
    if not others:
        raise ReferencePopulationError(
            f"{path.name} has no column beside file; it needs one that names the source"
        )
    return lower.index(FILE_COLUMN), lower.index((wanted or others[0]).casefold())


def _entry(
    path: Path, line: int, row: list[str], names: list[str], at: tuple[int, int]
) -> tuple[str, str]:
    if len(row) != len(names):
        raise ReferencePopulationError(
            f"{path.name}, line {line}: {len(row)} values for {len(names)} columns"
        )
    file, source = row[at[0]].strip(), row[at[1]].strip()
    if not file or not source:
        missing = "file" if not file else names[at[1]]
        raise ReferencePopulationError(f"{path.name}, line {line}: {missing} is empty")
    return file, source


def _inside(path: Path, line: int, folder: Path, file: str) -> Path:
    place = folder / file.replace("\\", "/")
    if not place.resolve().is_relative_to(folder.resolve()):
        raise ReferencePopulationError(
            f"{path.name}, line {line}: {file} lies outside {folder}; name files inside it"
        )
    return place


def _refuse_missing(path: Path, folder: Path, files: list[Path]) -> None:
    missing = [file for file in files if not file.is_file()]
    if missing:
        named = ", ".join(str(file.relative_to(folder)) for file in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise ReferencePopulationError(
            f"{path.name} names {named}{more}, not found in {folder}; "
            "correct the table or the folder"
        )
