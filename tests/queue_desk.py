"""The moderation queue as tests use it: its pages, its buttons, and what its script is told."""

import re
from datetime import UTC, datetime, timedelta

from comments.models import Report
from tests.factories_comments import make_comment

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
QUEUE = "/admin/comments/comment/"


def page_of(client, address=QUEUE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def press(client, label, comment, address=QUEUE):
    """Press a button of the comment's card, as the page at `address` offers it; returns the page after it."""
    page = page_of(client, address)
    buttons = re.findall(r'name="(_moderate|_act)" value="([^"]+)"[^>]*>([^<]+)<', page)
    [(name, value)] = [
        (name, value)
        for name, value, text in buttons
        if value.split(".")[1] == str(comment.pk) and text == label
    ]
    return client.post(address, {name: value}, follow=True).content.decode()


def press_undo(client, page, address=QUEUE):
    [batch] = re.findall(r'form="changelist-form" name="_undo" value="([^"]+)"', page)
    return client.post(address, {"_undo": batch}, follow=True).content.decode()


def send(client, data, address=QUEUE):
    """What the queue's script sends for a press, and the answer that it gets."""
    return client.post(address, data, headers={"Accept": "application/json"})


def own_page(comment, act):
    return f"{QUEUE}{comment.pk}/{act}/"


def bodies(page):
    return re.findall(r'class="card-body" dir="auto"><p>([^<]+)', page)


def say(article, body, minutes=0, **fields):
    """A comment that waits since some minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return make_comment(article, body=body, created_at=at, **{"status": "pending", **fields})


def complain(comment, reason="insult", details="", key="one"):
    return Report.objects.create(comment=comment, reason=reason, details=details, address_key=key)
