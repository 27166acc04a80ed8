"""The two databases' own full-text indexes: the only SQL of the search.

Both hold the same folded words, made in Python, so both find the same. SQLite has them in the FTS5 table
`search_index`, by the entry's id; PostgreSQL in the column `document` of the entries.
"""

from dataclasses import dataclass, field

from django.db import connection

# The newest so many pages that have the words are ranked: a word that stands everywhere costs little more.
MOST = 1000
# PostgreSQL keeps no position beyond this.
LAST_POSITION = 16_383
COLUMNS = ("title", "names", "lead", "text")


@dataclass
class Document:
    """The folded words of one entry, by where they stand."""

    title: list
    names: list
    lead: list
    text: list
    tags: list = field(default_factory=list)

    def as_vector(self):
        places, at = {}, 0
        for name, weight in zip(COLUMNS, "ABCD", strict=True):
            for word in getattr(self, name):
                at = min(at + 1, LAST_POSITION)
                places.setdefault(word, []).append(f"{at}{weight}")
        stated = [f"'{word}':{','.join(at[:200])}" for word, at in places.items()]
        return " ".join(stated + [f"'{tag}'" for tag in self.tags])


@dataclass
class Wanted:
    """What is looked for: folded words, of which `begun` are only beginnings, all of them or any."""

    words: list
    begun: set = field(default_factory=set)
    tags: list = field(default_factory=list)
    any_word: bool = False
    in_title: bool = False

    def for_sqlite(self):
        words = [f'"{word}"{"*" if word in self.begun else ""}' for word in self.words]
        text = f"({(' OR ' if self.any_word else ' AND ').join(words)})"
        text = f"title : {text}" if self.in_title else text
        return " AND ".join([text, *(f'"{tag}"' for tag in self.tags)])

    def for_postgresql(self):
        weight = "A" if self.in_title else ""
        marks = [("*" if word in self.begun else "") + weight for word in self.words]
        words = [f"'{w}':{m}" if m else f"'{w}'" for w, m in zip(self.words, marks, strict=True)]
        text = f"({(' | ' if self.any_word else ' & ').join(words)})"
        return " & ".join([text, *(f"'{tag}'" for tag in self.tags)])


SQLITE = """
SELECT e.id, e.kind, e.object_id, e.title, -bm25(search_index, 10, 5, 3, 1, 0)
FROM search_index JOIN search_searchentry e ON e.id = search_index.rowid
WHERE search_index MATCH %s ORDER BY search_index.rowid DESC LIMIT %s
"""
POSTGRESQL = """
SELECT id, kind, object_id, title, ts_rank('{0.1, 0.3, 0.5, 1.0}', document, %s::tsquery, 1) FROM (
    SELECT id, kind, object_id, title, document FROM search_searchentry
    WHERE document @@ %s::tsquery ORDER BY id DESC LIMIT %s
) AS newest
"""


def is_sqlite():
    return connection.vendor == "sqlite"


def candidates(wanted, most=MOST):
    """The newest entries that have the words: (id, kind, object id, folded title, score)."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute(SQLITE, [wanted.for_sqlite(), most])
        else:
            query = wanted.for_postgresql()
            cursor.execute(POSTGRESQL, [query, query, most])
        return cursor.fetchall()


def write(documents):
    """Keep the words of entries: `{entry id: Document}`."""
    with connection.cursor() as cursor:
        if is_sqlite():
            rows = [
                [pk, *(" ".join(getattr(d, name)) for name in (*COLUMNS, "tags"))]
                for pk, d in documents.items()
            ]
            cursor.executemany(
                "INSERT OR REPLACE INTO search_index (rowid, title, names, lead, text, tags) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                rows,
            )
        else:
            cursor.executemany(
                "UPDATE search_searchentry SET document = %s::tsvector WHERE id = %s",
                [[document.as_vector(), pk] for pk, document in documents.items()],
            )


def forget(ids):
    """Drop the words of entries; PostgreSQL drops them with the rows."""
    if is_sqlite():
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [[pk] for pk in ids])


def forget_for_good():
    """Make FTS5 write its index anew without the words of what was deleted, which it keeps for a while."""
    if is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
