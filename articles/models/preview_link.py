"""Previews for people without a login."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .review import staff


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, now=None):
        """Links that still show something: neither expired nor revoked."""
        return self.filter(expires_at__gt=now or timezone.now(), revoked_at=None)

    def for_listing(self):
        """All that a list shows; what a link of a state holds is an article's whole text."""
        return self.defer("state").annotate(is_newest=models.Q(state__isnull=True))


class PreviewLink(models.Model):
    """An address that shows an unpublished state to whoever has it, until it expires or is revoked."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    # What a link "of this state" shows, as `articles.frozen_state` writes it; null shows the newest draft.
    state = models.JSONField(null=True, editable=False)
    for_whom = models.CharField(
        _("for whom"), max_length=150, blank=True, help_text=_("So that you know it again in the list.")
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    created_by = staff(_("made by"))
    created_by_name = models.CharField(max_length=301, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.for_whom or str(self.article)

    @property
    def shows_newest(self):
        """Whether it shows the draft as it is saved, not a state of its own; asks for no state to be read."""
        return self.is_newest if hasattr(self, "is_newest") else self.state is None

    @property
    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()
