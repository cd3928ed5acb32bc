"""The steps of the demo: simulate, fill a workspace, search, review, search the newest scene."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from headstamp.cli.console import progress_bar
from headstamp.cli.simulate_run import write_collection
from headstamp.errors import OutputError
from headstamp.gallery.processes import available_cores
from headstamp.simulation.city import plan_city
from headstamp.simulation.city_names import TIME_ZONE
from headstamp.simulation.city_records import City
from headstamp.simulation.city_scanning import simulated_scans

if TYPE_CHECKING:
    from headstamp.web.demonstration.checked_text import CheckedText
    from headstamp.web.demonstration.filling import Demonstration
    from headstamp.web.demonstration.found import SearchedCase


@dataclass(frozen=True, slots=True)
class Plan:
    """A city, the scan of each exhibit that has one, and the seconds it took to make them."""

    city: City
    files: dict[str, Path]
    seconds: float
    last_day: date | None = None
    years: int = 0
    """Of the city's list of shootings, up to the last day; 0 where it has none."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the laboratory found for the newest scene, and what each step took."""

    cases: tuple[SearchedCase, ...]
    times: tuple[tuple[str, float], ...]
    workspace: Path
    text: CheckedText | None = None

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "cases": [asdict(case) for case in self.cases],
            "seconds": dict(self.times),
            "workspace": str(self.workspace),
            "checked_text": asdict(self.text) if self.text else None,
        }


def of_city(out: Path, incidents: int, guns: int, scans: int, seed: int, *, years: int) -> Plan:
    """Plan a city whose newest incident was the day before yesterday, and simulate its scans."""
    start = time.perf_counter()
    last_day = datetime.now(ZoneInfo(TIME_ZONE)).date() - timedelta(days=2)
    try:
        city = plan_city(seed, incidents, guns=guns, scans=scans, last_day=last_day)
    except ValueError as error:
        raise OutputError(f"{error}; change --guns or --incidents") from error
    folder = out / "scans"
    folder.mkdir()
    planned = [scan for _, scan in simulated_scans(city)]
    write_collection(folder, planned, "cropped", None)
    files = {scan.name: folder / f"{scan.name}.x3p" for scan in planned}
    return Plan(city, files, time.perf_counter() - start, last_day, years)


def of_folder(folder: Path, truth: Path | None, seed: int) -> Plan:
    """Take a folder of scans for a city."""
    from headstamp.formats.scene_table import collected_scans
    from headstamp.web.demonstration.folder import city_of

    start = time.perf_counter()
    city, files = city_of(collected_scans(folder, truth), seed)
    return Plan(city, files, time.perf_counter() - start)


class _Clock:
    """Takes the time of each step."""

    def __init__(self, first: tuple[str, float]) -> None:
        self.times = [first]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.times.append((name, time.perf_counter() - start))


def run_demo(root: Path, plan: Plan, jobs: int | None) -> DemoResult:
    """Fill a new workspace and run the newest scene's cases through the laboratory."""
    _make_workspace(root)
    from headstamp.web.demonstration.filling import Demonstration

    demonstration = Demonstration(plan.city, plan.files)
    city, clock = plan.city, _Clock((f"Making {len(plan.files)} scans", plan.seconds))
    with clock.step(f"Entering {len(city.incidents)} incidents, {len(city.exhibits)} exhibits"):
        demonstration.enter()
    with clock.step("Requesting traces and importing results"):
        demonstration.trace()
    text = None
    if plan.years and plan.last_day is not None:
        with clock.step(f"Releasing figures of {plan.years} years of shootings"):
            demonstration.release_figures(plan.last_day, plan.years)
        with clock.step("Checking a text against them"):
            text = demonstration.check_a_text()
    cases = _laboratory(root, demonstration, clock, jobs or available_cores())
    return DemoResult(cases, tuple(clock.times), root, text)


def _make_workspace(root: Path) -> None:
    from headstamp.web.setup import migrate, use
    from headstamp.web.workspace import Workspace

    workspace = Workspace.create(root)
    workspace.keep_setting("HEADSTAMP_DEMO", "1")
    use(workspace.root)
    migrate()


def _laboratory(
    root: Path, demonstration: Demonstration, clock: _Clock, jobs: int
) -> tuple[SearchedCase, ...]:
    """Search everything that came before, review it, then search the newest scene."""
    from headstamp.web.demonstration.scans import workers

    with workers(root, jobs) as wait:
        with clock.step("Preparing and searching the earlier scans"):
            _hand_in(demonstration, wait, newest=False)
        with clock.step("Reviewing what was found"):
            demonstration.review()
        start = time.perf_counter()
        fresh = _hand_in(demonstration, wait, newest=True)
        seconds = time.perf_counter() - start
    clock.times.append((f"The newest scene: {len(fresh)} scans to candidates", seconds))
    return demonstration.found(fresh)


def _hand_in(demonstration: Demonstration, wait: Any, *, newest: bool) -> list[Any]:
    """Hand scans in and wait until they are searched, with a progress bar."""
    with progress_bar() as progress:
        task = progress.add_task("Preparing and searching scans", total=None)
        made = demonstration.hand_in(newest=newest)
        progress.update(task, total=len(made))
        wait(lambda left: progress.update(task, completed=len(made) - left))
    return made
