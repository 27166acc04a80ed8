"""Who may not comment for a while, or for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def banned_by(folded_email):
    """The values of the bans that an e-mail address falls under, the narrowest first."""
    parts = folded_email.rpartition("@")[2].split(".")
    return [folded_email, *(".".join(parts[place:]) for place in range(len(parts)))]


class BanQuerySet(models.QuerySet):
    def in_force(self):
        """Those that have no end, or whose last day has not passed in the newsroom's zone."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))

    def of(self, folded_email):
        """Those that an e-mail address falls under: its own, its domain's, and any domain's above that."""
        return self.filter(value__in=banned_by(folded_email))


class Ban(models.Model):
    """An e-mail address or a domain whose comments are rejected on arrival: kept, and seen by moderators."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail address")
        DOMAIN = "domain", _("E-mail domain")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    value = models.CharField(
        _("address or domain"),
        max_length=254,
        unique=True,
        help_text=_("reader@example.org, or example.org for everybody there and below."),
    )
    until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Left empty, the ban has no end.")
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("banned"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("banned by"),
    )
    created_by_name = models.CharField(max_length=301, blank=True, editable=False)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.value
