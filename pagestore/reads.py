"""Which tables a page read: they are what it depends on, whether anybody thought of them or not."""

import re
from contextlib import contextmanager
from functools import cache, lru_cache

from django.apps import apps
from django.db import connection

from .declarations import part_of, tables_read_as, tables_with_parts

WORD = re.compile(r"\w+")
# Who asks for the number of a table knows something of it by heart, which is as good as reading it.
OWN = "pagestore_generation"
LONG = 4_000


@contextmanager
def noted():
    """Gives a set, in which stand the names of all tables that were read when the block ends."""
    tables = set()

    def note(execute, sql, params, many, context):
        tables.update(_few_tables_in(sql) if len(sql) < LONG else tables_in(sql))
        if OWN in sql:
            tables.update(str(name).partition(":")[0] for name in params or ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


@contextmanager
def unnoted():
    """What is asked inside says nothing of the page: numbers that are read to compare them, and moments."""
    wrappers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        yield
    finally:
        connection.execute_wrappers = wrappers


def tables_in(sql):
    """The tables that an SQL text names, whatever it does with them; values are never part of the text."""
    return frozenset(WORD.findall(sql)) & _tables()


# The same few hundred texts come again and again.
_few_tables_in = lru_cache(maxsize=2_000)(tables_in)


@cache
def _tables():
    models = apps.get_models(include_auto_created=True)
    return frozenset({model._meta.db_table for model in models} | tables_read_as().keys()) - {OWN}


def numbers_of(tables, page):
    """The names of the numbers that stand for these tables, as this page reads them.

    Of a table that nobody watches there is none.
    """
    names = {tables_read_as()[table] for table in tables & tables_read_as().keys()}
    divided = names & tables_with_parts()
    if not divided or not page.named:
        return names
    article = apps.get_model("articles.Article").objects.filter(slug=page.named).values_list("pk").first()
    return names - divided | {part_of(name, article[0]) for name in divided} if article else names
