"""Models as files: settings of Splink, which Splink itself reads too."""

from __future__ import annotations

import json
from pathlib import Path

from headstamp.errors import LinkageError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.json_text import json_text
from headstamp.linkage.model import Dialect, Model, model_of, settings


def save_model(path: Path, model: Model, dialect: Dialect = "duckdb") -> None:
    """Write a model in the SQL of a dialect; what is learnt is the same in both."""
    write_atomically(path, (json_text(settings(model, dialect)) + "\n").encode())


def load_model(path: Path) -> Model:
    """Read a model.

    Raises
    ------
    LinkageError
        If it cannot be read, or is none that this version wrote.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LinkageError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise LinkageError(f"{path}: is no JSON; give what --save-model wrote") from error
    if not isinstance(document, dict):
        raise LinkageError(f"{path}: holds no settings; give what --save-model wrote")
    try:
        return model_of(document)
    except LinkageError as error:
        raise LinkageError(f"{path}: {error}") from error
