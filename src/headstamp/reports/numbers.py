"""Numbers as a report prints them; what is undefined is said so, never printed as 0."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

MINUS: Final = "\N{MINUS SIGN}"
UNDEFINED: Final = "not defined"


def decimal(value: float, digits: int = 2) -> str:
    """A number with a set number of decimals, and a real minus sign."""
    if not math.isfinite(value):
        return UNDEFINED
    return _signed(f"{value:.{digits}f}")


def percent(value: float) -> str:
    """A share as a percentage."""
    return UNDEFINED if not math.isfinite(value) else f"{100 * value:.0f} %"


def square_millimetres(area: float) -> str:
    """An area given in square metres."""
    return f"{decimal(area * 1e6)} mm²"


def micrometres(length: float, digits: int = 0) -> str:
    """A length given in metres."""
    return f"{decimal(length * 1e6, digits)} µm"


def interval(bounds: tuple[float, float], digits: int = 2) -> str:
    """Two numbers with *to* between."""
    return f"{decimal(bounds[0], digits)} to {decimal(bounds[1], digits)}"


def percent_interval(bounds: tuple[float, float]) -> str:
    """Two shares as percentages with *to* between."""
    if not all(math.isfinite(bound) for bound in bounds):
        return UNDEFINED
    return f"{100 * bounds[0]:.1f} to {100 * bounds[1]:.1f} %"


def parameter(value: Any) -> str:
    """A setting, as short as it can be written without loss."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _signed(f"{value:.6g}")
    return str(value)


def parameter_parts(parts: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Settings by part, each as name and text."""
    for part, values in parts.items():
        yield {"part": part, "rows": [[name, parameter(value)] for name, value in values.items()]}


def sentences(warnings: Iterable[str]) -> list[str]:
    """Warnings as sentences: each once, with a full stop, and a capital unless a name is first."""
    return [f"{_capital(text).rstrip('.')}." for text in dict.fromkeys(warnings)]


def _capital(text: str) -> str:
    is_word = text.split(maxsplit=1)[0].isalpha() if text.strip() else False
    return text[:1].upper() + text[1:] if is_word else text


def _signed(text: str) -> str:
    negative_zero = text.startswith("-") and not text.strip("-0.")
    return text[1:] if negative_zero else text.replace("-", MINUS, 1) if text[0] == "-" else text
