"""Queries whose SQL is made once: to build and compile one costs several times what asking does.

    LIVE = Prepared(lambda slug, now: Edition.objects.live(now).filter(article__slug=slug))
    LIVE(slug="the-bear", now=timezone.now())

What is given stands in the built queryset as a `Given`, and its value takes that place whenever it is asked.
"""

import inspect
from datetime import date, datetime

from django.db import connections
from django.db.models import Expression


class Given(Expression):
    """Stands for a value that is known when a prepared query is asked, `name` or one of a list's."""

    def __init__(self, name, place=None):
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, given, connection):
        """The value as the database takes it."""
        value = given[self.name] if self.place is None else given[self.name][self.place]
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class Prepared:
    """A function that gives a queryset, to be read and no further narrowed.

    `build` is called with a `Given` for each argument, or a list of them for a list (not empty, meant for
    `pk__in`), and must not look at their values. Arguments whose names begin with `as_` are handed to it as
    they are and may decide what is built. A query is made once for each of these and each size of a list.
    """

    def __init__(self, build):
        self.build, self.made = build, {}
        self.names = list(inspect.signature(build).parameters)

    def __call__(self, **given):
        given = {name: _padded(given[name]) for name in self.names}
        shape = tuple(_shape(name, value) for name, value in given.items())
        if shape not in self.made:
            queryset = self.build(**{name: _marked(name, value) for name, value in given.items()})
            self.made[shape] = queryset, {}
        queryset, compiled = self.made[shape]
        asked = object.__new__(type(queryset))
        vars(asked).update(vars(queryset), _query=Asked(queryset.query, compiled, given))
        return asked


def _padded(value):
    """A list with its last value repeated, to 1, 2, 4, 8, … of them: few lengths are few queries to make."""
    if not isinstance(value, list):
        return value
    return value + value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value))


def _shape(name, value):
    if name.startswith("as_"):
        return value
    return len(value) if isinstance(value, list) else None


def _marked(name, value):
    if name.startswith("as_"):
        return value
    return [Given(name, place) for place in range(len(value))] if isinstance(value, list) else Given(name)


class Asked:
    """What a queryset reads of its query, with a compiler that has its SQL already."""

    def __init__(self, query, compiled, given):
        self.query, self.compiled, self.given = query, compiled, given

    def __getattr__(self, name):
        return getattr(self.query, name)

    def get_compiler(self, using):
        connection = connections[using]
        # By vendor, because tests and the demo may turn from one database to another.
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = Compiled(self.query.clone().get_compiler(using))
        return self.compiled[connection.vendor].filled(self.given, connection)


class Compiled:
    """A compiler that has done its work, and what it found out."""

    def __init__(self, compiler):
        self.compiler = compiler
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self.converters = compiler.get_converters(columns[: compiler.col_count])

    def filled(self, given, connection):
        """The same compiler for one use, with these values."""
        values = [param.value(given, connection) if type(param) is Given else param for param in self.params]
        asked = object.__new__(type(self.compiler))
        vars(asked).update(
            vars(self.compiler),
            connection=connection,
            as_sql=lambda: (self.sql, tuple(values)),
            get_converters=lambda columns: self.converters,
        )
        return asked
