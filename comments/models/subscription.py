"""Readers who want to hear of replies."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import EMAIL_LIMIT, FOLDED_LIMIT


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        """Those whose address was proven by a press in a mail to it; nobody else is ever written to."""
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """One address that is told of approved replies in one thread, once it was confirmed."""

    thread = models.ForeignKey("Comment", on_delete=models.CASCADE, related_name="subscriptions")
    # The comment with which it was asked for: only later ones are told of.
    comment = models.ForeignKey("Comment", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=EMAIL_LIMIT)
    folded_email = models.CharField(max_length=FOLDED_LIMIT, editable=False)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "folded_email"], name="subscription_once"),
        ]
        indexes = [
            models.Index(fields=["folded_email"], name="subscription_of_reader"),
            models.Index(fields=["created_at"], condition=Q(confirmed_at=None), name="subscription_open"),
        ]

    def __str__(self):
        return f"{self.thread_id}"

    def save(self, **kwargs):
        self.folded_email = self.email.casefold()
        super().save(**kwargs)
