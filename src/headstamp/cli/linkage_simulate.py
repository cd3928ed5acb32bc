"""``headstamp linkage simulate``: records of the same things, and which are."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import OutputError


def simulate(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="firearm, dealer or person.")],
    out: Annotated[Path, typer.Argument(metavar="FILE", help="CSV file to write.")],
    *,
    records: Annotated[int, typer.Option(min=2, help="Records in all lists together.")] = 2_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same file.")] = 2017,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write records of one kind in several lists, with slips, and which are of one thing.

    The truth goes to FILE-truth.csv. Nothing in them is real.
    """
    from dataclasses import astuple

    from headstamp.linkage.records import columns, key_of, kind_of
    from headstamp.simulation.linked_records import draw_linked_records

    wanted = kind_of(kind)
    drawn = draw_linked_records(wanted, records, seed)
    truth = out.with_name(f"{out.stem}-truth.csv")
    _write(out, columns(wanted), map(astuple, drawn.records))
    _write(truth, ("source", "id", "thing"),
           ((*key_of(one), drawn.thing[key_of(one)]) for one in drawn.records))  # fmt: skip
    pairs = len(drawn.true_pairs())
    if as_json:
        print_json({"file": str(out), "truth": str(truth), "kind": wanted, "records": records,
                    "pairs_of_one_thing": pairs, "seed": seed})  # fmt: skip
        return
    stdout.print(
        f"{out}: {records:,} records of {wanted}s, {pairs:,} pairs of one thing ({truth.name})",
        markup=False,
    )


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose another place"
        ) from error
