"""``headstamp check``."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On"
SLOTS = (
    "text", "start", "end", "measure", "place", "period", "quantity", "relation", "speaker",
    "finding", "explanation", "checked_against", "readings", "hedge",
)  # fmt: skip
TEXT = "Chicago had 360 murders this year, police said. The Cubs won 7-3.\n"


@pytest.fixture
def data(headstamp, tmp_path):
    """Murders of Chicago, invented: one a day in 2016, two a day in 2017, until 29 June."""
    days = [date(2016, 1, 1) + timedelta(days=day) for day in range(546)]
    days += [day for day in days if day.year == 2017]
    rows = [
        f"{number},A{number},{day:%m/%d/%Y} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,0712,007,"
        "01A,07/01/2017 03:40:00 PM"
        for number, day in enumerate(sorted(days))
    ]
    path = tmp_path / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    words = ("incidents", "import", path, "--retrieved", "2017-06-30")
    assert headstamp(*words, "--into", tmp_path / "data")[0] == 0
    return tmp_path / "data"


@pytest.fixture
def check(headstamp, tmp_path):
    """``check(text, *words)`` runs the command on a file with the text."""

    def run(text: str | bytes, *words: object) -> tuple[int, str, str]:
        path = tmp_path / "said.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return headstamp("check", path, *words)

    return run


def claims(answer: tuple[int, str, str]) -> list[dict]:
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)["claims"]


def test_json_has_each_claim_with_its_span_its_slots_and_its_figures(check, data):
    (one,) = claims(check(TEXT, "--data", data, "--date", "2017-06-30", "--json"))
    assert set(SLOTS) <= set(one)
    assert TEXT[one["start"] : one["end"]] == one["text"]
    assert (one["measure"], one["place"], one["relation"]) == ("murders", "chicago", "is")
    assert (one["period"]["from"], one["quantity"]["value"]) == ("2017-01-01", 360)
    assert one["finding"] == "consistent"
    figure = one["checked_against"][0]
    assert (figure["count"], figure["rule"]) == (360, "chicago-murders-open-data v1")
    assert figure["to"] == "2017-06-29"
    assert figure["vintage"].startswith("2017-06-30-")


def test_a_wrong_number_is_marked_and_told_what_would_be_true(check, data):
    wrong = TEXT.replace("360", "500")
    code, out, _ = check(wrong, "--data", data, "--date", "2017-06-30")
    assert code == 0
    assert "[1]" in out
    assert "Not what the figures say." in out
    assert "Chicago had 360 murders from 1 January to 29 June 2017" in out


def test_without_lists_the_years_of_cities_answer(check):
    said = "In 2015, New York had 352 murders."
    (one,) = claims(check(said, "--date", "2017-06-30", "--json"))
    assert one["finding"] == "consistent"
    assert one["checked_against"][0]["vintage"] is None


def test_the_place_that_is_meant_can_be_given(check):
    said = "There were 478 murders in 2015."
    (one,) = claims(check(said, "--date", "2016-06-30", "--json"))
    assert one["finding"] == "not_checkable"
    (one,) = claims(check(said, "--date", "2016-06-30", "--place", "chicago", "--json"))
    assert one["finding"] == "consistent"


def test_rows_of_ones_own_cities_are_used(check, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "city,name,state,year,part_of_year,murders,population,source\n"
        "chicago,Chicago,Illinois,2024,,581,,An annual report\n"
    )
    words = ("--cities", own, "--date", "2025-03-01", "--json")
    (one,) = claims(check("Chicago had 581 murders in 2024.", *words))
    assert one["finding"] == "consistent"


@pytest.mark.parametrize(
    "text",
    ["", "The game ended 21-17 on Sunday.\n", "Il y a eu trois cents meurtres à Paris.\n"],
)
def test_a_text_without_a_claim_is_said_to_have_none(check, text):
    code, out, _ = check(text, "--date", "2017-06-30")
    assert (code, out.strip()) == (
        0,
        "No statistical claim about murders or shootings was found in this text.",
    )
    assert claims(check(text, "--json")) == []


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (b"\x00\x01\x02 murders", (), "holds binary data"),
        (b"300 murders \xff\xfe", (), "is not UTF-8 text"),
        (b"x", ("--date", "June 2017"), "is no date; write it as 2017-06-30"),
        (b"x", ("--data", "nowhere"), "there is no such folder"),
        (b"x", ("--vocabulary", "nowhere.toml"), "cannot be read"),
        (b"x", ("--cities", "nowhere.csv"), "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_do(check, content, words, said):
    code, out, err = check(content, *words)
    assert (code, out) == (10, "")
    assert said in " ".join(err.split())


def test_a_missing_file_is_said(headstamp, tmp_path):
    code, _, err = headstamp("check", tmp_path / "none.txt")
    assert code == 10
    assert "cannot be read" in err


def test_a_file_that_is_too_large_is_said(check, monkeypatch):
    monkeypatch.setattr("headstamp.formats.text_file.LARGEST", 10)
    code, _, err = check(b"300 murders in Chicago")
    assert code == 10
    assert "is larger than 10 bytes" in err


def test_a_vocabulary_that_is_none_is_said(check, tmp_path):
    words = tmp_path / "words.toml"
    words.write_text("this is no = = toml")
    code, _, err = check(TEXT, "--vocabulary", words)
    assert code == 10
    assert "no vocabulary" in err


def test_control_characters_of_a_text_cannot_move_the_cursor(check):
    code, out, _ = check("\x1b[2JChicago had 478 murders in 2015.", "--date", "2017-06-30")
    assert code == 0
    assert "\x1b[2J" not in out


def test_offsets_hold_with_carriage_returns_and_quotes(check):
    text = "“Murders”\r\n\r\nNew York had 352 murders in 2015.\r\n"
    (one,) = claims(check(text, "--date", "2017-06-30", "--json"))
    assert text[one["start"] : one["end"]] == one["text"]


def test_claim_review_holds_what_could_be_checked(check, tmp_path):
    path = tmp_path / "review.json"
    said = "New York had 352 murders in 2015. New York had 9 robberies in 2015."
    assert check(said, "--date", "2017-06-30", "--claim-review", path)[0] == 0
    content = json.loads(path.read_text())
    (one,) = content["@graph"]
    assert content["@context"] == "https://schema.org"
    assert one["@type"] == "ClaimReview"
    assert "352 murders" in one["claimReviewed"]
    assert one["itemReviewed"]["datePublished"] == "2017-06-30"
    assert one["reviewRating"]["ratingValue"] == 5
    assert one["reviewRating"]["bestRating"] == 5


def test_what_is_given_on_standard_input_is_checked(headstamp, monkeypatch):
    import io
    import sys

    class Input:
        buffer = io.BytesIO(b"New York had 352 murders in 2015.")

    monkeypatch.setattr(sys, "stdin", Input)
    code, out, _ = headstamp("check", "-", "--date", "2017-06-30", "--json")
    assert code == 0
    assert json.loads(out)["claims"][0]["finding"] == "consistent"


def test_the_article_of_2017_comes_out_as_it_was_found_by_hand(
    headstamp, shared_data: Path, tmp_path
):
    for name, day in (
        ("chicago_people_shot_vintage_2017-06-27.csv", "2017-06-27"),
        ("chicago_people_shot_vintage_2017-06-28.csv", "2017-06-28"),
        ("chicago_people_shot_vintage_2017-06-29.csv", "2017-06-29"),
        ("chicago_shooting_incidents_foia_2010_2019.csv", "2019-12-31"),
        ("chicago_homicides_foia_2001_2019.csv", "2019-12-31"),
        ("chicago_homicide_status_foia_2010_2022.xlsx", "2022-05-31"),
    ):
        words = ("incidents", "import", shared_data / "incidents" / name, "--retrieved", day)
        assert headstamp(*words, "--into", tmp_path / "data")[0] == 0
    article = shared_data / "articles" / "chicago_2017-06-30.txt"
    words = ("--data", tmp_path / "data", "--date", "2017-06-30", "--json")
    found = claims(headstamp("check", article, *words))
    text = article.read_text()
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found)

    def finding(measure: str, number: float | None) -> str:
        (one,) = [
            each
            for each in found
            if each["measure"] == measure
            and (each["quantity"] or {}).get("value") == number
            and not (number is None and each["relation"] == "compared_with")
        ]
        return one["finding"]

    assert finding("shooting_incidents", 1714) == "consistent_with_another_unit"
    assert finding("murders", 760) == finding("murders", 60) == "consistent"
    assert finding("shooting_victims", 4300) == finding("population", 2_700_000) == "consistent"
    assert finding("murders", 320) == finding("shooting_victims", 1703) == "consistent"
    assert finding("murders", None) == "consistent"
    assert finding("shooting_incidents", None) == "imprecise"
    assert finding("shooting_victims", None) == "imprecise"
    (combined,) = [one for one in found if one["relation"] == "compared_with"]
    assert combined["finding"] == "consistent"
    assert [one["count"] for one in combined["checked_against"]] == [762, 629]
