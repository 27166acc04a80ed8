from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChartImportQuerySet(models.QuerySet):
    def log(self, name, report, as_of_on):
        """Note an import that was done without an upload."""
        values = {"name": name[:300], "report": report, "as_of_on": as_of_on, "finished_at": timezone.now()}
        return self.create(status=ChartImport.Status.DONE, **values)


class ChartImport(models.Model):
    """One file of a chart: what it would change, and what it changed once it was imported.

    `content` is the file itself, gzipped, from its upload until it is imported or dropped; it lies in the
    database, where every server finds it.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Being read")
        CHECKED = "checked", _("Read, not imported yet")
        WAITING = "waiting", _("Being imported")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Not imported")
        DROPPED = "dropped", _("Dropped")

    COMES_FROM = {
        Status.CHECKED: [Status.UPLOADED],
        Status.WAITING: [Status.CHECKED],
        Status.DONE: [Status.WAITING],
        Status.REFUSED: [Status.UPLOADED, Status.WAITING],
        Status.DROPPED: [Status.UPLOADED, Status.CHECKED],
    }
    HAVE_FILE = (Status.CHECKED, Status.WAITING)

    name = models.CharField(_("file"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    report = models.JSONField(_("report"), default=dict, blank=True)
    content = models.BinaryField(null=True, blank=True)
    as_of_on = models.DateField(
        _("as of"),
        default=timezone.localdate,
        help_text=_("Counts for a list of all time only: the day on which Netflix showed it so."),
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    imported_by_name = models.CharField(_("by"), max_length=301, blank=True)

    objects = ChartImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a chart")
        verbose_name_plural = _("imports of charts")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name

    def sign(self, user):
        """Note who imports it; the name stays when the user goes."""
        self.imported_by, self.imported_by_name = user, user.get_full_name() or user.get_username()

    def become(self, status, **values):
        """Pass to a status; False where somebody was quicker. The file goes with the last of them."""
        if status not in self.HAVE_FILE:
            values |= {"content": None, "finished_at": timezone.now()}
        rows = ChartImport.objects.filter(pk=self.pk, status__in=self.COMES_FROM[status])
        has_passed = bool(rows.update(status=status, **values))
        self.refresh_from_db(fields=["status", "finished_at", *values])
        return has_passed
