"""The rows of comments that pages show, and no more of them than a page shows.

Threads and replies are paged by where the last page ended: by (created_at, number), which no two comments
share.
"""

from django.db.models import F, Func, OuterRef, Q, Subquery

from queries.prepared import Prepared

from .keysets import after, before, key_of, up_to
from .models import Comment, CommentPolicy

FIRST_REPLIES, REPLIES_A_PAGE = 20, 50
SHOWN = (
    *("pk", "parent_id", "thread_id", "status", "name", "folded_email"),
    *("website", "body", "created_at", "badge", "is_spoiler", "edited_by"),
)


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


@Prepared
def ROOT(article, pk):
    return Comment.objects.filter(article=article, pk=pk).order_by().values_list(*SHOWN, named=True)
