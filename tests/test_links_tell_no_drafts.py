"""What the link dialog says of a link that somebody typed by hand."""

import pytest

from articles.models import Article
from tests.factories import make_article, publish_article
from tests.writing import rewrite

pytestmark = pytest.mark.django_db


def leads_to(desk, article):
    found = desk.get("/admin/articles/article/link-search/", {"href": f"/-/article/{article.pk}/"})
    return found.json()["leads_to"]


def test_a_writer_learns_no_headline_of_somebody_elses_draft(at_desk, writer, editor):
    draft = make_article(headline="Not for you", owner=editor)
    nowhere = leads_to(at_desk(writer), Article(pk=10**9))
    assert leads_to(at_desk(writer), draft) == nowhere
    assert "Not for you" in leads_to(at_desk(editor), draft)
    assert "My own" in leads_to(at_desk(writer), make_article(headline="My own", owner=writer))


def test_what_was_published_is_called_as_readers_know_it(at_desk, writer, editor):
    public = rewrite(publish_article(headline="As published", owner=editor), headline="A secret change")
    assert "“As published”" in leads_to(at_desk(writer), public)
    public.unpublish()
    assert "“As published”, which readers cannot open" in leads_to(at_desk(writer), public)
