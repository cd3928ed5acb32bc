"""A Crimes export of any size with the 22 columns of the city's, made by DuckDB in seconds."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = {
    "ID": "1000000 + i",
    "Case Number": "chr(65 + CAST(i % 26 AS INT)) || chr(65 + CAST(i // 26 % 26 AS INT)) "
    "|| lpad(CAST(i % 999983 AS VARCHAR), 6, '0')",
    "Date": "strftime(occurred, '%m/%d/%Y %I:%M:%S %p')",
    "Block": "lpad(CAST(pick(i, 1, 130) AS VARCHAR), 3, '0') || 'XX ' "
    "|| ['N', 'S', 'E', 'W'][pick(i, 2, 4) + 1] || ' STREET ' "
    "|| CAST(pick(i, 3, 900) AS VARCHAR)",
    "IUCR": "codes[kind].code",
    "Primary Type": "codes[kind].primary",
    "Description": "codes[kind].described",
    "Location Description": "['STREET', 'RESIDENCE', 'APARTMENT', 'SIDEWALK', "
    "'PARKING LOT / GARAGE (NON RESIDENTIAL)', 'SMALL RETAIL STORE', ''][pick(i, 4, 7) + 1]",
    "Arrest": "CASE WHEN pick(i, 5, 4) = 0 THEN 'true' ELSE 'false' END",
    "Domestic": "CASE WHEN pick(i, 6, 7) = 0 THEN 'true' ELSE 'false' END",
    "Beat": "lpad(CAST(district * 100 + pick(i, 7, 35) AS VARCHAR), 4, '0')",
    "District": "lpad(CAST(district AS VARCHAR), 3, '0')",
    "Ward": "CAST(pick(i, 8, 50) + 1 AS VARCHAR)",
    "Community Area": "CAST(pick(i, 9, 77) + 1 AS VARCHAR)",
    "FBI Code": "codes[kind].fbi",
    "X Coordinate": "CAST(1100000 + pick(i, 10, 100000) AS VARCHAR)",
    "Y Coordinate": "CAST(1820000 + pick(i, 11, 120000) AS VARCHAR)",
    "Year": "CAST(year(occurred) AS VARCHAR)",
    "Updated On": "strftime(occurred + INTERVAL 7 DAY, '%m/%d/%Y %I:%M:%S %p')",
    "Latitude": "printf('%.9f', latitude)",
    "Longitude": "printf('%.9f', longitude)",
    "Location": "printf('(%.9f, %.9f)', latitude, longitude)",
}
CODES = (
    ("0110", "HOMICIDE", "FIRST DEGREE MURDER", "01A"),
    ("041A", "BATTERY", "AGGRAVATED: HANDGUN", "04B"),
    ("0486", "BATTERY", "DOMESTIC BATTERY SIMPLE", "08B"),
    ("0820", "THEFT", "$500 AND UNDER", "06"),
    ("0810", "THEFT", "OVER $500", "06"),
    ("1320", "CRIMINAL DAMAGE", "TO VEHICLE", "14"),
    ("0560", "ASSAULT", "SIMPLE", "08A"),
    ("1811", "NARCOTICS", "POSS: CANNABIS 30GMS OR LESS", "18"),
)


def write_crimes(path: Path, rows: int) -> None:
    """Write an export of so many rows from 2001 to 2025, one in a thousand a homicide.

    Parameters
    ----------
    path : Path
        A CSV file.
    rows : int
    """
    codes = ", ".join(
        f"{{code: '{code}', \"primary\": '{primary}', described: '{said}', fbi: '{fbi}'}}"
        for code, primary, said, fbi in CODES
    )
    columns = ", ".join(f'{how} AS "{name}"' for name, how in COLUMNS.items())
    with duckdb.connect() as database:
        database.execute("SET memory_limit = '1GB'; SET enable_progress_bar = false")
        database.execute(
            "CREATE MACRO pick(i, salt, number) AS CAST(hash(i, salt) % number AS BIGINT)"
        )
        database.execute(
            f"COPY (WITH made AS (SELECT i, [{codes}] AS codes, "  # noqa: S608 - our own
            "CASE WHEN pick(i, 12, 1000) = 0 THEN 1 ELSE pick(i, 13, 7) + 2 END AS kind, "
            "pick(i, 14, 25) + 1 AS district, "
            "41.65 + pick(i, 15, 380000) / 1e6 AS latitude, "
            "-87.9 + pick(i, 16, 370000) / 1e6 AS longitude, "
            "TIMESTAMP '2001-01-01' + to_seconds(pick(i, 17, 789000000)) "
            f"AS occurred FROM range({rows}) AS numbers(i)) SELECT {columns} FROM made) "
            f"TO '{path}' (FORMAT csv, HEADER)"
        )
