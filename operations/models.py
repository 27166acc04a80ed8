from django.db import models
from django.db.models import Q
from django.utils import timezone


class RecurringTaskQuerySet(models.QuerySet):
    def whose_turn_it_is(self, every):
        return self.filter(Q(last_run_at=None) | Q(last_run_at__lte=timezone.now() - every))


class RecurringTask(models.Model):
    """When a task of RECURRING_TASKS was last given to the workers."""

    name = models.CharField(max_length=100, unique=True)
    last_run_at = models.DateTimeField(null=True)

    objects = RecurringTaskQuerySet.as_manager()

    def __str__(self):
        return self.name
