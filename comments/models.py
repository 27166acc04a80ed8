"""What readers say, and what moderators decided about it."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article

BODY_LIMIT, NAME_LIMIT, EMAIL_LIMIT, WEBSITE_LIMIT = 65_525, 245, 100, 200


@dataclass(frozen=True)
class Batch:
    """What one press of a button did: `count` comments changed under one `id`, which undoes them.

    `skipped` were left alone, because somebody else had decided on them in the meantime.
    """

    id: uuid.UUID
    count: int
    skipped: int = 0


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """The comments that anyone may read; the one place that says so."""
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        """The comments that wait for a moderator."""
        return self.filter(status=Comment.Status.PENDING)

    def waiting_longest_first(self):
        return self.order_by("created_at", "pk")

    def moderate(self, status, *, by=None, why="", seen=None):
        """Give these comments `status`, with a ModerationEvent each; returns the Batch.

        `seen` maps primary keys to the status that the moderator saw. A comment that has another one by
        now is skipped: with two moderators at work nothing flips silently.
        """
        standing = dict(self.order_by().values_list("pk", "status"))
        expected = {pk: (seen or {}).get(pk, was) for pk, was in standing.items()}
        changes = [(pk, was, status) for pk, was in expected.items() if was != status]
        return _change(changes, by=by, why=why)

    def undo(self, batch, *, by=None):
        """Put back what the batch with this id changed, where nobody decided anew since; returns a Batch."""
        later = ModerationEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
        events = ModerationEvent.objects.filter(batch=batch).annotate(is_overtaken=Exists(later))
        rows = events.values_list("comment_id", "to_status", "from_status", "is_overtaken")
        changes = [(pk, was, to) for pk, was, to, is_overtaken in rows if not is_overtaken]
        undone = _change(changes, by=by, why=gettext("Undone"))
        return Batch(undone.id, undone.count, len(rows) - undone.count)


@transaction.atomic
def _change(changes, *, by, why):
    """Make each (pk, was, to) of `changes` whose comment still has the status `was`."""
    batch, now, name = uuid.uuid4(), timezone.now(), person_name(by)
    stamp = {"moderated_at": now, "moderated_by": by, "moderated_by_name": name}
    made = []
    # In the order of the keys, or two bulk changes could wait for each other for ever.
    for pk, was, to in sorted(changes):
        if Comment.objects.filter(pk=pk, status=was).update(status=to, **stamp):
            made.append(
                ModerationEvent(
                    comment_id=pk,
                    batch=batch,
                    actor=by,
                    actor_name=name,
                    created_at=now,
                    from_status=was,
                    to_status=to,
                    why=why,
                )
            )
    ModerationEvent.objects.bulk_create(made, batch_size=500)
    return Batch(batch, len(made), len(changes) - len(made))


def person_name(user):
    """What a moderator is called in the record, also after the account is gone; empty for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


class Comment(models.Model):
    """What one reader said about an article, as plain text. Held until a moderator decides."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        SPAM = "spam", _("Spam")
        REJECTED = "rejected", _("Rejected")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="comments", verbose_name=_("article")
    )
    # RESTRICT: an article takes its comments with it, but no comment takes other people's answers with it.
    parent = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    thread = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )
    depth = models.PositiveIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    email = models.EmailField(_("e-mail"), max_length=EMAIL_LIMIT)
    website = models.CharField(_("website"), max_length=WEBSITE_LIMIT, blank=True)
    body = models.TextField(_("comment"), max_length=BODY_LIMIT)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    created_at = models.DateTimeField(_("submitted"), default=timezone.now)
    moderated_at = models.DateTimeField(_("moderated"), null=True, blank=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("moderated by"),
    )
    moderated_by_name = models.CharField(max_length=301, blank=True, editable=False)
    reasons = models.JSONField(_("reasons"), default=list, blank=True, editable=False)
    spam_score = models.FloatField(_("spam score"), null=True, blank=True, editable=False)
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        permissions = [("moderate_comment", _("Can approve, reject and mark comments as spam"))]
        indexes = [
            models.Index(fields=["article", "status", "created_at", "id"], name="comment_of_article"),
            models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, thread=None, depth=0)
                | Q(parent__isnull=False, thread__isnull=False, depth__gt=0),
                name="comment_reply_has_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "approved", "spam", "rejected"]),
                name="comment_status_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {Truncator(self.body).words(8)}"

    def save(self, **kwargs):
        if self._state.adding and self.parent:
            self.thread = self.parent.thread or self.parent
            self.depth = self.parent.depth + 1
        super().save(**kwargs)

    def get_absolute_url(self):
        """The permalink, which leads to the page that holds the comment."""
        return reverse("comments:permalink", args=[self.article.slug, self.pk])


class ModerationEvent(models.Model):
    """One decision on one comment; the events of one press share a `batch`. Never changed."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="events")
    batch = models.UUIDField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=301, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    from_status = models.CharField(max_length=10, choices=Comment.Status.choices)
    to_status = models.CharField(max_length=10, choices=Comment.Status.choices)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision on a comment")
        verbose_name_plural = _("decisions on comments")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
