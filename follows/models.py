"""Readers who want to hear of decisions about a show."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# As long as “Your data” takes them, so that whatever is kept can be found and erased.
EMAIL_LIMIT = 100
# Folding may make three characters of one.
FOLDED_LIMIT = 3 * EMAIL_LIMIT


class FollowQuerySet(models.QuerySet):
    def confirmed(self):
        """Those whose address was proven by a press in a mail to it; nobody else is told of anything."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Those who were asked to confirm and have not yet."""
        return self.filter(confirmed_at=None)


class Follow(models.Model):
    """One address that is told of decisions about one show, once it was confirmed."""

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="follows", verbose_name=_("show"))
    email = models.EmailField(_("e-mail"), max_length=EMAIL_LIMIT)
    folded_email = models.CharField(max_length=FOLDED_LIMIT, editable=False)
    # What stands for the network that it was asked for from, for as long as that is counted.
    address_key = models.CharField(max_length=32, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["pk"]
        # Nobody of the newsroom reads or changes these rows: they are readers' own.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["show", "folded_email"], name="follow_once"),
        ]
        indexes = [
            models.Index(fields=["show", "id"], condition=~Q(confirmed_at=None), name="follow_confirmed"),
            models.Index(fields=["folded_email"], name="follow_of_reader"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="follow_open"),
            models.Index(
                fields=["address_key", "asked_at"], condition=~Q(address_key=""), name="follow_by_network"
            ),
        ]

    def __str__(self):
        return f"{self.show_id}"

    def save(self, **kwargs):
        self.folded_email = self.email.casefold()
        super().save(**kwargs)
