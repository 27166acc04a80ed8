"""Which of an article's comments a page shows, so that a page costs the same however many there are.

Threads and replies are paged by where the last page ended: by (created_at, number), which no two comments
share. A page shows some threads with the first replies of each; a thread has pages of its own for the rest.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext

from queries.remembered import made_once, parts_of_pages

from .counts import approved_count, numbers_of_comments, replies_count
from .drawing import Artist, Entry
from .keysets import cursor_of, key_of
from .models import Comment, CommentPolicy
from .places import in_reading_order, missing_parents
from .rows import (
    FIRST_REPLIES,
    FIRST_THREADS,
    FURTHER_REPLIES,
    FURTHER_THREADS,
    REPLIES,
    REPLIES_A_PAGE,
    first_replies,
    is_newest,
    replies_of,
    threads_of,
)

__all__ = ["Discussion", "Entry", "Thread", "comments_address", "place_of"]


def comments_address(article):
    """Where the article's comments are posted; a comment's permalink is this with its number."""
    return reverse("comments:post", args=[article.slug])


class Shown(NamedTuple):
    """What a page shows of comments: their HTML, how many there are on all pages, the next page's cursor."""

    html: str
    count: int
    following: str


class CommentsPage:
    """What pages with comments have in common: `policy`, `is_open`, `address`, `time_zone`.

    `html` is all comments of the page, `count` how many there are on all pages, `following` the next page's
    cursor. They are remembered until anything that readers see changes among the comments that are numbered
    together with the article's.
    """

    time_zone = property(lambda self: settings.TIME_ZONE)
    html = property(lambda self: mark_safe(self.shown.html))  # noqa: S308
    count = property(lambda self: self.shown.count)
    following = property(lambda self: self.shown.following)

    def __init__(self, article, cursor=None, policy=None):
        self.article, self.cursor, self.is_first = article, cursor, cursor is None
        self.policy = policy or CommentPolicy.current()
        self.is_open = self.policy.is_open(article)
        self.address = comments_address(article)
        self.artist = Artist(self.address, self.is_open, self.policy.show_avatars)

    @property
    def form_key(self):
        """What the form below depends on, with the house rules of the publication."""
        policy = self.policy
        return self.address, self.is_open, policy.name_and_email_required, policy.offer_reply_mails

    @cached_property
    def shown(self):
        if settings.DEBUG:
            return self.read()
        name = type(self), self.article.pk, self.cursor, self.artist, *self.asked
        kept, shown = parts_of_pages.get(name) or (None, None)
        # Where there is nothing to compare, numbers that were read for something else will do.
        numbers = numbers_of_comments(self.article.pk, is_first=kept is None)
        if numbers is None:
            return self.read()
        if numbers != kept:
            shown = self.read()
            parts_of_pages.keep(name, (numbers, shown), len(shown.html))
        return shown


class Discussion(CommentsPage):
    """A page of an article's threads with their first replies: the first, or the one after a cursor."""

    @property
    def asked(self):
        return is_newest(self.policy), self.policy.threads_per_page, self.policy.thread_depth

    def read(self):
        drawn = (self._drawn(root, replies) for root, replies in self.threads)
        return Shown("".join(drawn), self._count(), self._following())

    @cached_property
    def _rows(self):
        as_newest, size, _depth = self.asked
        wanted = {"article": self.article.pk, "as_newest": as_newest, "as_size": size + 1}
        if self.cursor:
            return list(FURTHER_THREADS(**wanted, moment=self.cursor[0], pk=self.cursor[1]))
        return list(FIRST_THREADS(**wanted))

    @property
    def roots(self):
        return self._rows[: self.policy.threads_per_page]

    def _following(self):
        return cursor_of(*key_of(self.roots[-1])) if len(self._rows) > len(self.roots) else ""

    def _count(self):
        """Counted from what is here where that is all; a larger number is asked for."""
        if self.cursor or len(self._rows) > len(self.roots):
            return approved_count(self.article)
        is_approved = [root.status == Comment.Status.APPROVED for root in self.roots]
        return sum(is_approved) + sum(root.replies_count for root in self.roots)

    @cached_property
    def replies(self):
        return first_replies(self.roots)

    @cached_property
    def answered(self):
        """What replies answer that is not on the page, by number."""
        return missing_parents(self.replies, {row.pk for row in (*self.roots, *self.replies)})

    @cached_property
    def threads(self):
        """The threads: (first comment, its replies on this page, oldest first)."""
        by_thread = {root.pk: [] for root in self.roots}
        for reply in self.replies:
            by_thread[reply.thread_id].append(reply)
        return [(root, by_thread[root.pk]) for root in self.roots]

    def _drawn(self, root, replies):
        """A thread's HTML, remembered by itself: of a changed discussion most threads are as they were."""
        levels = self.policy.thread_depth
        told = [self.answered.get(reply.parent_id) for reply in replies] if self.answered else ()

        def draw():
            places = in_reading_order(root, replies, self.answered, levels)
            return self.artist.thread(places, self._rest_of(root))

        return made_once(("thread", self.artist, levels, root, *replies, *told), draw)

    def _rest_of(self, root):
        """The link to a thread's own page, where not all of its replies are here."""
        if root.replies_count <= FIRST_REPLIES:
            return ""
        text = ngettext("Show all %(n)d reply", "Show all %(n)d replies", root.replies_count)
        link = '<p class="more"><a href="{}{}/thread/">{}</a></p>'
        return format_html(link, self.address, root.pk, text % {"n": root.replies_count})


class Thread(CommentsPage):
    """A page of one thread: its first comment and fifty replies, from the start or after a cursor.

    `html` is empty where nothing of the thread is shown.
    """

    def __init__(self, article, root, cursor=None):
        super().__init__(article, cursor)
        self.root = root

    @property
    def asked(self):
        return self.root, self.policy.thread_depth

    def read(self):
        root, rows = self.root, REPLIES(thread=self.root.pk)
        if self.cursor:
            rows = FURTHER_REPLIES(thread=root.pk, moment=self.cursor[0], pk=self.cursor[1])
        rows = sorted(rows, key=key_of)
        replies, has_more = rows[:REPLIES_A_PAGE], len(rows) > REPLIES_A_PAGE
        parents = missing_parents(replies, {root.pk, *(reply.pk for reply in replies)})
        html = self.artist.thread(in_reading_order(root, replies, parents, self.policy.thread_depth))
        is_all = not self.cursor and not has_more
        count = len(replies) if is_all else replies_count(self.article, root.pk)
        return Shown(html, count, cursor_of(*key_of(replies[-1])) if has_more else "")


def place_of(comment, policy):
    """The address of the page that holds an approved comment: the article's, where it stands there.

    Else it is the thread's page; where that has many, the one that begins with the comment.
    """
    root_pk = comment.thread_id or comment.pk
    place, is_among_first = "", True
    if comment.thread_id:
        is_among_first = not _is_past(replies_of(root_pk), FIRST_REPLIES, comment)
        if _is_past(replies_of(root_pk), REPLIES_A_PAGE, comment):
            place = f"?after={cursor_of(comment.created_at, comment.pk - 1)}"
    if is_among_first and _is_on_first_page(comment, policy):
        return comment.article.get_absolute_url()
    return reverse("comments:thread", args=[comment.article.slug, root_pk]) + place


def _is_past(replies, number, comment):
    """Whether a reply comes after the first `number` ones."""
    last = replies.values_list("created_at", "pk")[number - 1 : number].first()
    return last is not None and key_of(comment) > last


def _is_on_first_page(comment, policy):
    """Whether the comment's thread stands below the article itself."""
    size = policy.threads_per_page
    root = comment if comment.thread_id is None else comment.thread
    last = threads_of(comment.article, policy).values_list("created_at", "pk")[size - 1 : size].first()
    if last is None:
        return True
    return key_of(root) >= last if is_newest(policy) else key_of(root) <= last
