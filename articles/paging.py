"""Paging by where the last page ended, so that the thousandth page costs what the first does."""

from datetime import UTC, datetime
from typing import NamedTuple

from .lists import live

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Slice(NamedTuple):
    """One page of editions, newest article first."""

    editions: list
    older: str
    before: datetime | None

    @property
    def is_first(self):
        return self.before is None

    @classmethod
    def of(cls, articles, before, size=20, editions=None):
        """The `size` newest of a list of articles (`lists`) after the cursor `before`.

        An unreadable cursor means the first page. `older` is the cursor of the next page, empty on the last:
        one article more than is shown is looked for, and nothing is counted. `editions` are read instead of
        `Edition.objects.live()`.
        """
        cursor = read_cursor(before)
        rows = list(live(articles, size + 1, cursor, editions))
        shown = rows[:size]
        return cls(shown, cursor_after(shown[-1]) if len(rows) > size else "", cursor and cursor[0])


def cursor_after(edition):
    """Where the page that ends with `edition` ends: microseconds since 1970 and the article's number."""
    moment = edition.article.published_at
    since = moment - EPOCH
    return (
        f"{since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds}-{edition.article_id}"
    )


def read_cursor(text):
    """(moment, article number) of a cursor; None for what is none."""
    micros, _dash, pk = text.partition("-")
    if not (text.isascii() and micros.isdecimal() and pk.isdecimal() and len(micros) <= 17 and len(pk) <= 18):
        return None
    try:
        seconds, rest = divmod(int(micros), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(pk)
    except (ValueError, OverflowError):
        return None
