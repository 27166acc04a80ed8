"""The link in a mail to a moderator: it asks, it expires, and it acts as the one whom the mail went to."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment, CommentPolicy, ModerationEvent
from comments.own import edit
from comments.tokens import mail_token
from tests.conftest import make_person
from tests.factories import publish_article
from tests.queue_desk import say
from visitors.networks import Network

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def comment():
    return say(publish_article(headline="One season and out"), "Is <b>there</b> news?", name="Mara")


@pytest.fixture
def address(comment, moderator):
    return link(comment, moderator)


def link(comment, person):
    return reverse("comments:decide", args=[mail_token("decide", f"{comment.pk}.{person.pk}")])


def status(comment):
    return Comment.objects.get(pk=comment.pk).status


def test_opening_the_link_shows_the_comment_and_changes_nothing(client, comment, address):
    response = client.get(address)
    page = response.content.decode()
    assert "Is &lt;b&gt;there&lt;/b&gt; news?" in page and "One season and out" in page
    assert "no-store" in response["Cache-Control"] and 'content="noindex"' in page
    assert not response.cookies and comment.email not in page
    assert status(comment) == "pending" and not ModerationEvent.objects.exists()


@pytest.mark.parametrize("decision", ["approved", "rejected", "spam"])
def test_a_press_decides_as_the_moderator_and_another_undoes(client, comment, address, moderator, decision):
    page = client.post(address, {"status": decision, "seen": "pending"}, headers=OURS).content.decode()
    assert status(comment) == decision
    assert ModerationEvent.objects.get().actor == moderator
    [batch] = re.findall(r'name="undo" value="([^"]+)"', page)
    assert "Undone." in client.post(address, {"undo": batch, "seen": decision}, headers=OURS).content.decode()
    assert status(comment) == "pending"


def test_a_text_that_its_writer_has_edited_since_is_not_approved_unread(client, comment, address):
    [seen] = re.findall(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    edit(comment, "Buy my watches.", CommentPolicy.current(), Network("203.0.113.7"))
    page = client.post(address, {"status": "approved", "seen": seen}, headers=OURS).content.decode()
    assert "its writer has edited it" in page and "Buy my watches." in page
    assert status(comment) == "pending"
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    client.post(address, {"status": "approved", "seen": seen}, headers=OURS)
    assert status(comment) == "approved"


def test_what_somebody_else_has_decided_is_told_and_left(client, comment, address, administrator):
    Comment.objects.all().moderate("spam", by=administrator)
    response = client.post(address, {"status": "approved", "seen": "pending"}, headers=OURS)
    assert "Somebody else has decided on it meanwhile." in response.content.decode()
    assert status(comment) == "spam"


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}])
def test_a_press_from_elsewhere_decides_nothing(client, comment, address, headers):
    response = client.post(address, {"status": "approved", "seen": "pending"}, headers=headers)
    assert response.status_code == 403 and "Please press once more." in response.content.decode()
    assert status(comment) == "pending"


def test_the_link_dies_after_three_days_and_leads_to_the_queue(client, comment, address):
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        for response in (
            client.get(address),
            client.post(address, {"status": "spam", "seen": "pending"}, headers=OURS),
        ):
            assert response.status_code == 410
            assert reverse("admin:comments_comment_changelist") in response.content.decode()
    assert status(comment) == "pending"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_the_link_of_somebody_who_left_does_nothing(client, comment, address, moderator, change):
    type(moderator).objects.filter(pk=moderator.pk).update(**change)
    assert client.get(address).status_code == 410
    assert client.post(address, {"status": "spam", "seen": "pending"}, headers=OURS).status_code == 410
    assert status(comment) == "pending"


def test_the_link_of_somebody_who_may_not_decide_does_nothing(client, comment, writer):
    assert client.get(link(comment, writer)).status_code == 410


def test_a_forged_link_and_one_for_another_purpose_are_not_found(client, comment, moderator):
    other = mail_token("confirm", f"{comment.pk}.{moderator.pk}")
    for token in ("nonsense", other):
        assert client.get(reverse("comments:decide", args=[token])).status_code == 404


def test_only_what_this_moderator_did_to_this_comment_is_undone(client, comment, address, administrator):
    other = say(comment.article, "other")
    batches = [
        Comment.objects.filter(pk=other.pk).moderate("spam"),
        Comment.objects.filter(pk=comment.pk).moderate("spam", by=administrator),
    ]
    for batch in [*(batch.id for batch in batches), "nonsense"]:
        assert client.post(address, {"undo": batch, "seen": "spam"}, headers=OURS).status_code == 400
    assert status(other) == status(comment) == "spam"


@pytest.mark.parametrize(
    "data", [{}, {"status": "pending", "seen": "pending"}, {"status": "spam", "seen": "x"}]
)
def test_a_forged_press_is_refused(client, comment, address, data):
    assert client.post(address, data, headers=OURS).status_code == 400


def test_a_comment_that_is_gone_leads_to_the_queue(client, comment, address):
    comment.delete()
    assert client.get(address).status_code == 410


def test_the_record_is_of_each_moderator_and_of_each_comment(at_desk, moderator, administrator, comment):
    other = say(comment.article, "other", name="Theo")
    Comment.objects.filter(pk=comment.pk).moderate("spam", by=moderator, why="Advertising")
    Comment.objects.filter(pk=other.pk).moderate("approved", by=administrator)
    record = "/admin/comments/moderationevent/"
    desk = at_desk(moderator)
    both = desk.get(record).content.decode()
    assert "Mara" in both and "Theo" in both and "Advertising" in both
    mine = desk.get(record, {"actor": moderator.pk}).content.decode()
    assert "Mara" in mine and "Theo" not in mine
    found = desk.get(record, {"q": other.pk}).content.decode()
    assert "Theo" in found and "Mara" not in found
    assert f'href="/admin/comments/comment/{other.pk}/change/"' in found
    event = ModerationEvent.objects.first()
    for address in (f"{record}add/", f"{record}{event.pk}/delete/"):
        assert desk.get(address).status_code == 403
    assert desk.post(f"{record}{event.pk}/change/", {"why": "changed"}).status_code == 403
    assert at_desk(make_person("boss", is_superuser=True)).get(f"{record}?q=nonsense").status_code == 200
