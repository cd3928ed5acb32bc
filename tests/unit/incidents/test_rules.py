"""Counting rules as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headstamp.formats.counting_rules.loading import ANY, parsed, shipped
from headstamp.formats.incident_lists import known_schemas
from headstamp.incidents.rule_sql import days_sql
from headstamp.incidents.rules import Condition, CountingRule

RULE = CountingRule(
    "r", 1, "R", "Counts.", "alder", "murders", "victims", "victims-list", "injury",
    known_by="death",
    where=(Condition("code", ("130",), excluded=True, looked_up_in="codes-list"),),
)  # fmt: skip


def test_a_rule_names_the_lists_and_fields_it_needs():
    assert RULE.needs == {
        "victims-list": {"injury", "death", "incident"},
        "codes-list": {"incident", "code"},
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "yesterday"}, "is no field"),
        ({"date": "code"}, "is no time"),
        ({"known_by": "fatal"}, "is no time"),
        ({"distinct": "nobody"}, "is no field"),
        ({"measure": "mayhem"}, "is no measure"),
        ({"unit": "bullets"}, "is no unit"),
        ({"where": (Condition("shoe", ("9",)),)}, "is no field"),
    ],
)
def test_a_rule_that_names_what_there_is_not_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        replace(RULE, **change)


def test_a_value_with_a_quotation_mark_stays_a_value():
    rule = replace(RULE, where=(Condition("code", ("x' OR '1'='1",)),))
    sql = days_sql(rule, {"victims-list": "victims"}, "2017-01-02")
    assert "code IN ('x'' OR ''1''=''1')" in sql


def test_every_shipped_rule_counts_in_a_list_that_is_known_and_has_its_fields():
    lists = known_schemas.shipped()
    for rule in shipped():
        assert len(rule.explanation) > 40, rule.name
        if rule.schema == ANY:
            continue
        assert lists[rule.schema].jurisdiction == rule.jurisdiction
        for name, fields in rule.needs.items():
            assert fields <= set(lists[name].columns), (rule.name, name)


def test_names_of_rules_are_unique_and_those_of_their_files():
    names = [rule.name for rule in shipped()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("lacking", ["name", "version", "measure", "explanation", "schema"])
def test_a_file_that_is_no_rule_is_refused_with_what_it_lacks(lacking):
    content = {
        "name": "r", "version": 1, "title": "R", "explanation": "Counts.", "jurisdiction": "alder",
        "measure": "murders", "unit": "victims", "schema": "list", "date": "occurred",
    }  # fmt: skip
    assert parsed(content, "r.toml").name == "r"
    del content[lacking]
    with pytest.raises(Exception, match=f"r.toml: no counting rule: '{lacking}' is missing"):
        parsed(content, "r.toml")
