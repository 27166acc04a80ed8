"""The tests' quick form sends what the form sends that is served."""

import pytest

from articles.models import Article, ArticleAuthor, Embed, Panel, Picture, PullQuote, Update
from tests.factories import make_article, make_author, make_image, make_section, make_tag, publish_article
from tests.factories_shows import make_show
from tests.quick_form import opened, undone
from tests.writing import typed

pytestmark = pytest.mark.django_db

# They stand in the served form and are no part of the article.
BESIDE = {"csrfmiddlewaretoken", "review_message", "text"}


def filled(article):
    """With a row of every kind, and every field of the article's own that may be empty."""
    article.lead_image, article.show, article.standfirst = make_image(), make_show(), "“Quoted” & <b>"
    article.save()
    article.tags.add(make_tag("one"), make_tag("other"))
    ArticleAuthor.objects.create(article=article, author=make_author("Ben"), position=7)
    make_section(article, heading="Two", body="<p>One &amp; two</p>", sources="A list\nA talk")
    Picture.objects.create(parent=article, ordering=210, image=make_image())
    PullQuote.objects.create(parent=article, ordering=220, quote="Nobody told us")
    Panel.objects.create(parent=article, ordering=230, season_number=3)
    Embed.objects.create(parent=article, ordering=240, url="https://youtu.be/aqz-KE-bpKQ")
    Update.objects.create(parent=article, ordering=250, text="It was renewed.")
    return article


def said(data):
    """The fields that say something; of random ones, that they are there."""
    data = data | {"_form": len(data["_form"])}
    # As a browser does, without the line break that stands before the text in the page.
    texts = {
        name: value.removeprefix("\n") if isinstance(value, str) else value for name, value in data.items()
    }
    texts = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in texts.items()
    }
    return {name: value for name, value in texts.items() if value and name not in BESIDE}


def test_it_sends_what_the_served_form_sends(at_desk, editor, writer):
    cases = [
        (editor, filled(make_article(owner=writer))),
        # Without the fields of filing.
        (writer, filled(publish_article(owner=writer))),
    ]
    for person, article in cases:
        desk = at_desk(person)
        assert said(opened(desk, article)) == said(typed(desk, article))


def test_it_is_opened_only_where_a_form_is_served(at_desk, writer, moderator):
    article = make_article()
    for person in (writer, moderator):
        with pytest.raises(AssertionError, match="No form"):
            opened(at_desk(person), article)


def test_what_is_undone_was_there_meanwhile():
    with undone():
        make_article()
        assert Article.objects.exists()
    assert not Article.objects.exists()
