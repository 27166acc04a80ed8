"""Who is told of approved comments: those who asked for replies, the article's owner, the comment's writer.

Run by the worker, once or again: every mail has a key by which it is sent once. One act of moderation, of a
thousand comments too, makes one mail a person and conversation at most.
"""

from itertools import batched

from django.db import transaction
from django.utils import timezone

from articles.models import Edition
from mailing.models import Mail
from mailing.outbox import post

from .mails import Writer
from .models import Comment, CommentPolicy, ModerationEvent, Subscription
from .tokens import email_key

# So many mails in a transaction, which on SQLite keeps everybody else from writing for a tenth of a second.
CHUNK, SHOWN = 25, 10


def newly_approved(batch):
    """The keys of the comments that an act of moderation has put before readers, and that still are there."""
    events = ModerationEvent.objects.filter(batch=batch, to_status=Comment.Status.APPROVED)
    events = events.exclude(from_status=Comment.Status.APPROVED)
    return sorted(
        Comment.objects.approved().filter(pk__in=events.values("comment")).values_list("pk", flat=True)
    )


class Telling:
    """The mails that follow from the approval of these comments; texts are read when they are quoted."""

    def __init__(self, keys):
        self.policy, self.writer = CommentPolicy.current(), Writer()
        self.comments = list(_light(keys))
        articles = {comment.article_id for comment in self.comments}
        live = Edition.objects.live().filter(article__in=articles).select_related("article__owner")
        self.editions = {edition.article_id: edition for edition in live.defer("content")}
        # Below an article that readers do not see now there is nothing to tell of.
        self.comments = [comment for comment in self.comments if comment.article_id in self.editions]

    def tell_all(self):
        if self.policy.offer_reply_mails:
            self.tell_subscribers()
        if self.policy.notify_author:
            self.tell_owners()
        self.tell_writers()

    def tell_subscribers(self):
        """Those who take part in a conversation and have confirmed that they want to hear of replies."""
        replies = _grouped(self.comments, lambda comment: comment.thread_id)
        replies.pop(None, None)
        wanted = Subscription.objects.confirmed().filter(
            thread__in=replies, comment__status=Comment.Status.APPROVED
        )
        for chunk in batched(wanted.order_by("pk"), CHUNK):
            with transaction.atomic():
                for subscription in chunk:
                    self._tell_subscriber(subscription, replies[subscription.thread_id])

    def _tell_subscriber(self, subscription, replies):
        news = [
            reply
            for reply in replies
            if reply.pk > subscription.comment_id and reply.folded_email != subscription.folded_email
        ]
        if news:
            edition = self.editions[news[0].article_id]
            mail = self.writer.replies(subscription, edition, self._texts(news), len(news))
            post(f"reply-{news[-1].pk}-{subscription.pk}", **mail)

    def tell_owners(self):
        """The owners of the articles, but of what they or the newsroom wrote."""
        below = _grouped(self.comments, lambda comment: comment.article_id)
        for chunk in batched(below.items(), CHUNK):
            with transaction.atomic():
                for article_id, comments in chunk:
                    self._tell_owner(self.editions[article_id], comments)

    def _tell_owner(self, edition, comments):
        owner = edition.article.owner
        if owner is None or not owner.is_active or not owner.email:
            return
        own = owner.email.casefold()
        news = [comment for comment in comments if comment.folded_email != own and not comment.posted_by_id]
        if news:
            mail = self.writer.for_owner(owner, edition, self._texts(news), len(news))
            post(f"owner-{news[-1].pk}-{owner.pk}", **mail)

    def tell_writers(self):
        """The writers, where a press in a mail would do something for them; at most once a day each."""
        by_reader = {c.folded_email: c for c in self.comments if c.folded_email and not c.posted_by_id}
        for chunk in batched(sorted(by_reader), CHUNK):
            waiting = self._waiting(chunk)
            with transaction.atomic():
                for reader in chunk:
                    self._tell_writer(by_reader[reader], waiting.get(reader))

    def _waiting(self, readers):
        if not self.policy.offer_reply_mails:
            return {}
        rows = Subscription.objects.filter(folded_email__in=readers, confirmed_at=None)
        return {row.folded_email: row for row in rows.order_by("-pk")}

    def _tell_writer(self, comment, subscription):
        appears_at_once = self.policy.hold == CommentPolicy.Hold.STRANGERS
        key = f"approved-{email_key(comment.folded_email)}"
        if not subscription and (not appears_at_once or comment.is_confirmed or _was_written_to(key)):
            return
        [whole] = self._texts([comment])
        edition = self.editions[comment.article_id]
        mail = self.writer.approval(whole, edition, subscription, appears_at_once=appears_at_once)
        post(f"{key}-{timezone.localdate():%Y%m%d}", **mail)

    def _texts(self, comments):
        """The first of these comments, with their articles and texts."""
        first = comments[:SHOWN]
        missing = [comment.pk for comment in first if "body" in comment.get_deferred_fields()]
        whole = Comment.objects.in_bulk(missing) if missing else {}
        for comment in first:
            comment.article = self.editions[comment.article_id].article
            if found := whole.get(comment.pk):
                comment.name, comment.body, comment.is_spoiler = found.name, found.body, found.is_spoiler
        return first


def _light(keys):
    """The comments without their texts, which may be many megabytes."""
    fields = ("article_id", "thread_id", "email", "folded_email", "posted_by_id", "is_confirmed")
    return Comment.objects.filter(pk__in=keys).only(*fields).order_by("pk")


def _grouped(comments, key):
    groups = {}
    for comment in comments:
        groups.setdefault(key(comment), []).append(comment)
    return groups


def _was_written_to(key):
    """Whether an address got such a mail on any day. The keys have one shape, so every collation agrees."""
    return Mail.objects.filter(key__range=(f"{key}-00000000", f"{key}-99999999")).exists()
