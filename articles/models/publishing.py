"""What readers see of an article and when: publishing, scheduling and taking off, all by the clock."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

# Sent with `article_id` when the moments of an article were written past `save()`.
moments_changed = Signal()


class Publishable(models.Model):
    """An article's public side. Every moment here may lie in the future; it takes effect at its second."""

    class Absence(models.TextChoices):
        FOR_NOW = "for_now", _("For now: the address answers “not found”")
        FOR_GOOD = "for_good", _("For good: the address answers “gone”, and points to the show")
        MOVED = "moved", _("Readers are sent to another article")

    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("unpublished"), null=True, blank=True, editable=False)
    # A version that was published for later brings an unpublished article back, not before its time.
    returns_at = models.DateTimeField(_("back"), null=True, blank=True, editable=False)
    # A version that was taken back leaves its number unused, so that a number is never two texts.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    absence = models.CharField(
        _("while it is unpublished"), max_length=10, choices=Absence.choices, default=Absence.FOR_NOW
    )
    sent_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the article to send them to"),
    )

    class Meta:
        abstract = True

    @property
    def is_published(self):
        """Whether readers see it now; the same rule as `objects.published()`."""
        return self.is_public_at(timezone.now())

    def is_public_at(self, at):
        """Whether readers see it at a moment, as everything is planned now."""
        begun = self.published_at is not None and self.published_at <= at
        is_withdrawn = self.withdrawn_at is not None and self.withdrawn_at <= at
        is_back = self.returns_at is not None and self.returns_at <= at
        return begun and (is_back or not is_withdrawn)

    @cached_property
    def newest_edition(self):
        """The edition with the highest number, live or not; None for what was never published."""
        return self.editions.order_by("-number").first()

    @cached_property
    def live_edition(self):
        """What readers see now, or None."""
        return self.editions.live().first()

    @property
    def scheduled_editions(self):
        """The versions that are still to come, the next one first."""
        return self.editions.filter(published_at__gt=timezone.now()).order_by("published_at", "number")

    def problems_with_publishing(self):
        """Sentences that say what must be mended before this can be published; empty when nothing must."""
        from ..checks.blocking import error_findings
        from .edition import Edition

        return [finding.text for finding in error_findings(Edition.compose(self))]

    @transaction.atomic
    def publish(self, *, by=None, at=None, note="", is_minor=False, correction="", drops_scheduled=False):
        """Freeze the working copy into the next edition, live from `at` (default now); returns it.

        Raises ValidationError with every problem that stands in the way. Competing calls wait for each
        other's row lock, so that no number is given twice. Versions that are still to come stay, and will
        replace this one, unless it `drops_scheduled`. A `correction` stands below the text with its date.
        """
        from ..notices import tell_when_live
        from ..reviews import approve_by_publishing
        from .edition import Edition

        locked = type(self).objects.select_for_update().get(pk=self.pk)
        if problems := locked.problems_with_publishing():
            raise ValidationError(problems)
        now = timezone.now()
        if drops_scheduled:
            locked.scheduled_editions.delete()
        edition = Edition.compose(locked)
        if correction:
            edition.correct(correction, at or now)
        edition.freeze(by=by, at=at or now, note=note, is_minor=is_minor)
        if edition.published_at > now:
            tell_when_live(edition)
        locked.keep_times_of(edition, now)
        approve_by_publishing(edition)
        self.take_times_from(locked)
        return edition

    def keep_times_of(self, edition, now):
        """What a new version means for the article's own moments; an unpublishing to come stays."""
        first = self.published_at
        self.published_at = min(filter(None, [first, edition.published_at]))
        if self.withdrawn_at and self.withdrawn_at <= now:
            if edition.published_at <= now:
                self.withdrawn_at = self.returns_at = None
            else:
                self.returns_at = min(filter(None, [self.returns_at, edition.published_at]))
        self.save_times()

    def cancel(self, edition):
        """Drop a version that is still to come, which nobody has seen; False where its moment has passed."""
        with transaction.atomic():
            locked = type(self).objects.select_for_update().get(pk=self.pk)
            count, _models = locked.scheduled_editions.filter(pk=edition.pk).delete()
            locked.forget_times_of_cancelled()
        self.take_times_from(locked)
        return bool(count)

    def move(self, edition, at):
        """Give a version that is still to come another moment; False where its own has passed."""
        from ..notices import tell_when_live

        with transaction.atomic():
            locked = type(self).objects.select_for_update().get(pk=self.pk)
            count = locked.scheduled_editions.order_by().filter(pk=edition.pk).update(published_at=at)
            locked.forget_times_of_cancelled()
            if count:
                edition.published_at = at
                tell_when_live(edition)
        self.take_times_from(locked)
        return bool(count)

    def forget_times_of_cancelled(self):
        """Bring the article's own moments in line with the versions that are left."""
        moments = list(self.editions.order_by("published_at").values_list("published_at", flat=True))
        to_come = [at for at in moments if at > timezone.now()]
        if len(to_come) == len(moments):
            self.published_at = min(moments, default=None)
        if self.returns_at and self.returns_at > timezone.now():
            self.returns_at = min(to_come, default=None)
        self.save_times()

    def first_published(self, at):
        """Tell readers another date of first publication; nothing else of its moments changes."""
        type(self).objects.filter(pk=self.pk).update(published_at=at)
        self.published_at = at
        moments_changed.send(type(self), article_id=self.pk)

    @transaction.atomic
    def unpublish(self, *, at=None, absence=Absence.FOR_NOW, sent_to=None):
        """Take it off, at `at` (default now); False when it is not public, and will not be by then.

        `absence` says what its address answers from then on, `sent_to` where readers are sent.
        """
        now = timezone.now()
        locked = type(self).objects.select_for_update().get(pk=self.pk)
        if not locked.is_published:
            return False
        locked.withdrawn_at, locked.returns_at = at or now, None
        locked.absence, locked.sent_to = absence, sent_to
        locked.save_times()
        self.take_times_from(locked)
        return True

    def keep_published(self):
        """Take back an unpublishing that is still to come; False where there is none."""
        count = (
            type(self)
            .objects.filter(pk=self.pk, withdrawn_at__gt=timezone.now())
            .update(withdrawn_at=None, absence=self.Absence.FOR_NOW, sent_to=None)
        )
        self.refresh_from_db(fields=PUBLIC_COLUMNS)
        return bool(count)

    def save_times(self):
        """Write the public side and nothing else: the rest of the row may be somebody's unsaved form."""
        values = {name: getattr(self, name) for name in PUBLIC_COLUMNS}
        type(self).objects.filter(pk=self.pk).update(**values)
        moments_changed.send(type(self), article_id=self.pk)

    def take_times_from(self, locked):
        for name in PUBLIC_COLUMNS:
            setattr(self, name, getattr(locked, name))
        for name in ("newest_edition", "live_edition"):
            self.__dict__.pop(name, None)


PUBLIC_COLUMNS = ("published_at", "withdrawn_at", "returns_at", "absence", "sent_to", "last_number")
