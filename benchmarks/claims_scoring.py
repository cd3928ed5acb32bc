"""Claims that were found beside those that were labelled."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from headstamp.claims.claim import Claim, Period, Quantity
from headstamp.claims.extraction import claims_in

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden" / "claims"
SLOTS = (
    "measure", "places", "period", "relation", "quantity", "direction", "comparison_period",
    "comparison_quantity", "comparison_places", "combined", "hedge", "speaker",
)  # fmt: skip
Labelled = dict[str, Any]


@dataclass
class Score:
    """How a set came out.

    Parameters
    ----------
    texts, labelled, found, right : int
    slots : Counter
        Slots that agree, among the claims that were found.
    errors : list of str
        One line each.
    """

    texts: int = 0
    labelled: int = 0
    found: int = 0
    right: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the claims found that are labelled."""
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Share of the labelled claims that are found."""
        return self.right / max(self.labelled, 1)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(self.found + self.labelled, 1)

    def slot(self, name: str) -> float:
        """Share of the claims found whose slot agrees."""
        return self.slots[name] / max(self.right, 1)


def read(name: str) -> list[dict[str, Any]]:
    """The texts of a set, each with its labels."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def score(
    texts: list[dict[str, Any]],
    find: Callable[[str, date], tuple[Claim, ...]] = claims_in,
) -> Score:
    """All texts of a set read anew and compared with their labels."""
    result = Score()
    for text in texts:
        found = list(find(text["text"], date.fromisoformat(text["written_on"])))
        _compare(text, found, result)
    return result


def _compare(text: dict[str, Any], found: list[Claim], result: Score) -> None:
    labelled = list(text["claims"])
    result.texts += 1
    result.labelled += len(labelled)
    result.found += len(found)
    pairs = sorted(
        (
            (_agreement(text["text"], label, claim), at, number)
            for at, label in enumerate(labelled)
            for number, claim in enumerate(found)
            if _same(text["text"], label, claim)
        ),
        reverse=True,
    )
    labels_used: set[int] = set()
    claims_used: set[int] = set()
    for _, at, number in pairs:
        if at in labels_used or number in claims_used:
            continue
        labels_used.add(at)
        claims_used.add(number)
        _slots(text["text"], labelled[at], found[number], result)
    for at, label in enumerate(labelled):
        if at not in labels_used:
            result.errors.append(f"missed: {label['span']!r} in {text['text']!r}")
    for number, claim in enumerate(found):
        if number not in claims_used:
            result.errors.append(f"invented: {claim.text!r} in {text['text']!r}")


def _same(text: str, label: Labelled, claim: Claim) -> bool:
    """Whether a claim is the labelled one: its words overlap, and its number is the same."""
    start = text.index(label["span"])
    overlaps = claim.start < start + len(label["span"]) and start < claim.end
    return overlaps and values(claim)["quantity"] == _rounded(label["quantity"])


def _agreement(text: str, label: Labelled, claim: Claim) -> float:
    said = values(claim)
    agreeing = sum(said[slot] == expected(label, slot) for slot in SLOTS)
    start = text.index(label["span"])
    return agreeing - abs(claim.start - start) / (len(text) + 1)


def _slots(text: str, label: Labelled, claim: Claim, result: Score) -> None:
    result.right += 1
    said = values(claim)
    for slot in SLOTS:
        if said[slot] == expected(label, slot):
            result.slots[slot] += 1
        else:
            result.errors.append(
                f"{slot}: {said[slot]!r}, not {expected(label, slot)!r}, "
                f"of {label['span']!r} in {text!r}"
            )


def expected(label: Labelled, slot: str) -> Any:
    """The labelled value of a slot in the form of ``values``."""
    value = label[slot]
    if slot == "quantity":
        return _rounded(value)
    return value.lower() if slot == "speaker" else value


def values(claim: Claim) -> dict[str, Any]:
    """The slots of a claim's likeliest reading."""
    one = claim.readings[0]
    return {
        "measure": one.measure,
        "places": list(one.places),
        "period": _days(one.period),
        "relation": one.relation,
        "quantity": _number(one.quantity),
        "direction": one.direction,
        "comparison_period": _days(one.comparison_period),
        "comparison_quantity": one.comparison_quantity and one.comparison_quantity.low,
        "comparison_places": list(one.comparison_places),
        "combined": one.combined,
        "hedge": claim.hedge,
        "speaker": claim.speaker.lower(),
    }


def _days(one: Period | None) -> list[str] | None:
    return [one.first.isoformat(), one.last.isoformat()] if one else None


def _number(one: Quantity | None) -> list[Any] | None:
    return _rounded([one.low, one.high, one.unit]) if one else None


def _rounded(value: list[Any] | None) -> list[Any] | None:
    return value and [round(float(value[0]), 4), round(float(value[1]), 4), value[2]]
