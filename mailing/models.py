"""The ledger of mails: what is to be sent, and of what was sent that it was, and no more."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_AFTER_GIVING_UP = timedelta(days=30)
NOTHING = {"recipient": "", "recipient_folded": "", "subject": "", "text": "", "headers": {}}


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Mail.State.WAITING)

    def due(self):
        """Waiting, and neither backing off nor in somebody's hands."""
        return self.waiting().filter(next_at__lte=timezone.now())

    def to(self, address):
        """Mails that still know that they go to this address, however it is capitalised."""
        return self.filter(recipient_folded=fold(address))

    def resendable(self):
        """Given up, and not emptied yet."""
        return self.filter(state=Mail.State.GIVEN_UP).exclude(recipient="")

    def unsettled(self):
        """What a person or the next attempt may still send."""
        return self.filter(state__in=[Mail.State.WAITING, Mail.State.GIVEN_UP])

    def outdated(self):
        """Given up so long ago that nobody will send it again."""
        return self.resendable().filter(given_up_at__lte=timezone.now() - KEPT_AFTER_GIVING_UP)


class Mail(models.Model):
    """One mail under a key that says which it is. Once sent, nothing is kept but the key."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Given up")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.CharField(_("key"), max_length=120, unique=True)
    recipient = models.CharField(_("recipient"), max_length=320, blank=True)
    recipient_folded = models.CharField(max_length=320, blank=True, db_index=True, editable=False)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_at = models.DateTimeField(
        _("next attempt"),
        default=timezone.now,
        help_text=_("While an attempt is under way: when it counts as lost."),
    )
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    # The task that is to send it, and whether that task has begun.
    task = models.CharField(max_length=64, blank=True, editable=False)
    is_claimed = models.BooleanField(default=False, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index("state", "next_at", name="mail_by_state")]
        constraints = [
            models.CheckConstraint(
                name="mail_sent_is_empty",
                condition=~Q(state__in=["sent", "cancelled"])
                | Q(recipient="", recipient_folded="", subject="", text=""),
                violation_error_message=_("What was sent is not kept."),
            )
        ]

    def __str__(self):
        return self.key


def fold(address):
    """An address as two spellings of it are compared."""
    return address.strip().casefold()
