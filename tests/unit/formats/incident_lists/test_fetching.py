"""Lists fetched from a portal: paging, going on after a break, what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from tests.unit.formats.incident_lists import soda
from tests.unit.formats.incident_lists.soda import after, murder, refusing

from headstamp.errors import OutputError, PortalError, UnreadableTableError
from headstamp.formats.incident_lists.portal import collecting
from headstamp.formats.incident_lists.portal.address import dataset
from headstamp.formats.incident_lists.portal.asking import Portal
from headstamp.formats.incident_lists.portal.fetching import Fetched, Wanted, fetch
from headstamp.formats.incident_lists.vintages import SOURCE, folder_of, vintages

TOKEN = "a-token-of-this-test"  # noqa: S105, it opens nothing
LATER = "Sun, 03 Jan 2021 03:00:00 GMT"


@pytest.fixture
def portal() -> Iterator[soda.Portal]:
    """Seven murders."""
    with soda.serving(soda.Portal([murder(number) for number in range(1, 8)])) as one:
        yield one


@pytest.fixture
def said() -> list[str]:
    """What the user was told meanwhile."""
    return []


@pytest.fixture
def get(portal: soda.Portal, tmp_path: Path, said: list[str]) -> Callable[..., Fetched]:
    """``get(since_last=False, page_size=3)`` fetches into the folder ``data``."""

    def run(since_last: bool = False, page_size: int = 3, token: str = "") -> Fetched:
        asking = Portal(dataset(portal.address), token, 5.0, said.append, lambda _: None)
        wanted = Wanted(tmp_path / "data", since_last=since_last, page_size=page_size)
        return fetch(asking, wanted)

    return run


@pytest.fixture
def left(tmp_path: Path) -> Callable[[], list[str]]:
    """``left()``: pages that are kept for another time."""
    return lambda: sorted(path.name for path in (tmp_path / "data").rglob("page-*"))


def ids(data: Path, made: Fetched) -> list[str]:
    path = folder_of(data, made.imported.vintage) / SOURCE
    return [row[0] for row in duckdb.read_parquet(str(path)).project("id").fetchall()]


def test_a_list_is_fetched_page_by_page_in_an_order_that_stays(get, portal, tmp_path):
    made = get()
    assert portal.offsets == [0, 3, 6]
    assert ids(tmp_path / "data", made) == list("1234567")
    assert made.imported.vintage.schema == "chicago-crimes"
    assert (made.portal_rows, made.pages_fetched, made.pages_kept) == (7, 3, 0)


def test_the_vintage_has_the_hash_of_the_header_and_the_rows_as_they_came(get, portal):
    vintage = get().imported.vintage
    whole = portal.page(portal.rows, ["*", ":id", ":updated_at"])
    assert vintage.sha256 == hashlib.sha256(whole).hexdigest()
    assert vintage.file_name == f"{portal.origin[7:].replace(':', '-')}-abcd-1234.csv"


def test_the_lists_own_id_is_its_number_not_that_of_the_portal(get, tmp_path):
    made = get().imported.vintage
    rows = duckdb.read_parquet(str(folder_of(tmp_path / "data", made) / "rows.parquet"))
    assert {row[0] for row in rows.project("victim").fetchall()} == set("1234567")


def test_rows_that_differ_for_the_portal_alone_are_repeated(get, portal):
    portal.rows.append(portal.rows[0] | {":id": "row-9999", ":updated_at": "2021-01-05"})
    made = get().imported
    assert (made.vintage.rows, made.vintage.rejected, made.repeated) == (7, 1, 1)


def test_a_time_of_day_beside_a_day_as_portals_write_it_is_read(get, portal, tmp_path):
    portal.rows = [
        {
            "incident_key": "1", "occur_date": "2016-05-06T00:00:00.000", "occur_time": "23:45:00",
            "boro": "QUEENS", "statistical_murder_flag": "true", "precinct": "103",
            ":id": "row-1", ":updated_at": "2021-01-02T03:00:00.000Z",
        }
    ]  # fmt: skip
    made = get().imported.vintage
    rows = duckdb.read_parquet(str(folder_of(tmp_path / "data", made) / "rows.parquet"))
    found = rows.project("CAST(occurred AS VARCHAR), fatal").fetchall()
    assert found == [("2016-05-06 23:45:00", True)]


def test_nothing_but_the_vintage_is_left(get, tmp_path):
    made = get()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["chicago"]
    assert folder_of(tmp_path / "data", made.imported.vintage).is_dir()


def test_the_token_is_sent_and_kept_nowhere(get, portal, tmp_path):
    portal.faults = [None, None, refusing(404)]
    with pytest.raises(PortalError):
        get(token=TOKEN)
    assert [one["X-App-Token"] for one in portal.asked] == [TOKEN] * 3
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]


def test_without_a_token_none_is_sent(get, portal):
    get()
    assert not [one for one in portal.asked if "X-App-Token" in one]


def test_a_page_that_has_arrived_is_never_asked_for_again(get, portal, left):
    portal.faults = [None, None, None, refusing(403)]
    with pytest.raises(PortalError, match="answers 403"):
        get()
    assert left() == ["page-000001.csv", "page-000002.csv"]
    portal.asked.clear()
    made = get()
    assert portal.offsets == [6]
    assert (made.pages_fetched, made.pages_kept, made.imported.vintage.rows) == (1, 2, 7)


def test_a_list_that_changed_since_is_fetched_from_the_beginning(get, portal, said):
    portal.faults = [None, None, refusing(403)]
    with pytest.raises(PortalError):
        get()
    portal.rows.append(murder(8, LATER))
    portal.modified = LATER
    portal.asked.clear()
    assert get().imported.vintage.rows == 8
    assert portal.offsets == [0, 3, 6]
    assert "has changed since; it is fetched from the beginning" in said[-1]


def test_pages_of_another_size_are_dropped(get, portal, said):
    portal.faults = [None, None, refusing(403)]
    with pytest.raises(PortalError):
        get()
    assert get(page_size=4).imported.vintage.rows == 7
    assert "they have 3 rows each, and now 4 are asked" in said[-1]


def cut(page: bytes) -> bytes:
    return page[:-9]


def without_last_row(page: bytes) -> bytes:
    return b"".join(page.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("damage", [bytes, cut, without_last_row])
def test_a_kept_page_that_was_damaged_is_asked_for_again(get, portal, tmp_path, damage):
    portal.faults = [None, None, None, refusing(403)]
    with pytest.raises(PortalError):
        get()
    (page,) = (tmp_path / "data").rglob("page-000001.csv")
    page.write_bytes(damage(page.read_bytes()) if damage is not bytes else b"")
    portal.asked.clear()
    assert get().imported.vintage.rows == 7
    assert portal.offsets == [0, 6]


def test_a_state_that_cannot_be_read_is_begun_anew(get, portal, tmp_path):
    portal.faults = [None, None, refusing(403)]
    with pytest.raises(PortalError):
        get()
    (state,) = (tmp_path / "data").rglob("state.json")
    state.write_text(json.dumps({"version": 1, "no": "plan"}))
    assert get().pages_kept == 0


def test_a_list_that_changes_meanwhile_is_begun_anew(get, portal, said, tmp_path):
    def change(one: soda.Portal) -> None:
        one.rows.insert(0, murder(0))
        one.modified = LATER

    portal.faults = [None, None, after(change)]
    made = get()
    assert ids(tmp_path / "data", made) == list("01234567")
    assert portal.offsets == [0, 3, 0, 3, 6]
    assert "has changed meanwhile; it is begun anew" in said[-1]


def test_a_list_that_changes_behind_the_last_page_is_begun_anew(get, portal, tmp_path):
    def change(one: soda.Portal) -> None:
        one.rows[0]["id"] = "9"
        one.modified = LATER

    portal.faults = [None, None, None, None, after(change)]
    assert ids(tmp_path / "data", get()) == list("9234567")


def test_rows_that_move_between_pages_are_seen_without_a_date_of_the_data(get, portal, tmp_path):
    def change(one: soda.Portal) -> None:
        one.rows.insert(0, murder(0))
        one.rows.pop()

    portal.modified = ""
    portal.faults = [None, None, after(change)]
    assert ids(tmp_path / "data", get()) == list("0123456")


def test_a_list_that_never_stays_is_given_up(get, portal, left):
    days = iter(range(1, 30))

    def change(one: soda.Portal) -> None:
        one.modified = f"Sun, {next(days):02} Jan 2021 03:00:00 GMT"

    portal.faults = [after(change)] * 30
    with pytest.raises(PortalError, match="changed 3 times while it was fetched"):
        get()
    assert not left()


def test_the_same_list_again_is_kept_once(get, tmp_path):
    get()
    assert not get().imported.is_new
    assert len(vintages(tmp_path / "data")) == 1


def test_what_has_changed_is_merged_with_what_has_not(get, portal, tmp_path):
    get()
    portal.rows[2] |= murder(3, "2021-02-01T00:00:00.000Z", iucr="0130")
    portal.rows.append(murder(8, "2021-02-02T00:00:00.000Z"))
    portal.modified = LATER
    portal.rows[0][":updated_at"] = "2020-12-31T00:00:00.000Z"
    portal.asked.clear()
    made = get(since_last=True)
    # Row 1 is older than the latest of the vintage: it is not asked for.
    assert (made.fetched_rows, made.portal_rows, made.imported.vintage.rows) == (7, 8, 8)
    assert {one.get("$where") for one in portal.asked if "$offset" in one} == {
        ":updated_at >= '2021-01-02T03:00:00.000Z'"
    }
    rows = duckdb.read_parquet(str(folder_of(tmp_path / "data", made.imported.vintage) / SOURCE))
    assert sorted(rows.project("id, iucr").fetchall()) == [
        (str(number), "0130" if number == 3 else "0110") for number in range(1, 9)
    ]
    assert len(vintages(tmp_path / "data")) == 2


def test_a_merged_vintage_is_brought_up_to_date_again(get, portal):
    get()
    portal.rows.append(murder(8, "2021-02-01T00:00:00.000Z"))
    get(since_last=True)
    portal.rows.append(murder(9, "2021-03-01T00:00:00.000Z"))
    made = get(since_last=True)
    assert (made.fetched_rows, made.imported.vintage.rows) == (2, 9)


def test_nothing_changed_makes_no_vintage(get, tmp_path):
    first = get().imported.vintage
    made = get(since_last=True)
    assert (made.imported.is_new, made.imported.vintage, made.since) == (False, first, first.id)
    assert len(vintages(tmp_path / "data")) == 1


@pytest.mark.parametrize(
    ("change", "reason", "expected"),
    [
        (lambda rows: rows.pop(2), "1 rows have been removed", "124567"),
        (lambda rows: rows.pop(2) and rows.append(murder(8, "2021-02-01")), "1 rows", "1245678"),
        (lambda rows: rows.append(murder(8, "2020-01-01")), "no date of change", "12345678"),
        (lambda rows: [row.update(ward="4") for row in rows], "columns have changed", "1234567"),
        (lambda rows: [row.update({":updated_at": "2020"}) for row in rows], "latest", "1234567"),
    ],
)
def test_what_cannot_be_told_by_the_dates_is_fetched_whole(
    get, portal, said, tmp_path, change, reason, expected
):
    get()
    change(portal.rows)
    made = get(since_last=True)
    assert ids(tmp_path / "data", made) == list(expected)
    assert made.since == ""
    assert reason in said[-1]
    assert said[-1].endswith("it is fetched whole")


def test_without_a_vintage_everything_is_fetched(get, said):
    assert get(since_last=True).imported.vintage.rows == 7
    assert said == ["nothing has been fetched from there before: it is fetched whole"]


def test_a_list_that_is_not_known_is_seen_by_its_first_page(get, portal, left):
    portal.rows = [{**murder(number), "fbi": "01A"} for number in range(1, 8)]
    for one in portal.rows:
        del one["fbi_code"]
    with pytest.raises(UnreadableTableError, match=r"page-000001\.csv: is no list that is known"):
        get()
    assert portal.offsets == [0]
    assert left() == ["page-000001.csv"]


def test_a_full_disk_keeps_what_has_arrived(get, portal, left, monkeypatch):
    ask = Portal.ask

    def fill(self: Portal, form, query, sink, largest):
        if query.get("$offset") == 3:
            raise OSError(28, "No space left on device")
        return ask(self, form, query, sink, largest)

    monkeypatch.setattr(Portal, "ask", fill)
    with pytest.raises(OutputError, match=r"No space left.*pages that have arrived are kept"):
        get()
    assert left() == ["page-000001.csv"]
    monkeypatch.undo()
    portal.asked.clear()
    assert get().imported.vintage.rows == 7
    assert portal.offsets == [3, 6]


def test_being_stopped_keeps_what_has_arrived(get, portal, left, monkeypatch):
    read = collecting.read_page

    def stop(path, number, kind="text/csv"):
        if number == 2:
            raise KeyboardInterrupt
        return read(path, number, kind)

    monkeypatch.setattr(collecting, "read_page", stop)
    with pytest.raises(KeyboardInterrupt):
        get()
    assert left() == ["page-000001.csv"]
    monkeypatch.undo()
    assert get().pages_kept == 1


def test_a_list_is_fetched_by_one_process_at_a_time(get, portal):
    found = []

    def meanwhile(one: soda.Portal) -> None:
        with pytest.raises(PortalError, match="another process is fetching") as caught:
            get()
        found.append(caught)

    portal.faults = [None, None, after(meanwhile)]
    assert get().imported.vintage.rows == 7
    assert found
