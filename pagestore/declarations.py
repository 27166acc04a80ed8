"""The tables that readers see, and which of their changes readers can see.

Whatever a public page reads stands here; a page that reads another table is not stored, and says so.
"""

from dataclasses import dataclass
from functools import cache

from django.apps import apps

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
# The parts that a table with a `scope` is told apart by: article 12 and article 268 share one.
PARTS = 256


@dataclass(frozen=True)
class Watched:
    """A model (or a many-to-many field of one) whose changes lose the pages that read it.

    `columns`: the fields that readers see, where they do not see all; another change loses nothing.
    `only`: SQL that says of a `{row}` whether readers see it; without, they see every one.
    `placing`: the fields whose change readers see also of a row that `only` hides from them.
    `events`: what can change a page. `scope`: a field by whose value the table has a number for each part.
    `also`: other tables that hold the same, such as an index.
    """

    name: str
    columns: tuple = ()
    only: str = ""
    placing: tuple = ()
    events: tuple = (INSERT, UPDATE, DELETE)
    scope: str = ""
    also: tuple = ()

    @property
    def model(self):
        app, model, *field = self.name.split(".")
        found = apps.get_model(app, model)
        return getattr(found, field[0]).through if field else found

    @property
    def table(self):
        return self.model._meta.db_table

    @property
    def seen_columns(self):
        """The columns whose change readers can see."""
        return self._columns_of(self.columns) or [field.column for field in self.model._meta.concrete_fields]

    @property
    def placing_columns(self):
        return self._columns_of(self.placing)

    @property
    def scope_columns(self):
        return self._columns_of([self.scope] if self.scope else [])

    def _columns_of(self, names):
        return [self.model._meta.get_field(name).column for name in names]

    @property
    def generations(self):
        """The names of all its numbers."""
        parts = [part_of(self.table, number) for number in range(PARTS)] if self.scope else []
        return [self.table, *parts]


def part_of(table, value):
    """The name of the number for the rows of a table whose scope has this value: `comments_comment:12`."""
    return f"{table}:{value % PARTS}"


# A draft may be filed, tagged and thrown away, and no reader's page is lost by it.
_OF_A_PUBLISHED_ARTICLE = (
    "EXISTS (SELECT 1 FROM articles_article WHERE id = {row}.article_id AND published_at IS NOT NULL)"
)

WATCHED = (
    # The publication, and what every page shows of it.
    Watched("articles.Publication"),
    Watched("articles.MenuEntry"),
    Watched("articles.Page"),
    Watched("comments.CommentPolicy"),
    # Articles as readers see them: the version that was published, and where it is filed.
    Watched(
        "articles.Article",
        columns=(
            *("slug", "show", "category", "series", "comments_mode"),
            *("published_at", "withdrawn_at", "returns_at", "absence", "sent_to"),
        ),
        only="{row}.published_at IS NOT NULL",
    ),
    Watched("articles.Article.tags", only=_OF_A_PUBLISHED_ARTICLE),
    Watched("articles.Article.also_about", only=_OF_A_PUBLISHED_ARTICLE),
    Watched("articles.Edition"),
    Watched("articles.EditionAuthor"),
    Watched("articles.EditionImage"),
    # A picture is seen once something shows it, which is a change of its own.
    Watched("articles.Image", events=(UPDATE, DELETE)),
    Watched("articles.Author", columns=("name", "slug", "bio")),
    Watched("articles.Category"),
    Watched("articles.Tag"),
    Watched("articles.Series"),
    Watched("articles.FormerAddress"),
    Watched("articles.FrontPage"),
    Watched("articles.FrontRow"),
    Watched("articles.FrontStory"),
    # The words that lead from one article to others like it.
    Watched("search.SearchEntry", also=("search_index",)),
    # What readers say, once it is approved. Of others the place in the thread is seen, as a gap.
    Watched(
        "comments.Comment",
        columns=(
            *("article", "parent", "thread", "depth", "status", "created_at"),
            *("name", "folded_email", "website", "body", "badge", "is_spoiler", "edited_by"),
        ),
        only="{row}.status = 'approved'",
        placing=("article", "parent", "thread", "created_at"),
        scope="article",
    ),
    # The record.
    Watched("shows.Network"),
    Watched("shows.Company"),
    Watched("shows.Genre"),
    Watched("shows.Person"),
    Watched("shows.Show"),
    Watched("shows.Show.companies"),
    Watched("shows.Show.genres"),
    Watched("shows.ShowSource"),
    Watched("shows.Season"),
    Watched("shows.Credit"),
    Watched("shows.Decision"),
    Watched("shows.Outlook"),
    Watched("shows.Rating"),
    Watched("shows.ChartEntry"),
    Watched("shows.ChartRun"),
    Watched("shows.WeeklyList"),
    Watched("shows.PopularEntry"),
)


def generation_names():
    """The names of all numbers that there are."""
    return [name for watched in WATCHED for name in watched.generations]


@cache
def tables_with_parts():
    return frozenset(watched.table for watched in WATCHED if watched.scope)


@cache
def tables_read_as():
    """For every table that a page may read, the name of its number."""
    return {table: each.table for each in WATCHED for table in (each.table, *each.also)}
