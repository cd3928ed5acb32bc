"""The record, custody and the steps of links only grow, whoever asks and however."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.audit.conftest import CUSTODY, EVENTS, STEPS
from tests.web.audit.tampering import ON_POSTGRES, drop_guards, sql

from headstamp.web.audit import guards

pytestmark = pytest.mark.django_db

TABLES = pytest.mark.parametrize("table", [EVENTS, CUSTODY, STEPS])
TEXT = {EVENTS: "action", CUSTODY: "place", STEPS: "reason"}
SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statements")
POSTGRES = pytest.mark.skipif(connection.vendor != ON_POSTGRES, reason="PostgreSQL's own")


def refused():
    return pytest.raises(DatabaseError, match="never changed or removed")


def columns_of(row):
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    }


def insert(row, words="INSERT", tail="", **changes):
    """A row of the same key, by a statement of one's own."""
    values = {**columns_of(row), **changes}
    marks = ", ".join("%s" for _ in values)
    names = ", ".join(f'"{name}"' for name in values)
    sql(f"{words} INTO {row._meta.db_table} ({names}) VALUES ({marks}) {tail}", *values.values())


def unchanged(row):
    fresh = type(row).objects.get(pk=row.pk)
    return all(
        getattr(fresh, field.attname) == getattr(row, field.attname)
        for field in row._meta.concrete_fields
    )


@TABLES
def test_a_row_cannot_be_saved_again_updated_or_deleted(table, row_of):
    row = row_of(table)
    rows = type(row).objects.filter(pk=row.pk)
    other = type(row).objects.get(pk=row.pk)
    setattr(other, TEXT[table], "changed")
    for act in (
        other.save,
        lambda: rows.update(**{TEXT[table]: "changed"}),
        lambda: type(row).objects.bulk_update([other], [TEXT[table]]),
        other.delete,
        rows.delete,
        lambda: rows._raw_delete("default"),
    ):
        with refused(), transaction.atomic():
            act()
    assert unchanged(row)


@TABLES
def test_raw_sql_cannot_change_or_remove_a_row(table, row_of):
    row = row_of(table)
    statements = [
        f"UPDATE {table} SET {TEXT[table]} = 'changed'",
        f"UPDATE {table} SET {row._meta.pk.column} = {row._meta.pk.column}",
        f"DELETE FROM {table}",
    ]
    if connection.vendor == "sqlite":
        statements += [
            f"UPDATE OR IGNORE {table} SET {TEXT[table]} = 'changed'",
            f"UPDATE OR REPLACE {table} SET {TEXT[table]} = 'changed'",
            f"UPDATE {table} SET rowid = rowid + 1000",
        ]
    for statement in statements:
        with refused(), transaction.atomic():
            sql(statement)
    assert unchanged(row)


@TABLES
def test_a_row_cannot_be_put_over_another(table, row_of):
    row = row_of(table)
    key, text = row._meta.pk.column, TEXT[table]
    upsert = f'ON CONFLICT ("{key}") DO UPDATE SET {text} = excluded.{text}'
    with refused(), transaction.atomic():
        insert(row, tail=upsert, **{text: "changed"})
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(row, **{text: "changed"})
    assert unchanged(row)


@SQLITE
@TABLES
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("words", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_cannot_replace_a_row_whatever_its_pragma(table, row_of, recursive, words):
    row = row_of(table)
    sql(f"PRAGMA recursive_triggers={recursive}")
    try:
        with refused(), transaction.atomic():
            insert(row, words, **{TEXT[table]: "changed"})
        with refused(), transaction.atomic():  # the same unique position under another key
            other = {EVENTS: {}, CUSTODY: {"id": "0" * 32}, STEPS: {"id": "0" * 32}}[table]
            insert(row, words, **{TEXT[table]: "changed", **other})
    finally:
        sql("PRAGMA recursive_triggers=ON")
    assert unchanged(row)


@SQLITE
@TABLES
def test_sqlite_cannot_replace_a_row_by_its_hidden_key(table, row_of):
    row = row_of(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MIN(rowid) FROM {table}")
        (hidden,) = cursor.fetchone()
    new = {EVENTS: {"sequence": 999}}.get(table, {"id": "0" * 32, "position": 999})
    sql("PRAGMA recursive_triggers=OFF")
    try:
        with refused(), transaction.atomic():
            insert(row, "INSERT OR REPLACE", rowid=hidden, **new)
    finally:
        sql("PRAGMA recursive_triggers=ON")
    assert unchanged(row)


def settle():
    """Check foreign keys now, of which PostgreSQL would otherwise complain first."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")


@POSTGRES
@TABLES
@pytest.mark.parametrize("tail", ["", " CASCADE", " RESTART IDENTITY CASCADE"])
def test_postgresql_cannot_empty_the_table(table, row_of, tail):
    row = row_of(table)
    settle()
    with refused(), transaction.atomic():
        sql(f"TRUNCATE {table}{tail}")
    assert unchanged(row)


@POSTGRES
def test_postgresql_cannot_empty_it_through_another_table(row_of):
    row = row_of(CUSTODY)
    settle()
    with refused(), transaction.atomic():
        sql("TRUNCATE evidence_exhibit CASCADE")
    assert unchanged(row)


@POSTGRES
@TABLES
def test_postgresql_refuses_it_in_a_session_that_plays_a_replica(table, row_of):
    row = row_of(table)
    settle()
    sql("SET session_replication_role = replica")
    try:
        for statement in (f"UPDATE {table} SET {TEXT[table]} = 'x'", f"DELETE FROM {table}"):
            with refused(), transaction.atomic():
                sql(statement)
        with refused(), transaction.atomic():
            sql(f"TRUNCATE {table} CASCADE")
    finally:
        sql("SET session_replication_role = origin")
    assert unchanged(row)


@POSTGRES
@TABLES
def test_postgresql_cannot_merge_into_it(table, row_of):
    row = row_of(table)
    key = row._meta.pk.column
    with refused(), transaction.atomic():
        sql(
            f"MERGE INTO {table} AS t USING {table} AS s ON t.{key} = s.{key} "
            f"WHEN MATCHED THEN UPDATE SET {TEXT[table]} = 'changed'"
        )
    assert unchanged(row)


@TABLES
def test_rows_can_still_be_added(table, row_of):
    row = row_of(table)
    new = {EVENTS: {"sequence": 999}}.get(table)
    if new is None:
        new = {"id": "1" * 32, "position": 999}
    insert(row, **new)
    assert type(row).objects.count() > 1


def test_no_guard_is_missing():
    assert guards.missing() == ()


@TABLES
def test_a_guard_that_was_taken_away_is_named(table, db):
    drop_guards(table)
    assert len(guards.missing()) == (2 if connection.vendor == ON_POSTGRES else 3)
    assert all(name.startswith(table) for name in guards.missing())


@SQLITE
def test_a_guard_of_the_same_name_that_does_nothing_is_named(db):
    name = f"{EVENTS}_no_update"
    sql(f"DROP TRIGGER {name}")
    sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON {EVENTS} WHEN 0 BEGIN SELECT 1; END")
    assert guards.missing() == (name,)


@SQLITE
def test_a_table_put_in_the_place_of_the_record_has_no_guards(db):
    sql(f"ALTER TABLE {EVENTS} RENAME TO old_events")
    sql(f"CREATE TABLE {EVENTS} AS SELECT * FROM old_events")
    assert len(guards.missing()) == 3


@POSTGRES
@pytest.mark.parametrize(
    "statement",
    [
        f"ALTER TABLE {EVENTS} DISABLE TRIGGER {EVENTS}_no_change",
        f"ALTER TABLE {EVENTS} ENABLE TRIGGER {EVENTS}_no_change",
        f"CREATE OR REPLACE FUNCTION {EVENTS}_append_only() RETURNS trigger AS "
        "$$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql",
    ],
)
def test_a_guard_that_was_put_to_sleep_or_emptied_is_named(db, statement):
    sql(statement)
    assert f"{EVENTS}_no_change" in guards.missing()


@POSTGRES
def test_a_guard_that_looks_at_some_rows_only_is_named(db):
    name = f"{EVENTS}_no_change"
    sql(f"DROP TRIGGER {name} ON {EVENTS}")
    sql(
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {EVENTS} FOR EACH ROW "
        f"WHEN (OLD.sequence > 1000) EXECUTE FUNCTION {EVENTS}_append_only()"
    )
    sql(f"ALTER TABLE {EVENTS} ENABLE ALWAYS TRIGGER {name}")
    assert guards.missing() == (name,)
