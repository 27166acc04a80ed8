"""Which of an article's comments a page shows, so that a page costs the same however many there are.

Threads and replies are paged by where the last page ended: by (created_at, number), which no two comments
share. A page shows some threads with the first replies of each; a thread has pages of its own for the rest.
"""

from django.conf import settings
from django.db.models import Count, F, Func, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext

from queries.prepared import Prepared
from queries.remembered import parts_of_pages

from .counts import approved_count
from .drawing import Artist, Entry
from .keysets import after, before, cursor_of, key_of, up_to
from .models import Comment, CommentPolicy
from .places import in_reading_order, missing_parents

__all__ = ["Discussion", "Entry", "Thread", "comments_address", "place_of"]

FIRST_REPLIES, REPLIES_A_PAGE = 20, 50
SHOWN = (
    *("pk", "parent_id", "thread_id", "status", "name", "folded_email"),
    *("website", "body", "created_at", "badge", "is_spoiler", "edited_by"),
)


def comments_address(article):
    """Where the article's comments are posted; a comment's permalink is this with its number."""
    return reverse("comments:post", args=[article.slug])


def replies_of(thread):
    """The replies of a thread that readers see, oldest first."""
    # The second condition tells the database that its index of replies holds them all.
    replies = Comment.objects.approved().filter(thread=thread, thread__isnull=False)
    return replies.order_by("created_at", "pk")


def threads_of(article, policy):
    """The first comments of the threads that readers see, in the policy's order, with their `replies_count`.

    A removed one is among them where it has replies that stay.
    """
    return _threads(article.pk, is_newest(policy))


def is_newest(policy):
    return policy.first_page == CommentPolicy.FirstPage.NEWEST


def _threads(article, as_newest):
    replies = replies_of(OuterRef("pk"))
    counted = replies.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    is_shown = Q(status=Comment.Status.APPROVED) | Q(a_reply__isnull=False)
    # A subquery for one value: of EXISTS PostgreSQL may make a list of all replies of the site.
    roots = Comment.objects.filter(article=article, parent=None)
    roots = roots.alias(a_reply=Subquery(replies.order_by().values("pk")[:1]))
    order = ["-created_at", "-pk"] if as_newest else ["created_at", "pk"]
    return roots.filter(is_shown).annotate(replies_count=Subquery(counted)).order_by(*order)


@Prepared
def FIRST_THREADS(article, as_newest, as_size):
    return _threads(article, as_newest).values_list(*SHOWN, "replies_count", named=True)[:as_size]


@Prepared
def FURTHER_THREADS(article, moment, pk, as_newest, as_size):
    key = moment, pk
    threads = _threads(article, as_newest).filter(before(key) if as_newest else after(key))
    return threads.values_list(*SHOWN, "replies_count", named=True)[:as_size]


def first_replies(roots):
    """The first replies of each of these threads, oldest first; one query, or none."""
    small = [root.pk for root in roots if 0 < root.replies_count <= FIRST_REPLIES]
    large = [root.pk for root in roots if root.replies_count > FIRST_REPLIES]
    if not small and not large:
        return []
    # Sorted here: a database could take it into its head to walk all comments in their order.
    return sorted(FIRST_REPLIES_OF(small=small or [0], large=large or [0]), key=key_of)


@Prepared
def FIRST_REPLIES_OF(small, large):
    # Each part says it all, so that the database walks its index of replies and nothing else.
    approved = Q(status=Comment.Status.APPROVED, thread__isnull=False)
    wanted = Q(thread__pk__in=small) & approved
    for pk in large:
        last = replies_of(pk).values("created_at", "pk")[FIRST_REPLIES - 1 : FIRST_REPLIES]
        wanted |= Q(thread=pk) & approved & up_to(last.query)
    return Comment.objects.filter(wanted).order_by().values_list(*SHOWN, named=True)


@Prepared
def REPLIES(thread):
    return _page_of(replies_of(thread))


@Prepared
def FURTHER_REPLIES(thread, moment, pk):
    return _page_of(replies_of(thread).filter(after((moment, pk))))


def _page_of(replies):
    # Their numbers stand in the index of replies; for whole rows PostgreSQL may walk all comments.
    rows = Comment.objects.filter(pk__in=replies.values("pk")[: REPLIES_A_PAGE + 1]).order_by()
    return rows.values_list(*SHOWN, named=True)


class CommentsPage:
    """What pages with comments have in common: `policy`, `is_open`, `address`, `time_zone`."""

    time_zone = property(lambda self: settings.TIME_ZONE)

    def __init__(self, article, policy=None):
        self.article = article
        self.policy = policy or CommentPolicy.current()
        self.is_open = self.policy.is_open(article)
        self.address = comments_address(article)
        self.artist = Artist(self.address, self.is_open, self.policy.show_avatars)

    @property
    def form_key(self):
        """What the form below depends on, with the house rules of the publication."""
        policy = self.policy
        return self.address, self.is_open, policy.name_and_email_required, policy.offer_reply_mails


class Discussion(CommentsPage):
    """A page of an article's threads with their first replies: the first, or the one after a cursor.

    `html` is them all, `count` how many comments the article has, `following` the next page's cursor.
    """

    def __init__(self, article, policy=None, cursor=None):
        super().__init__(article, policy)
        size = self.policy.threads_per_page
        wanted = {"article": article.pk, "as_newest": is_newest(self.policy), "as_size": size + 1}
        if cursor:
            rows = list(FURTHER_THREADS(**wanted, moment=cursor[0], pk=cursor[1]))
        else:
            rows = list(FIRST_THREADS(**wanted))
        self.is_first, self.roots, has_more = cursor is None, rows[:size], len(rows) > size
        self.following = cursor_of(*key_of(self.roots[-1])) if has_more else ""

    @cached_property
    def count(self):
        """Counted from what is here where that is all; a larger number is asked for."""
        if not self.is_first or self.following:
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
        """The threads in reading order: (first comment, its places)."""
        by_thread = {root.pk: [] for root in self.roots}
        for reply in self.replies:
            by_thread[reply.thread_id].append(reply)
        known, levels = self.answered, self.policy.thread_depth
        return [(root, in_reading_order(root, by_thread[root.pk], known, levels)) for root in self.roots]

    @cached_property
    def html(self):
        rows = *self.roots, None, *self.replies, None, *self.answered.values()
        name = "discussion", self.artist, self.policy.thread_depth, rows
        html = None if settings.DEBUG else parts_of_pages.get(name)
        if html is None:
            drawn = (self.artist.thread(places, self._rest_of(root)) for root, places in self.threads)
            html = "".join(drawn)
            parts_of_pages.keep(name, html)
        return mark_safe(html)  # noqa: S308

    def _rest_of(self, root):
        """The link to a thread's own page, where not all of its replies are here."""
        if root.replies_count <= FIRST_REPLIES:
            return ""
        text = ngettext("Show all %(n)d reply", "Show all %(n)d replies", root.replies_count)
        link = '<p class="more"><a href="{}{}/thread/">{}</a></p>'
        return format_html(link, self.address, root.pk, text % {"n": root.replies_count})


class Thread(CommentsPage):
    """A page of one thread: its first comment and fifty replies, from the start or after a cursor."""

    def __init__(self, article, root, policy=None, cursor=None):
        super().__init__(article, policy)
        self.root, self.is_first = root, cursor is None
        replies = REPLIES(thread=root.pk)
        if cursor:
            replies = FURTHER_REPLIES(thread=root.pk, moment=cursor[0], pk=cursor[1])
        rows = sorted(replies, key=key_of)
        self.replies, has_more = rows[:REPLIES_A_PAGE], len(rows) > REPLIES_A_PAGE
        self.following = cursor_of(*key_of(self.replies[-1])) if has_more else ""

    @cached_property
    def count(self):
        """How many replies the thread has on all pages."""
        if self.is_first and not self.following:
            return len(self.replies)
        return replies_of(self.root.pk).order_by().aggregate(n=Count("pk"))["n"]

    @cached_property
    def places(self):
        parents = missing_parents(self.replies, {self.root.pk, *(reply.pk for reply in self.replies)})
        return in_reading_order(self.root, self.replies, parents, self.policy.thread_depth)

    @cached_property
    def html(self):
        return mark_safe(self.artist.thread(self.places))  # noqa: S308


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
