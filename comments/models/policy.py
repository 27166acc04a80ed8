"""The owner's rules for comments: WordPress's discussion settings and what they lack, in one row."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from queries.prepared import Prepared

WORDS = ("moderation_words", "disallowed_words")
WITHOUT_WORDS = Prepared(lambda: CommentPolicy.objects.filter(pk=1).defer(*WORDS))


def between(least, most):
    return [MinValueValidator(least), MaxValueValidator(most)]


class CommentPolicy(models.Model):
    """The one row of rules; `current()` answers the defaults where it is missing and never writes."""

    class FirstPage(models.TextChoices):
        OLDEST = "oldest", _("Oldest first")
        NEWEST = "newest", _("Newest first")

    class Hold(models.TextChoices):
        EVERYTHING = "everything", _("Every comment")
        STRANGERS = "strangers", _("Every comment, unless its author was approved before")

    class Notice(models.TextChoices):
        NEVER = "never", _("Never")
        EACH = "each", _("At once, one mail a comment")
        HOURLY = "hourly", _("Once an hour at most")
        DAILY = "daily", _("Once a day at most")

    # Where comments are possible.
    on_new_articles = models.BooleanField(
        _("allow comments on new articles"),
        default=True,
        help_text=_("What a new article begins with; each article's filing box can say otherwise."),
    )
    close_after_days = models.PositiveIntegerField(
        _("close comments after"),
        null=True,
        blank=True,
        validators=between(1, 36500),
        help_text=_("Days after an article was first published. Left empty, comments stay open."),
    )
    name_and_email_required = models.BooleanField(
        _("name and email are required"),
        default=True,
        help_text=_("Where they are not, a comment without a name is signed “Anonymous”."),
    )

    # How they are shown.
    thread_depth = models.PositiveSmallIntegerField(
        _("levels of replies"),
        default=5,
        validators=between(2, 10),
        help_text=_("2 to 10. Deeper replies stand on the last level; nothing is lost by changing this."),
    )
    threads_per_page = models.PositiveSmallIntegerField(
        _("top level comments per page"), default=50, validators=between(5, 200)
    )
    first_page = models.CharField(
        _("order"),
        max_length=6,
        choices=FirstPage.choices,
        default=FirstPage.OLDEST,
        help_text=_("Which conversations stand below the article; the others follow on further pages."),
    )
    show_avatars = models.BooleanField(
        _("show avatars"), default=True, help_text=_("Initials on a colour, made here; nobody else is asked.")
    )

    # What is held for a moderator.
    hold = models.CharField(
        _("hold"),
        max_length=10,
        choices=Hold.choices,
        default=Hold.EVERYTHING,
        help_text=_(
            "“Approved before” counts only for readers who have confirmed their email address and write in "
            "the browser in which they did. A known name and address alone win nothing."
        ),
    )
    hold_at_links = models.PositiveSmallIntegerField(
        _("hold at this many links"),
        default=2,
        help_text=_("A comment with so many links or more is held, whoever wrote it. 0 switches it off."),
    )
    moderation_words = models.TextField(
        _("moderation words"),
        blank=True,
        help_text=_(
            "One a line. A comment that has one of them in its text, name, website, email or network address "
            "is held. Parts of words count: “press” is found in “WordPress”."
        ),
    )
    disallowed_words = models.TextField(
        _("disallowed words"),
        blank=True,
        help_text=_("One a line, found in the same places; such a comment is marked as spam."),
    )
    words_digest = models.CharField(max_length=64, blank=True, editable=False)
    posts_an_hour = models.PositiveIntegerField(
        _("posts an hour from one network"),
        default=60,
        validators=between(1, 100_000),
        help_text=_("From one network address, or one IPv6 network. Moderators are exempt."),
    )

    # Who is told.
    notify_moderators = models.CharField(
        _("tell moderators of held comments"), max_length=6, choices=Notice.choices, default=Notice.HOURLY
    )
    notify_author = models.BooleanField(_("tell an article's owner of approved comments"), default=True)
    offer_reply_mails = models.BooleanField(
        _("offer readers mails about replies"),
        default=True,
        help_text=_("Sent only to addresses that were confirmed; every mail can be stopped by one press."),
    )

    # What readers may do afterwards.
    edit_minutes = models.PositiveSmallIntegerField(
        _("readers may edit or delete their comment for"),
        default=15,
        validators=[MaxValueValidator(1440)],
        help_text=_("Minutes after posting; 0 switches it off."),
    )
    hide_at_reports = models.PositiveSmallIntegerField(
        _("hide a comment at this many reports"),
        null=True,
        blank=True,
        validators=between(1, 1000),
        help_text=_("Left empty, a reported comment stays until a moderator decides."),
    )

    # How long things are kept.
    spam_days = models.PositiveSmallIntegerField(
        _("keep spam for"), default=30, validators=between(1, 3650), help_text=_("Days.")
    )
    rejected_days = models.PositiveSmallIntegerField(
        _("keep rejected comments for"), default=90, validators=between(1, 3650), help_text=_("Days.")
    )
    address_days = models.PositiveSmallIntegerField(
        _("keep network addresses for"),
        default=30,
        validators=[MaxValueValidator(3650)],
        help_text=_("Days; 0 stores none."),
    )

    class Meta:
        verbose_name = _("comment policy")
        verbose_name_plural = _("comment policy")

    def __str__(self):
        return str(_("Comment policy"))

    def save(self, **kwargs):
        """There is one row. `words_digest` tells whoever keeps the word lists in memory that they are new."""
        self.pk = 1
        words = f"{self.moderation_words}\0{self.disallowed_words}"
        self.words_digest = salted_hmac("comments.words", words, algorithm="sha256").hexdigest()
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The rules in force, without the word lists, which may be a megabyte (they load when used)."""
        return next(iter(WITHOUT_WORDS()), None) or cls()

    def is_open(self, article, now=None):
        """Whether an article takes comments now: its own setting, and its age in the newsroom's days."""
        if article.comments_mode == Article.Comments.CLOSED:
            return False
        if self.close_after_days is None or article.published_at is None:
            return True
        last_day = timezone.localdate(article.published_at) + timedelta(days=self.close_after_days)
        return timezone.localdate(now) <= last_day

    def holds_everything_on(self, article):
        """Whether nothing may appear at once below this article, whoever writes it."""
        return self.hold == self.Hold.EVERYTHING or article.comments_mode == Article.Comments.HELD
