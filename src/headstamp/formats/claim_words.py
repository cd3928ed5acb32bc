"""Read the words that a user adds to those that claims are found by."""

from __future__ import annotations

from pathlib import Path

from headstamp.claims.vocabulary import Vocabulary, shipped
from headstamp.errors import UnreadableTableError


def vocabulary_of(path: Path | None) -> Vocabulary:
    """The shipped vocabulary, with the words of a TOML file.

    Raises
    ------
    UnreadableTableError
        If the file cannot be read, or is no vocabulary; the sentence says what is wrong.
    """
    if path is None:
        return shipped()
    try:
        return shipped().extended(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableTableError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableTableError(f"{path}: no vocabulary that can be read ({error})") from error
