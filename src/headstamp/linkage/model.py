"""A model: how much each level of agreement weighs, as settings of Splink for DuckDB or Spark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from headstamp.errors import LinkageError
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.plan import ELSE, Comparison, Level
from headstamp.linkage.records import KINDS, Kind

Dialect = Literal["duckdb", "spark"]

Weights = Mapping[tuple[str, str], tuple[float, float]]
"""By field and label of a level: how often it is so for one thing, and for two."""

ID: Final = "record"
"""The prepared column that tells records apart."""

FEWEST: Final = 1000
"""Records of which the stated prior speaks at least: with fewer it would expect too much."""

_NAME: Final = "headstamp-linkage"


@dataclass(frozen=True, slots=True)
class Model:
    """What counts for and against two records being of one thing.

    Parameters
    ----------
    kind : str
    prior : float
        Share of all pairs of records that are of one thing.
    weights : mapping
    learnt_from : int
        Records it was learnt from; 0 for the stated starting values.
    """

    kind: Kind
    prior: float
    weights: Weights
    learnt_from: int = 0


def stated(kind: Kind, records: int) -> Model:
    """The starting values that the plan states, before anything is learnt.

    Parameters
    ----------
    kind : str
    records : int
        The prior takes every second record to have one other; of few, fewer.
    """
    levels = {
        (comparison.field, level.label): (level.m, level.u)
        for comparison in PLANS[kind].comparisons
        for level in comparison.levels
    }
    return Model(kind, 1.0 / max(records, FEWEST), levels)


def settings(model: Model, dialect: Dialect = "duckdb") -> dict[str, Any]:
    """Settings of Splink: the same conditions and weights, in the SQL of a dialect.

    Parameters
    ----------
    model : Model
    dialect : {"duckdb", "spark"}
    """
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    plan = PLANS[model.kind]
    creator = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=ID,
        comparisons=[_comparison(one, model.weights, dialect) for one in plan.comparisons],
        blocking_rules_to_generate_predictions=[
            CustomRule(rule, sql_dialect="duckdb") for rule in plan.blocking
        ],
        probability_two_random_records_match=model.prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        linker_uid=f"{_NAME}-{model.kind}-{model.learnt_from}",
    )
    made: dict[str, Any] = creator.create_settings_dict(dialect)
    return made | {"sql_dialect": dialect}


def _comparison(comparison: Comparison, weights: Weights, dialect: Dialect) -> dict[str, Any]:
    missing = {"sql_condition": _translated(comparison.missing, dialect), "is_null_level": True,
               "label_for_charts": "not known on one side"}  # fmt: skip
    return {
        "output_column_name": comparison.field,
        "comparison_description": comparison.field,
        "comparison_levels": [
            missing,
            *(_level(one, weights[comparison.field, one.label], dialect)
              for one in comparison.levels),
        ],
    }  # fmt: skip


def _level(level: Level, weight: tuple[float, float], dialect: Dialect) -> dict[str, Any]:
    common = (
        # A condition may name other columns than the one whose values are counted.
        {"tf_adjustment_column": level.common, "disable_tf_exact_match_detection": True}
        if level.common
        else {}
    )
    return {
        "sql_condition": _translated(level.condition, dialect),
        "label_for_charts": level.label,
        "m_probability": weight[0],
        "u_probability": weight[1],
        **common,
    }


def _translated(condition: str, dialect: Dialect) -> str:
    from splink.comparison_level_library import CustomLevel
    from splink.internals.dialects import SplinkDialect

    if condition == ELSE:
        return condition
    target = SplinkDialect.from_string(dialect)
    # On Spark Splink brings this function with it, under a name that no translator knows.
    named = condition.replace("jaro_winkler_similarity", target.jaro_winkler_function_name)
    return str(CustomLevel(named, base_dialect_str="duckdb").create_sql(target))


def model_of(settings: Mapping[str, Any]) -> Model:
    """The model that settings hold; the weights are taken, the conditions are ours.

    Raises
    ------
    LinkageError
        If they are no settings of ours, or of another version of the plan.
    """
    try:
        name, kind, count = str(settings["linker_uid"]).rsplit("-", 2)
        found = next(one for one in KINDS if name == _NAME and one == kind)
        weights = {
            level: (float(numbers["m_probability"]), float(numbers["u_probability"]))
            for level, numbers in levels_of(settings).items()
        }
        prior = float(settings["probability_two_random_records_match"])
        made = Model(found, prior, weights, int(count))
    except (KeyError, ValueError, TypeError, AttributeError, StopIteration) as error:
        raise LinkageError(
            "these are no settings that headstamp linkage wrote; make them anew"
        ) from error
    return _checked(made)


def levels_of(settings: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The levels of settings by field and label, those of missing values left out."""
    return {
        (comparison["output_column_name"], level["label_for_charts"]): level
        for comparison in settings["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    }


def _checked(model: Model) -> Model:
    if set(model.weights) != set(stated(model.kind, 2).weights):
        raise LinkageError(
            f"these settings compare a {model.kind} in another way than this version; "
            "make them anew"
        )
    numbers = [model.prior, *(one for pair in model.weights.values() for one in pair)]
    if not all(0.0 < one <= 1.0 for one in numbers) or model.prior == 1.0:
        raise LinkageError("these settings hold a probability that is none; make them anew")
    return model
