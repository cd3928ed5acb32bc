"""Asking both databases so that they use the index that is meant, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    FloatField,
    Func,
    Lookup,
    Model,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.lookups import IsNull
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode

AFTER: Final = "\U0010ffff"
"""Sorts after every character that text holds."""

FEW: Final = 500
"""So many rows are looked up one by one and then put in order; more are met in their order."""

MANY: Final = 5000
"""So many rows are quickly put in order when an index finds them."""

COMMON: Final = 20_000
"""Of more rows than this nothing is kept in mind while a list is made."""


@CharField.register_lookup
class Begins(Lookup[Any]):
    """``number__begins``: the same beginning, character by character.

    SQLite never looks up ``LIKE`` in an index, since it takes small and capital letters for the
    same. On PostgreSQL the index needs the operators for patterns (``varchar_pattern_ops``) to be
    of use whatever the database's language is.
    """

    lookup_name = "begins"
    prepare_rhs = True

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """From the beginning on, up to everything that begins with it."""
        column, before = self.process_lhs(compiler, connection)
        _, (text,) = self.process_rhs(compiler, connection)
        sql = f"({column} >= %s AND {column} < %s)"
        return sql, (*before, text, *before, f"{text}{AFTER}")

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A pattern."""
        column, before = self.process_lhs(compiler, connection)
        _, (text,) = self.process_rhs(compiler, connection)
        return f"{column} LIKE %s", (*before, f"{connection.ops.prep_for_like_query(text)}%")


class OrLeast(Func):
    """A number, or one below all others where there is none.

    Written out, since an index on it serves only what is written in the same way. The databases
    do not agree on whether nothing comes first or last.
    """

    arity = 1
    function = "COALESCE"
    template = "%(function)s(%(expressions)s, -1000000.0)"
    output_field = FloatField()


class Unindexed(Func):
    """A condition that is looked at row by row: an index for it would find too many rows."""

    arity = 1
    output_field = BooleanField()
    template = "(%(expressions)s) IS NOT FALSE"
    """PostgreSQL makes no join of what stands in such a place."""

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        """A plus before it, as SQLite's own documentation advises."""
        return self.as_sql(compiler, connection, template="+(%(expressions)s)", **extra)


class Aside(WhereNode):
    """Conditions, all of them ``Unindexed`` for SQLite; PostgreSQL reads them as they are."""

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A plus before them."""
        sql, params = self.as_sql(compiler, connection)
        return f"+({sql})", params


def with_keys(rows: QuerySet[Any], keys: Sequence[Any]) -> QuerySet[Any]:
    """The rows of a list whose keys are known, found by these alone.

    SQLite thinks little of a list of fifty keys and would rather look through all rows of a kind or
    in a state. What the list asks of its rows is still asked of each.
    """
    found = rows.all()
    found.query.where = WhereNode([Aside([found.query.where])])
    return found.filter(pk__in=keys)


class Keys:
    """Keys of which a column has to be one, asked so that a list stays quick.

    A few are named one by one, so that the database begins with them; it also may with those that
    are quickly put in order: on SQLite with all that are kept in mind, as it takes longer to walk
    a list that holds few of them. PostgreSQL walks faster than it sorts, so there it must not begin
    with many. Where there are very many, each row is asked instead.

    Parameters
    ----------
    keys : QuerySet
        Of values.
    asked : callable
        The same condition, on a column, in another way: without knowing the keys.
    """

    def __init__(self, keys: QuerySet[Any], asked: Callable[[str], Q]) -> None:
        self._keys, self._asked = keys, asked
        self._few: list[Any] | None = list(keys[: FEW + 1])
        self._is_many = self._is_common = False
        if len(self._few) > FEW:
            self._few = None
            walked = COMMON if connection.vendor == "sqlite" else MANY
            self._is_many = is_longer(keys, walked)
            self._is_common = self._is_many and (walked == COMMON or is_longer(keys, COMMON))

    @property
    def are_few(self) -> bool:
        """Whether they are named one by one."""
        return self._few is not None

    def at(self, path: str) -> Q:
        """The condition on a column."""
        if self._few is not None:
            return Q(**{f"{path}__in": set(self._few)})
        if self._is_common:
            return self._asked(path)
        named = Q(**{f"{path}__in": self._keys})
        return Q(Unindexed(named)) if self._is_many else named


def is_longer(rows: QuerySet[Any], count: int) -> bool:
    """Whether there are more rows than so many, without reading further."""
    return bool(rows.values_list("pk")[count : count + 1])


def one_of(model: type[Model], column: str, values: Sequence[str], many: int | None = None) -> Q:
    """The condition that a column with an index is one of some values, asked in the same way.

    ``many`` rows and fewer are put in order; ``MANY`` unless given.
    """
    if len(values) == 1:
        return Q(**{column: values[0]})
    named = Q(**{f"{column}__in": values})
    rows = model._default_manager.filter(named).order_by()
    is_many = is_longer(rows, MANY if many is None else many)
    return Q(Unindexed(named)) if is_many else named


def there_is(rows: QuerySet[Any]) -> Q:
    """The condition that a row of another table exists, asked of each row of a list in its order.

    As ``EXISTS`` PostgreSQL would turn it into a join and read the whole other table, for a page
    that needs a few dozen rows of it.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def different_values(model: type[Model], column: str) -> list[str]:
    """The different values of a column with an index, from one to the next: not row by row."""
    quote = connection.ops.quote_name
    table, name = quote(model._meta.db_table), quote(column)
    sql = (  # the names are those of our own tables
        f"WITH RECURSIVE step(value) AS (SELECT MIN({name}) FROM {table} UNION ALL "
        f"SELECT (SELECT MIN({name}) FROM {table} WHERE {name} > step.value) FROM step "
        "WHERE step.value IS NOT NULL) SELECT value FROM step WHERE value IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
