"""What readers say."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .moderation import STATUSES

BODY_LIMIT, NAME_LIMIT, EMAIL_LIMIT, WEBSITE_LIMIT = 65_525, 245, 100, 200
# Case-folding makes up to three characters of one.
FOLDED_LIMIT = 3 * EMAIL_LIMIT


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """The comments that anyone may read; the one place that says so."""
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        """The comments that wait for a moderator."""
        return self.filter(status=Comment.Status.PENDING)

    def waiting_longest_first(self):
        return self.order_by("created_at", "pk")

    def moderate(self, status, *, by=None, why="", seen=None, is_quiet=False):
        """Give these comments `status`, with a ModerationEvent each; returns the Batch.

        `seen` maps primary keys to the status that the moderator saw. A comment that has another one by
        now is skipped: with two moderators at work nothing flips silently. A quiet one sends no mails.
        """
        from ..transitions import Change, make

        standing = dict(self.order_by().values_list("pk", "status"))
        expected = {pk: (seen or {}).get(pk, was) for pk, was in standing.items()}
        changes = [Change(pk, was, status, why=why) for pk, was in expected.items() if was != status]
        return make(changes, by=by, is_quiet=is_quiet)

    def undo(self, batch, *, by=None):
        """Put back what the batch with this id changed, where nobody did anything since; returns a Batch."""
        from ..transitions import undo

        return undo(batch, by=by)


class Comment(models.Model):
    """What one reader said about an article, as plain text. Held until a moderator decides."""

    class Status(models.TextChoices):
        PENDING = STATUSES[0]
        APPROVED = STATUSES[1]
        SPAM = STATUSES[2]
        REJECTED = STATUSES[3]

    class Badge(models.TextChoices):
        STAFF = "staff", _("Staff")
        AUTHOR = "author", _("Author")

    class Editor(models.TextChoices):
        WRITER = "writer", _("edited")
        MODERATOR = "moderator", _("edited by moderator")

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
    name = models.CharField(_("name"), max_length=NAME_LIMIT, blank=True)
    email = models.EmailField(_("e-mail"), max_length=EMAIL_LIMIT, blank=True)
    # What the database compares by: `email` case-folded.
    folded_email = models.CharField(max_length=FOLDED_LIMIT, blank=True, default="", editable=False)
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
    # Who wrote it, as far as that is known.
    is_confirmed = models.BooleanField(_("address confirmed"), default=False, editable=False)
    badge = models.CharField(_("badge"), max_length=6, choices=Badge.choices, blank=True, editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written in the newsroom by"),
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True, editable=False)
    address_key = models.CharField(max_length=32, blank=True, default="", editable=False)

    # What was done to it beside deciding.
    is_spoiler = models.BooleanField(_("hidden as a spoiler"), default=False)
    edited_by = models.CharField(
        _("edited by"), max_length=9, choices=Editor.choices, blank=True, editable=False
    )
    original_body = models.TextField(_("as first posted"), blank=True, default="", editable=False)
    is_kept = models.BooleanField(_("kept after reports"), default=False, editable=False)

    # What the checks and the filter know.
    reasons = models.JSONField(_("reasons"), default=list, blank=True, editable=False)
    spam_score = models.FloatField(_("spam score"), null=True, blank=True, editable=False)
    learned_as = models.CharField(max_length=4, blank=True, default="", editable=False)
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        permissions = [
            ("moderate_comment", _("Can approve, reject and mark comments as spam")),
            ("destroy_comment", _("Can delete comments for good")),
        ]
        indexes = [
            models.Index(fields=["article", "status", "created_at", "id"], name="comment_of_article"),
            models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
            models.Index(
                fields=["article", "created_at", "id"], condition=Q(parent=None), name="comment_threads"
            ),
            models.Index(
                fields=["thread", "status", "created_at", "id"],
                condition=Q(thread__isnull=False),
                name="comment_replies",
            ),
            models.Index(fields=["folded_email", "created_at", "status"], name="comment_of_reader"),
            models.Index(fields=["address_key", "created_at"], name="comment_of_network"),
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
        return f"{self.shown_name}: {Truncator(self.body).words(8)}"

    def save(self, **kwargs):
        self.folded_email = self.email.casefold()
        if self._state.adding and self.parent:
            self.thread_id = self.parent.thread_id or self.parent_id
            self.depth = self.parent.depth + 1
        super().save(**kwargs)

    def get_absolute_url(self):
        """The permalink, which leads to the page that holds the comment."""
        return reverse("comments:permalink", args=[self.article.slug, self.pk])

    @property
    def shown_name(self):
        """The name as it is signed: a comment without one is by “Anonymous”."""
        return self.name or gettext("Anonymous")
