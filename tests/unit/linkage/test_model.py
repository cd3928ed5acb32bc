"""Models as settings of Splink, for DuckDB and for Spark."""

from __future__ import annotations

import json
import re

import pytest
import sqlglot
from splink import DuckDBAPI, Linker, SettingsCreator

from headstamp.errors import LinkageError
from headstamp.linkage.model import model_of, settings, stated
from headstamp.linkage.records import KINDS

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_model_is_the_same_after_it_was_written_in_either_dialect(linked, kind, dialect) -> None:
    model = linked(kind).model
    assert model_of(json.loads(json.dumps(settings(model, dialect)))) == model


@each_kind
def test_splink_takes_the_settings_for_spark(kind) -> None:
    made = SettingsCreator.from_path_or_dict(settings(stated(kind, 1000), "spark"))
    kept = made.get_settings("spark")
    assert kept.as_dict()["sql_dialect"] == "spark"


SPARK = {  # of Spark SQL itself, or of the library that Splink brings to it
    "LENGTH", "SUBSTRING", "CONTAINS", "STARTSWITH", "DAMERAU_LEVENSHTEIN", "JARO_WINKLER",
}  # fmt: skip


@each_kind
def test_settings_for_spark_call_only_functions_that_spark_has_with_splink(kind) -> None:
    for comparison in settings(stated(kind, 1000), "spark")["comparisons"]:
        for level in comparison["comparison_levels"]:
            called = re.findall(r"\b([A-Z_]+)\(", level["sql_condition"])
            assert set(called) - {"AND", "OR", "NOT"} <= SPARK
            sqlglot.parse_one(level["sql_condition"].replace("ELSE", "1"), read="spark")


@each_kind
def test_the_conditions_for_spark_mean_the_same_once_they_are_read_as_sql_of_spark(
    linked, kind
) -> None:
    """Read as Spark reads them and run on DuckDB, they give the proposals of before."""
    made = settings(linked(kind).model, "spark")
    for comparison in made["comparisons"]:
        for level in comparison["comparison_levels"]:
            if level["sql_condition"] != "ELSE":
                level["sql_condition"] = _to_duckdb(level["sql_condition"])
    for rule in made["blocking_rules_to_generate_predictions"]:
        rule["blocking_rule"] = _to_duckdb(rule["blocking_rule"])
        del rule["sql_dialect"]
    assert _weights(made, linked(kind)) == pytest.approx(
        _weights(settings(linked(kind).model), linked(kind))
    )


def _to_duckdb(condition: str) -> str:
    text = sqlglot.parse_one(condition, read="spark").sql(dialect="duckdb")
    return text.replace("JARO_WINKLER(", "JARO_WINKLER_SIMILARITY(")


def _weights(made, there) -> list[float]:
    from headstamp.linkage.engine import TABLE, engine

    with engine(there.model.kind, there.drawn.records) as run:
        linker = Linker(DuckDBAPI(run.connection).register(TABLE), made, log_level=None)
        rows = linker.inference.predict(warning_mode="never").as_record_list()
    return [
        row["match_weight"] for row in sorted(rows, key=lambda r: (r["record_l"], r["record_r"]))
    ]


def test_settings_that_are_not_ours_or_of_another_version_are_refused() -> None:
    ours = settings(stated("person", 1000))
    with pytest.raises(LinkageError, match="no settings that headstamp linkage wrote"):
        model_of({**ours, "linker_uid": "abc"})
    with pytest.raises(LinkageError, match="no settings"):
        model_of({})
    with pytest.raises(LinkageError, match="in another way"):
        model_of({**ours, "comparisons": ours["comparisons"][1:]})
    with pytest.raises(LinkageError, match="probability"):
        model_of({**ours, "probability_two_random_records_match": 1.5})


@each_kind
def test_the_stated_values_of_a_field_are_shares_that_add_up(kind) -> None:
    weights = stated(kind, 1000).weights
    for field in {field for field, _ in weights}:
        for side in (0, 1):
            total = sum(pair[side] for level, pair in weights.items() if level[0] == field)
            assert total == pytest.approx(1.0, abs=0.03)
