"""The city's list of victims of homicides and non-fatal shootings, by rows made up for it."""

from __future__ import annotations

from datetime import date

import pytest

from headstamp.formats.incident_lists.counting import Question, count
from headstamp.formats.incident_lists.importing import import_list

HEADER = (
    "CASE_NUMBER,DATE,BLOCK,VICTIMIZATION_PRIMARY,INCIDENT_PRIMARY,GUNSHOT_INJURY_I,UNIQUE_ID,BEAT,"
    "DISTRICT,WARD,COMMUNITY_AREA,LATITUDE,LONGITUDE,UPDATED,VICTIMIZATION_IUCR_CD"
)
VICTIMS = (("HOMICIDE", "YES"), ("HOMICIDE", "NO"), ("BATTERY", "YES"), ("ROBBERY", "YES"))


@pytest.mark.parametrize("written", ["%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S.000"])
def test_victims_with_a_gunshot_injury_are_counted_killed_and_wounded(tmp_path, written):
    day = date(2021, 3, 4).strftime(written)
    rows = [
        f"J{number},{day},001XX N OAK ST,{what},{what},{shot},U-{number},0712,007,3,LOOP,"
        f"41.8,-87.6,{day},0110"
        for number, (what, shot) in enumerate(VICTIMS)
    ]
    path = tmp_path / "victims.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    made = import_list(path, tmp_path / "data", retrieved="2021-03-31")
    assert (made.vintage.schema, made.vintage.rows) == ("chicago-violence-victims", 4)
    asked = Question("chicago", date(2021, 3, 4), first=date(2021, 3, 4))
    found = {one.rule.name: one.count for one in count(tmp_path / "data", asked).figures}
    assert found == {
        "chicago-homicides-violence-data": 2,
        "chicago-incidents-shot-violence-data": 3,
        "chicago-victims-shot-open-data": 3,
        "chicago-victims-shot-killed-open-data": 1,
        "chicago-victims-shot-wounded-open-data": 2,
    }
