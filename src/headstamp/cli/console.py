"""What commands print: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from headstamp.formats.json_text import json_text

stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False)

Item = TypeVar("Item")


def print_json(value: Any) -> None:
    """One JSON document on standard output; NaN becomes null."""
    sys.stdout.write(json_text(value) + "\n")


def progress_bar() -> Progress:
    """A progress display with the time that remains; silent where standard error is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=stderr,
        transient=True,
        disable=not stderr.is_terminal,
    )


def track(items: Iterable[Item], description: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items and show how far we are."""
    with progress_bar() as progress:
        yield from progress.track(items, total=total, description=description)
