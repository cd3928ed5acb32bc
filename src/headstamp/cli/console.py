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
from rich.text import Text

from headstamp.formats.json_text import json_text


class PlainConsole(Console):
    """A console on which no text can move the cursor, colour or retitle the terminal.

    File names come from other agencies: their control characters are shown, not obeyed.
    """

    def render_str(self, text: str, **options: Any) -> Text:
        """Text with its control characters made visible."""
        return super().render_str(visible(text), **options)


def visible(text: str) -> str:
    """Text of others, its control characters shown and not obeyed."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    return (
        character if character in "\n\t" or character.isprintable() else "\N{REPLACEMENT CHARACTER}"
    )


stdout = PlainConsole(highlight=False, soft_wrap=True)
stderr = PlainConsole(stderr=True, highlight=False)

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
