"""``headstamp publication``: everything that is published of a city on a day, as files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stderr, stdout
from headstamp.cli.days import day_of
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.workspace_lists import Lists, lists_of
from headstamp.errors import OutputError, UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.publishing import Population

EDITIONS = ("public", "full")


def publication(
    *,
    jurisdiction: Annotated[str, typer.Option(help="The city, as chicago or new-york.")],
    out: Annotated[Path, typer.Option(help="Folder to write; must be missing or empty.")],
    data: Lists = Path("figures-data"),
    workspace: WorkspaceFolder = Path("workspace"),
    to: Annotated[
        str, typer.Option(help="Last day of the periods, as 2017-06-29.  [default: yesterday]")
    ] = "",
    known_on: Annotated[
        str,
        typer.Option(
            "--as-known-on",
            help="Count what was known on this day.  [default: all that the newest vintage knows]",
        ),
    ] = "",
    edition: Annotated[
        str, typer.Option(help="public (small cells suppressed) or full.")
    ] = "public",
    population: Annotated[
        int | None, typer.Option(min=1, help="People who live there: adds rates per 100,000.")
    ] = None,
    population_year: Annotated[int, typer.Option(help="The year they were counted in.")] = 0,
    population_source: Annotated[str, typer.Option(help="Who counted them.")] = "",
    rules: Annotated[
        Path | None, typer.Option(help="A folder with counting rules of your own (TOML).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the files that were written as JSON.")
    ] = False,
) -> None:
    """Figures, months and years, areas, points, hot spots and near repeats, as data to download.

    Writes publication.json with all of it, each table as CSV, and all tables in tables.zip.
    """
    from headstamp.formats.incident_lists.counting import Question
    from headstamp.formats.incident_lists.publishing import Population, public_edition
    from headstamp.formats.incident_lists.publishing import publication as published

    if edition not in EDITIONS:
        raise UnreadableTableError(f"--edition {edition}: take one of {', '.join(EDITIONS)}")
    people: Population | None = None
    if population is not None:
        people = Population(population, population_year, population_source)
    asked = Question(
        jurisdiction,
        day_of(to) if to else datetime.now(UTC).date() - timedelta(days=1),
        known_on=day_of(known_on).isoformat() if known_on else "",
    )
    _require_free(out)
    with lists_of(data, workspace) as folder:
        document = published(folder, asked, rules, people, _progress)
    if edition == "public":
        _progress("leaving out small numbers")
        document = public_edition(document)
    written = _write(out, document)
    if as_json:
        sizes = {path.name: path.stat().st_size for path in written}
        print_json({"folder": str(out), "edition": edition, "files": sizes})
        return
    for path in written:
        stdout.print(f"{path} ({path.stat().st_size:,} bytes)", markup=False)


def _write(out: Path, document: dict[str, object]) -> list[Path]:
    """All files; the folder appears whole or not at all."""
    import shutil
    import tempfile

    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.incident_lists.publication_tables import table_files, tables_zip
    from headstamp.formats.json_text import json_text

    files = {
        "publication.json": (json_text(document) + "\n").encode(),
        **table_files(document),
        "tables.zip": tables_zip(document),
    }
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise OutputError(f"{out}: cannot be made ({error.strerror})") from error
    try:
        for name, content in files.items():
            write_atomically(scratch / name, content)
        scratch.chmod(0o755)
        scratch.replace(out)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return [out / name for name in files]


def _require_free(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"{out}: is there already and holds something; give another --out")


def _progress(step: str) -> None:
    stderr.print(f"{step} ...", markup=False)
