"""A comment is destroyed for good while a reader answers or reports it."""

import pytest
from django.urls import reverse

from comments.models import Comment, ModerationEvent, Report
from comments.privacy.emptying import destroy
from comments.views import posting, reports
from tests.factories import publish_article
from tests.factories_comments import make_comment, post_comment

pytestmark = pytest.mark.django_db(transaction=True)


def destroying(comment, act):
    """`act`, just before which the comment is destroyed."""

    def destroyed_first(*args):
        destroy([comment.pk], kind=ModerationEvent.Kind.DELETED)
        return act(*args)

    return destroyed_first


def test_an_answer_keeps_its_text_and_says_why(client, monkeypatch):
    parent = make_comment(publish_article())
    monkeypatch.setattr(posting, "store", destroying(parent, posting.store))
    response = post_comment(client, parent.article, comment="My answer to that", parent=parent.pk)
    page = response.content.decode()
    assert response.status_code == 422
    assert "no longer there" in page and "My answer to that" in page
    assert not Comment.objects.exists()


def test_a_report_leads_nowhere(client, monkeypatch):
    comment = make_comment(publish_article())
    monkeypatch.setattr(reports, "report", destroying(comment, reports.report))
    address = reverse("comments:report", args=[comment.article.slug, comment.pk])
    response = client.post(address, {"reason": "spam"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 404
    assert not Report.objects.exists()
