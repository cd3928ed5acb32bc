"""``headstamp incidents fetch``: a list from a city's portal, straight into the vintages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.cli.incident_lines import imported
from headstamp.cli.incident_schema import named_schema
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.stopping import stop_as_with_ctrl_c
from headstamp.cli.workspace_lists import (
    import_into_workspace,
    is_workspace,
    lists_folder,
    lists_of,
    tmp_of,
)
from headstamp.errors import StoppedError

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.importing import Imported
    from headstamp.formats.incident_lists.portal.fetching import Fetched
    from headstamp.formats.incident_lists.schema import Schema

PAGES: Final = "portal"
"""Where the pages of a workspace wait, among what is not finished."""


def fetch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="Address of the dataset, https://HOST/resource/abcd-1234; or the host alone.",
        ),
    ],
    dataset: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the dataset, where SOURCE is a host.")
    ] = "",
    *,
    into: Annotated[
        Path,
        typer.Option(
            help="Folder of vintages; made when missing. The word workspace: that of --workspace."
        ),
    ],
    workspace: WorkspaceFolder = Path("workspace"),
    since_last: Annotated[
        bool,
        typer.Option(
            "--since-last", help="Ask only for rows that have changed since the last vintage."
        ),
    ] = False,
    schema: Annotated[
        str, typer.Option(help="Name of a known list.  [default: found by its columns]")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that 'headstamp incidents map' proposed.")
    ] = None,
    app_token: Annotated[
        str,
        typer.Option(
            envvar="HEADSTAMP_APP_TOKEN",
            show_envvar=False,
            help="App token of the portal; better set as HEADSTAMP_APP_TOKEN.",
        ),
    ] = "",
    page_size: Annotated[int, typer.Option(min=1, max=1_000_000, help="Rows of a page.")] = 50_000,
    timeout: Annotated[
        float, typer.Option(min=1, max=600, help="Seconds to wait for the portal to say anything.")
    ] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fetch a list from a portal that speaks Socrata's SODA 2.1, and keep it as a vintage.

    What has arrived is kept when it is stopped or breaks off; the same command goes on from there.
    """
    from dataclasses import replace

    from headstamp.formats.incident_lists.portal.address import dataset as dataset_of
    from headstamp.formats.incident_lists.portal.asking import Portal
    from headstamp.formats.incident_lists.portal.fetching import Wanted
    from headstamp.formats.incident_lists.portal.fetching import fetch as fetch_list

    stop_as_with_ctrl_c()
    portal = Portal(dataset_of(source, dataset), app_token, timeout, _say)
    list_named = named_schema(schema, mapping)
    with _going_on_later(), lists_of(into, workspace) as data, progress_bar() as progress:
        task = progress.add_task("Fetching rows", total=None)

        def on_rows(done: int, total: int) -> None:
            text = "Fetching rows" if done < total else "Importing"
            progress.update(task, completed=done, total=total, description=text)

        wanted = Wanted(data, list_named, since_last, page_size, on_rows)
        if is_workspace(into):
            wanted = replace(wanted, pages=tmp_of(workspace) / PAGES, keep=_keep_in(workspace))
        made = fetch_list(portal, wanted)
    _tell(made, lists_folder(into, workspace), as_json)


def _keep_in(workspace: Path) -> Callable[[Path, str, Schema | None], Imported]:
    def keep(path: Path, retrieved: str, schema: Schema | None) -> Imported:
        return import_into_workspace(path, workspace, retrieved=retrieved, schema=schema)[0]

    return keep


@contextmanager
def _going_on_later() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        raise StoppedError(
            "stopped; nothing was imported. The pages that have arrived are kept: the same command "
            "goes on from there"
        ) from error


def _say(sentence: str) -> None:
    stderr.print(sentence, markup=False, soft_wrap=True)


def _tell(made: Fetched, into: Path, as_json: bool) -> None:
    from dataclasses import asdict

    from headstamp.formats.incident_lists.vintages import folder_of

    place = folder_of(into, made.imported.vintage)
    if as_json:
        found = asdict(made)
        kept = found.pop("imported")
        print_json({**kept.pop("vintage"), **kept, **found, "folder": str(place)})
        return
    pages = made.pages_fetched + made.pages_kept
    earlier = f", {made.pages_kept} of them from before" if made.pages_kept else ""
    since = f" that may have changed since {made.since}" if made.since else ""
    stdout.print(
        f"{made.source}: {made.fetched_rows:,} of {made.portal_rows:,} rows{since}, in {pages} "
        f"pages{earlier}.",
        markup=False,
    )
    for line in imported(made.imported, "The list", place):
        stdout.print(line, markup=False)
