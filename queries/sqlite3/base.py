"""Django's SQLite, which does not look through the same SQL for its placeholders again and again.

SQLite wants `?` where Django writes `%s`. Looking for them took a seventh of an article page's CPU time; the
texts are the same few hundred all day.
"""

from functools import lru_cache

from django.db.backends.sqlite3 import base

# A text of many rows is seldom sent twice.
LONG = 10_000


def with_question_marks(sql):
    return base.FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")


remembered = lru_cache(maxsize=1_000)(with_question_marks)


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query, *, param_names=None):
        if param_names is None:
            return remembered(query) if len(query) < LONG else with_question_marks(query)
        return super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name=None):
        return self.connection.cursor(factory=Cursor)
