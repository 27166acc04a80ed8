"""Whether everybody seems to come from one network: perhaps from a proxy of ours that nobody has named."""

from datetime import timedelta

from django.utils import timezone

from .models import Comment

SUSPICIOUS = 20
# The newsroom's own have none, nor have old ones; to look for more among those would be to read them all.
LOOKED_AT = 60


def all_come_from_one():
    """Whether the last twenty comments came from one network within a day: perhaps a proxy of ours."""
    since = timezone.now() - timedelta(days=1)
    newest = Comment.objects.order_by("-pk").values_list("address_key", "created_at")[:LOOKED_AT]
    found = [(key, moment) for key, moment in newest if key][:SUSPICIOUS]
    is_recent = len(found) == SUSPICIOUS and all(moment > since for _key, moment in found)
    return is_recent and len({key for key, _moment in found}) == 1
