"""``headstamp incidents fetch``."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from tests.unit.formats.incident_lists import soda
from tests.unit.formats.incident_lists.soda import after, murder, refusing


@pytest.fixture
def portal() -> Iterator[soda.Portal]:
    """Five murders."""
    with soda.serving(soda.Portal([murder(number) for number in range(1, 6)])) as one:
        yield one


@pytest.fixture
def words(portal, tmp_path):
    """The command for pages of two rows."""
    return ("incidents", "fetch", portal.address, "--into", tmp_path / "data", "--page-size", 2)


def test_a_list_becomes_a_vintage(headstamp, words, portal):
    code, out, err = headstamp(*words)
    assert (code, err) == (0, "")
    assert f"{portal.address}: 5 of 5 rows, in 3 pages." in out
    assert "chicago-crimes: 5 rows from 2020-03-04 to 2020-03-04, kept in" in out


def test_host_and_id_name_it_as_well(headstamp, portal, tmp_path):
    code, out, _ = headstamp(
        "incidents", "fetch", portal.origin, soda.DATASET, "--into", tmp_path / "data"
    )
    assert code == 0
    assert "5 of 5 rows" in out


def test_json_says_what_was_kept_and_where_from(headstamp, words, portal, tmp_path):
    answer = json.loads(headstamp(*words, "--json")[1])
    assert (answer["rows"], answer["rejected"], answer["is_new"]) == (5, 0, True)
    assert (answer["source"], answer["portal_rows"], answer["fetched_rows"]) == (
        portal.address, 5, 5,
    )  # fmt: skip
    assert (answer["pages_fetched"], answer["pages_kept"], answer["since"]) == (3, 0, "")
    assert (tmp_path / "data/chicago/chicago-crimes" / answer["id"]).is_dir()


def test_what_has_changed_since_the_last_vintage(headstamp, words, portal):
    first = json.loads(headstamp(*words, "--json")[1])["id"]
    portal.rows.append(murder(6, "2021-02-01T00:00:00.000Z"))
    portal.rows[0][":updated_at"] = "2020-01-01T00:00:00.000Z"
    code, out, _ = headstamp(*words, "--since-last")
    assert code == 0
    assert f"5 of 6 rows that may have changed since {first}, in 3 pages." in out
    assert "chicago-crimes: 6 rows" in out


def test_the_token_comes_from_the_environment(headstamp, words, portal, monkeypatch):
    monkeypatch.setenv("HEADSTAMP_APP_TOKEN", "of-the-environment")
    headstamp(*words)
    assert {one["X-App-Token"] for one in portal.asked} == {"of-the-environment"}


def test_the_token_of_the_option_outranks_it(headstamp, words, portal, monkeypatch):
    monkeypatch.setenv("HEADSTAMP_APP_TOKEN", "of-the-environment")
    headstamp(*words, "--app-token", "of-the-option")
    assert {one["X-App-Token"] for one in portal.asked} == {"of-the-option"}


def test_waiting_is_told(headstamp, words, portal):
    portal.faults = [refusing(429, Retry_After="0")]
    code, out, err = headstamp(*words, "--json")
    assert (code, json.loads(out)["rows"]) == (0, 5)
    assert "answers 429" in err
    assert "asking again in 0 s" in err


def test_a_refusal_is_one_line_with_its_own_exit_code(headstamp, words, portal, tmp_path):
    portal.faults = [refusing(404)]
    code, out, err = headstamp(*words)
    assert (code, out) == (13, "")
    assert err.count("\n") == 1
    assert "check the host and the id of the dataset" in err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--schema", "no-such"], "no-such: is no known list"),
        (["--schema", "nypd-shootings"], "has no column INCIDENT_KEY"),
        (["--mapping", "nowhere.toml"], "nowhere.toml: no mapping"),
    ],
)
def test_a_list_that_it_is_not_is_refused(headstamp, words, more, said):
    code, _, err = headstamp(*words, *more)
    assert code == 10
    assert said in err


def test_a_wrong_mapping_is_put_right_without_asking_again(headstamp, words, portal):
    headstamp(*words, "--schema", "nypd-shootings")
    assert headstamp(*words)[0] == 0
    assert portal.offsets == [0, 2, 4]


def started(words, portal) -> subprocess.Popen[bytes]:
    """The command as a process of its own that has two pages and waits for the third."""
    waiting, go_on = threading.Event(), threading.Event()

    def hold(one: soda.Portal) -> None:
        waiting.set()
        go_on.wait(30)

    portal.faults = [None, None, None, after(hold)]
    process = subprocess.Popen(
        [sys.executable, "-m", "headstamp.cli.main", *map(str, words)], stderr=subprocess.PIPE
    )
    assert waiting.wait(30)
    portal.release = go_on.set
    return process


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 130)]
)
def test_a_process_that_was_ended_is_gone_on_from(headstamp, words, portal, how, code):
    process = started(words, portal)
    process.send_signal(how)
    err = process.communicate(timeout=30)[1].decode()
    portal.release()
    assert process.returncode == code
    assert ("the same command goes on from there" in err) == (code == 130)
    portal.asked.clear()
    answer = json.loads(headstamp(*words, "--json")[1])
    assert portal.offsets == [4]
    assert (answer["rows"], answer["pages_kept"]) == (5, 2)
