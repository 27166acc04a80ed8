"""Looking at a page of the newsroom opens no transaction: on SQLite one stops everybody who is saving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import StaleAlert
from tests.factories import publish_article
from tests.factories_shows import make_decision, make_show

pytestmark = pytest.mark.django_db

PAGES = ["change", "checks", "compare", "desk", "first-published", "links", "preview", "publish", "takedown"]
PAGES += ["unpublish", "versions"]


def transactions_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked if query["sql"].startswith(("SAVEPOINT", "BEGIN"))]


def test_no_page_about_an_article_opens_one(at_desk, administrator):
    article, desk = publish_article(), at_desk(administrator)
    opened = {name: transactions_of(desk, f"/admin/articles/article/{article.pk}/{name}/") for name in PAGES}
    assert not any(opened.values()), opened


def test_nor_do_the_questions_about_a_stale_article_and_a_second_factor(at_desk, administrator):
    show = make_show()
    article = publish_article(show=show)
    alert = StaleAlert.objects.create(article=article, decision=make_decision(show))
    desk = at_desk(administrator)
    assert not transactions_of(desk, f"/admin/articles/article/stale/{alert.pk}/leave/")
    assert not transactions_of(desk, f"/admin/auth/user/{administrator.pk}/reset-second-factor/")
