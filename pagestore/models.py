"""What a page is made of, as numbers: one for each table that readers see, renewed whenever it changes."""

from django.db import models


class Generation(models.Model):
    """The state of a table, or of a part of one, as a random number: another state, another number.

    Triggers renew it in the transaction of the change (`triggers.py`). It is not counted up, so that a backup
    that is put back never brings a number into use again that stood for something else.
    """

    name = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField()
    # What the caches in front of the site were last told; see `purging.py`.
    purged_value = models.BigIntegerField(null=True)

    def __str__(self):
        return self.name
