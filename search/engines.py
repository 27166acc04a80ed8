"""The two databases' own full-text indexes: the only SQL of the search.

Both hold the same folded words, made in Python, so both find the same. SQLite has them in the FTS5 table
`search_index`, by the entry's id; PostgreSQL in the column `document` of the entries.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db import connection

# So many pages at most are weighed word by word. Where more have the words, the words say little, and the
# newest are taken, those first that have them in the title or above the text.
MOST = 250
IN_HEAD, IN_TITLE = 4, 10
# PostgreSQL keeps no position beyond this.
LAST_POSITION = 16_383
COLUMNS = ("title", "names", "lead", "text")
# Words above the text and in the title stand in the index once more, with a mark: to look for a word that is
# everywhere in one column alone is to read through all of its places.
PLACES = {"anywhere": "", "head": "h_", "title": "t_"}


@dataclass
class Document:
    """The folded words of one entry, by where they stand."""

    title: list
    names: list
    lead: list
    text: list
    tags: list = field(default_factory=list)

    @property
    def marks(self):
        """The tags, and the words once more by where they stand."""
        head = [f"{PLACES['head']}{word}" for word in dict.fromkeys(self.title + self.names + self.lead)]
        return self.tags + head + [f"{PLACES['title']}{word}" for word in dict.fromkeys(self.title)]

    def as_vector(self):
        places, at = {}, 0
        for name, weight in zip(COLUMNS, "ABCD", strict=True):
            for word in getattr(self, name):
                at = min(at + 1, LAST_POSITION)
                places.setdefault(word, []).append(f"{at}{weight}")
        stated = [f"'{word}':{','.join(at[:200])}" for word, at in places.items()]
        return " ".join(stated + [f"'{mark}'" for mark in self.marks])


class Row(NamedTuple):
    """An entry as it is found: a show's, an author's, or a version's of an article; folded title."""

    id: int
    kind: str
    object_id: int
    article_id: int | None
    title: str
    tags: str


@dataclass
class Wanted:
    """What is looked for: folded words, of which `begun` are only beginnings, all of them or any.

    `within` is a key of `PLACES`.
    """

    words: list
    begun: set = field(default_factory=set)
    tags: list = field(default_factory=list)
    any_word: bool = False
    within: str = "anywhere"

    def for_sqlite(self):
        mark = PLACES[self.within]
        words = [f'"{mark}{word}"{"*" if word in self.begun else ""}' for word in self.words]
        text = f"({(' OR ' if self.any_word else ' AND ').join(words)})"
        return " AND ".join([text, *(f'"{tag}"' for tag in self.tags)])

    def for_postgresql(self):
        mark = PLACES[self.within]
        words = [f"'{mark}{word}'{':*' if word in self.begun else ''}" for word in self.words]
        text = f"({(' | ' if self.any_word else ' & ').join(words)})"
        return " & ".join([text, *(f"'{tag}'" for tag in self.tags)])


NEWEST_SQLITE = """
SELECT e.id, e.kind, e.object_id, e.article_id, e.title, e.tags
FROM search_index JOIN search_searchentry e ON e.id = search_index.rowid
WHERE search_index MATCH %s ORDER BY search_index.rowid DESC LIMIT %s
"""
ENTRY = "id, kind, object_id, article_id, title, tags"
AMONG_LATEST_POSTGRESQL = f"""
SELECT {ENTRY} FROM (
    SELECT {ENTRY}, document FROM search_searchentry ORDER BY id DESC LIMIT %s
) AS latest WHERE document @@ %s::tsquery LIMIT %s
"""  # noqa: S608 no value stands in it
# In the order of `id` itself the server would walk back through all entries and unpack the words of each: for
# a word that hardly any has, of all there are.
BY_INDEX_POSTGRESQL = f"""
SELECT {ENTRY} FROM search_searchentry WHERE document @@ %s::tsquery ORDER BY id + 0 DESC LIMIT %s
"""  # noqa: S608
WEIGHED_SQLITE = """
SELECT rowid, -bm25(search_index, 10, 5, 3, 1, 0) FROM search_index WHERE search_index MATCH %s
"""
WEIGHED_POSTGRESQL = """
SELECT id, ts_rank('{0.1, 0.3, 0.5, 1.0}', document, q, 1)
FROM search_searchentry, (SELECT %s::tsquery AS q) AS wanted WHERE document @@ q
"""


def is_sqlite():
    return connection.vendor == "sqlite"


def newest(wanted, most):
    """The newest entries that have the words, as `Row`s."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute(NEWEST_SQLITE, [wanted.for_sqlite(), most])
            found = cursor.fetchall()
        else:
            found = newest_of_postgresql(cursor, wanted.for_postgresql(), most)
    return [Row(*row) for row in found]


def newest_of_postgresql(cursor, query, most):
    """Words that most entries have are soon found among the latest; all others by their index."""
    cursor.execute(AMONG_LATEST_POSTGRESQL, [2 * most, query, most])
    found = cursor.fetchall()
    if len(found) < most:
        cursor.execute(BY_INDEX_POSTGRESQL, [query, most])
        found = cursor.fetchall()
    return found


def candidates(wanted):
    """What has the words: pairs of a Row and its score, in no order."""
    rows = {row.id: row for row in newest(wanted, MOST + 1)}
    telling = telling_words(wanted, len(rows)) if rows else []
    if telling:
        scores = weighed(replace(wanted, words=telling))
    else:
        scores = {}
        for within, points in (("head", IN_HEAD), ("title", IN_TITLE)):
            found = newest(replace(wanted, within=within), MOST // 2)
            rows |= {row.id: row for row in found}
            scores |= {row.id: points for row in found}
    return [(row, scores.get(pk, 1)) for pk, row in rows.items()]


def telling_words(wanted, count):
    """The words that few enough entries have to be weighed by; `count` have all that is wanted.

    To weigh by a word the database goes through all that have it, also where other words or tags leave few.
    """
    if count > MOST:
        return []
    if len(wanted.words) == 1 and not wanted.tags:
        return wanted.words
    return [
        word for word in wanted.words if len(newest(Wanted([word], wanted.begun & {word}), MOST + 1)) <= MOST
    ]


def weighed(wanted):
    """How well every entry that has the words fits them, by its id."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute(WEIGHED_SQLITE, [wanted.for_sqlite()])
        else:
            cursor.execute(WEIGHED_POSTGRESQL, [wanted.for_postgresql()])
        return dict(cursor.fetchall())


def write(documents):
    """Keep the words of entries: `{entry id: Document}`."""
    with connection.cursor() as cursor:
        if is_sqlite():
            rows = [
                [pk, *(" ".join(getattr(d, name)) for name in (*COLUMNS, "marks"))]
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
