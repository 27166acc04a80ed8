"""What stands on the readers' front page: what an editor put on top, then rows."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from logbook.models import Entry
from pagestore.by_heart import by_heart
from shows.models import Decision, shows_with_status

from . import lists
from .models import FrontPage, FrontRow, FrontStory
from .models.front import default_rows

STRIP_LENGTH = 8


@by_heart(most=1)
def live_front():
    """The Front as it is stored, with all that the page draws of it."""
    front = Front()
    front.decided  # noqa: B018 read now
    return front


class Front:
    """The front page as it is drawn now.

    `on_top` are the editions on top, the lead first; `after_lead` those that go on from it without a
    heading; `rows` what stands below.
    `stories` (numbers of articles) and `rows` (FrontRows) stand in for those that are stored, where they
    are only typed.
    """

    def __init__(self, page=None, *, stories=None, rows=None):
        chosen_rows = FrontRow.objects.in_order() if rows is None else rows
        self.page = page or (chosen_rows[0].front if chosen_rows else FrontPage.current())
        self.rows_to_draw = chosen_rows or default_rows()
        self.on_top = self.chosen(stories)
        self.rows = [each for each in self.draw_rows() if each["editions"] or each["row"].is_of_no_list]
        self.after_lead = self.on_top[1:] + self.take_first_row()

    def chosen(self, stories):
        """The editions that an editor put on top and that are published, in their order."""
        if stories is None:
            # Asked first: joined with all articles a database may begin with those.
            standing = FrontStory.objects.filter(FrontStory.is_standing())
            stories = list(standing.order_by("position", "pk").values_list("article", flat=True))
        found = lists.live_by_article(stories)
        return [found[pk] for pk in stories if pk in found]

    def draw_rows(self):
        """Each row with its editions; no article stands on the page twice.

        Where nobody chose a lead it is the newest article. A first row of the latest has that one too.
        """
        if not self.on_top and self.rows_to_draw[0].kind != FrontRow.Kind.LATEST:
            self.on_top = list(lists.live(lists.everything(), 1))
        shown = {edition.article_id for edition in self.on_top}
        for row in self.rows_to_draw:
            wanted = row.count if self.on_top else row.count + 1
            articles = [rows.exclude(pk__in=shown) for rows in articles_of(row)]
            editions = list(lists.live(articles, wanted)) if articles else []
            shown |= {edition.article_id for edition in editions}
            if not self.on_top:
                self.on_top, editions = editions[:1], editions[1:]
            yield {"row": row, "editions": editions}

    def take_first_row(self):
        """The editions of a first row of the latest: without a heading they go on from the stories on top."""
        row = self.rows[0]["row"] if self.rows else None
        is_plain = row and row.kind == FrontRow.Kind.LATEST and not row.heading
        return self.rows.pop(0)["editions"] if is_plain else []

    @property
    def editions(self):
        """All that is on the page, for one question of how many comments each has."""
        return [
            *self.on_top[:1],
            *self.after_lead,
            *(edition for each in self.rows for edition in each["editions"]),
        ]

    @cached_property
    def decided(self):
        """The shows that were decided last, as many as the longest place for them wants."""
        rows = [row.count for row in self.rows_to_draw if row.kind == FrontRow.Kind.DECISIONS]
        wanted = max([*rows, STRIP_LENGTH if self.page.has_strip else 0])
        return lately_decided(wanted) if wanted else []

    @property
    def strip(self):
        return self.decided[:STRIP_LENGTH] if self.page.has_strip else []

    @property
    def lead_show(self):
        """The lead's show where it was decided of late: its status then stands above the headline."""
        about = self.on_top[0].article.show_id if self.on_top else None
        return next((show for show in self.decided if show.pk == about), None)


def articles_of(row):
    """The list that a row draws from; [] where it draws from something else."""
    if row.kind == FrontRow.Kind.LATEST:
        return lists.everything()
    if row.kind == FrontRow.Kind.CATEGORY:
        return lists.in_category(row.category)
    return lists.with_tag(row.tag) if row.kind == FrontRow.Kind.TAG else []


def lately_decided(limit):
    """The shows with the newest dated decisions that decide something, newest first, with their status."""
    decided = Decision.objects.filter(announced_on__lte=timezone.localdate()).exclude(
        outcome__in=Decision.SILENT
    )
    newest = decided.order_by().values("show").annotate(newest=Max("announced_on"))
    order = [row["show"] for row in newest.order_by("-newest", "show")[:limit]]
    return sorted(shows_with_status().filter(pk__in=order), key=lambda show: order.index(show.pk))


@transaction.atomic
def put_on_top(articles, *, by):
    """Let these articles lead the front page, the first of them first; what stands there moves down."""
    page, _made = FrontPage.objects.select_for_update().get_or_create(pk=1)
    page.stories.filter(article__in=articles).delete()
    moved = list(page.stories.all())
    for position, story in enumerate(moved, start=len(articles) + 1):
        story.position = position
    FrontStory.objects.bulk_update(moved, ["position"])
    FrontStory.objects.bulk_create(
        FrontStory(front=page, article=article, position=position)
        for position, article in enumerate(articles, start=1)
    )
    said = gettext("On top: %s.") % ", ".join(f"“{article.headline}”" for article in articles)
    Entry.objects.record(by, Entry.Action.CHANGED, page, said)
