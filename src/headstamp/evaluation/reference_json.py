"""The file form of a reference population, checked on reading."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from typing import Any, Final

from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.calibration import FEATURES, Calibration
from headstamp.evaluation.intervals import Interval
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import FixedErrorRate, ReferencePopulation

FORMAT: Final = "headstamp reference population"
FORMAT_VERSION: Final = 1
"""Raised whenever a file of the old kind would be read wrongly."""


def written(population: ReferencePopulation) -> str:
    """The population as JSON text, the same text for the same population."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "features": list(FEATURES),
        **_jsonable(asdict(population)),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read(text: str) -> ReferencePopulation:
    """Read what ``written`` wrote.

    Raises
    ------
    ReferencePopulationError
        If it is not JSON, not a reference population, of another version, or inconsistent.
    """
    content = _parsed(text)
    try:
        return _built(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        problem = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise ReferencePopulationError(f"not a valid reference population: {problem}") from error


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReferencePopulationError(f"not JSON: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ReferencePopulationError("not a reference population written by headstamp")
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise ReferencePopulationError(
            f"of format version {version}, this headstamp reads {FORMAT_VERSION}; make it again "
            "with headstamp validate --save-reference"
        )
    if content.get("features") != list(FEATURES):
        raise ReferencePopulationError(
            "calibrated on other features than this headstamp computes; make it again with "
            "headstamp validate --save-reference"
        )
    return content


def _built(content: dict[str, Any]) -> ReferencePopulation:
    values = {entry.name: content[entry.name] for entry in fields(ReferencePopulation)}
    for name in ("name", "description"):
        if not isinstance(values[name], str) or not values[name].strip():
            raise ValueError(f"{name} must be text")
    if not isinstance(values["synthetic"], bool):
        raise TypeError("synthetic must be true or false")
    for name in ("version", "scans", "firearms", "same_pairs", "different_pairs"):
        values[name] = _count(name, values[name])
    for name in ("instruments", "calibres", "ammunition"):
        values[name] = _texts(name, values[name])
    for name in ("cllr", "cllr_min", "cllr_floor", "auc", "equal_error_rate"):
        values[name] = _number(name, values[name])
    for name in ("cllr_interval", "equal_error_rate_interval"):
        values[name] = _interval(name, values[name])
    values["method"] = Method(**values["method"])
    values["calibration"] = _calibration(values["calibration"])
    values["error_rates"] = tuple(_error_rate(entry) for entry in values["error_rates"])
    return ReferencePopulation(**values)


def _calibration(entry: dict[str, Any]) -> Calibration:
    mean, scale, slope = (_interval(name, entry[name]) for name in ("mean", "scale", "slope"))
    intercept, lower, upper = (
        _number(name, entry[name]) for name in ("intercept", "lower", "upper")
    )
    if not all(map(math.isfinite, (*mean, *scale, *slope, intercept, lower, upper))):
        raise ValueError("a coefficient or bound of the calibration is not a number")
    if min(scale) <= 0 or min(slope) < 0:
        raise ValueError("the calibration must have positive scales and no negative slope")
    if not lower <= 0 <= upper:
        raise ValueError("the bounds of the calibration must lie on either side of 0")
    return Calibration(mean, scale, slope, intercept, lower, upper)


def _error_rate(entry: dict[str, Any]) -> FixedErrorRate:
    values = dict(entry)
    for name in ("missed", "same_pairs", "false", "different_pairs"):
        values[name] = _count(name, values[name])
    for name in ("missed_interval", "false_interval"):
        values[name] = _interval(name, values[name])
    values["threshold"] = _number("threshold", values["threshold"])
    return FixedErrorRate(**values)


def _count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} must be a whole number")
    return value


def _number(name: str, value: Any) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number or null")
    return float(value)


def _interval(name: str, value: Any) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{name} must be two numbers")
    return _number(name, value[0]), _number(name, value[1])


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise TypeError(f"{name} must be a list of texts")
    return tuple(value)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
