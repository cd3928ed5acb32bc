"""Synthetic firearms as several lists have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from headstamp.linkage.records import FirearmRecord, Record
from headstamp.simulation.city_firearms import LEAVES_NO_MARK, MAKES, Make
from headstamp.simulation.record_slips import (
    DIGITS,
    Slip,
    chance,
    look_alike,
    slipped,
    transposed,
    unreadable,
    wrong_sign,
)

LISTS: Final = ("recovered", "traced", "stolen")
ON_LIST: Final = (0.75, 0.55, 0.2)
"""The lists, and the share of the firearms on each."""

NEXT_IN_SERIES: Final = 0.15
"""Share of the firearms that were made right after the one before, and sold with it."""

NO_NUMBER: Final = ("OBLITERATED", "UNKNOWN", "", "NONE")


def draw_firearm_records(random: np.random.Generator) -> Iterator[list[Record]]:
    """The records of one firearm after another, without end."""
    makes = (*MAKES, *LEAVES_NO_MARK)
    shares = np.array([make.share for make in makes])
    make, number = makes[0], 100_000
    taken = set[str]()
    for firearm in range(10**9):
        if chance(random, NEXT_IN_SERIES):
            number += int(random.integers(1, 4))
        else:
            make = makes[int(random.choice(len(makes), p=shares / shares.sum()))]
            number = int(random.integers(0, 10**6))
        while (serial := _serial(make, number)) in taken:
            number += 1
        taken.add(serial)
        whole = FirearmRecord("", str(firearm), serial, make.maker, make.model,
                              make.calibre, make.type)  # fmt: skip
        yield [
            _written(random, replace(whole, source=name))
            for name, share in zip(LISTS, ON_LIST, strict=True)
            if chance(random, share)
        ]


def _serial(make: Make, number: int) -> str:
    """A make's letters and six digits."""
    return f"{make.letters}{number:06d}"


def _written(random: np.random.Generator, record: FirearmRecord) -> FirearmRecord:
    return replace(
        record,
        id=f"{record.source[0].upper()}{record.id}",
        serial=_serial_written(random, record.serial),
        maker=slipped(random, record.maker) if chance(random, 0.05) else record.maker,
        model=_model_written(random, record.model),
        calibre=_calibre_written(random, record.calibre),
        type="" if chance(random, 0.05) else "rifle" if chance(random, 0.01) else record.type,
    )


def _serial_written(random: np.random.Generator, serial: str) -> str:
    """As one list has it: each slip up to the share that stands before it."""
    slips: tuple[tuple[float, Slip], ...] = (
        (0.03, _no_number),
        (0.07, unreadable),
        (0.10, look_alike),
        (0.13, transposed),
        (0.16, wrong_sign),
        (0.19, _spaced),
        (0.20, _some_other),
    )
    drawn = random.random()
    return next((slip(random, serial) for upto, slip in slips if drawn < upto), serial)


def _no_number(random: np.random.Generator, serial: str) -> str:
    del serial
    return str(random.choice(NO_NUMBER))


def _spaced(random: np.random.Generator, serial: str) -> str:
    """The same number, written otherwise."""
    del random
    return f"{serial[:2]} {serial[2:].lower()}"


def _some_other(random: np.random.Generator, serial: str) -> str:
    """Some other number that stands on the gun."""
    del serial
    return "".join(random.choice(list(DIGITS), 6))


def _model_written(random: np.random.Generator, model: str) -> str:
    drawn = random.random()
    if drawn < 0.15:
        return ""
    if drawn < 0.20:
        return slipped(random, model)
    return model.split(maxsplit=1)[0] if drawn < 0.25 else model


def _calibre_written(random: np.random.Generator, calibre: str) -> str:
    drawn = random.random()
    if drawn < 0.05:
        return ""
    return str(random.choice([make.calibre for make in MAKES])) if drawn < 0.07 else calibre
