"""What readers are offered after an article, beside more about its show: by tags and by headlines."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_tag, publish_article
from tests.factories_shows import make_show
from tests.reading import read

pytestmark = pytest.mark.django_db


def offered(article):
    """The headlines under “Read on”, in their order."""
    page = read(article.get_absolute_url()).partition(">Read on<")[2].partition("</section>")[0]
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a>', page)


def test_what_shares_tags_comes_first_and_the_more_the_better():
    finales, netflix = make_tag("finales"), make_tag("netflix")
    article = publish_article(headline="The lighthouse closes")
    by_tag, by_both = (publish_article(headline=name) for name in ("One tag", "Both tags"))
    publish_article(headline="A lighthouse opens")
    publish_article(headline="Nothing of this")
    for tagged, tags in ((article, [finales, netflix]), (by_tag, [finales]), (by_both, [finales, netflix])):
        tagged.tags.set(tags)
    assert offered(article) == ["Both tags", "One tag", "A lighthouse opens"]
    by_tag.unpublish()
    assert offered(article) == ["Both tags", "A lighthouse opens"]


def test_words_that_every_headline_has_offer_nothing():
    article = publish_article(headline="What will happen after this season?")
    publish_article(headline="What happens every season")
    assert offered(article) == []
    assert "Read on" not in read(article.get_absolute_url())


def test_what_stands_under_the_show_already_is_not_offered_again():
    dark = make_show("Dark")
    article = publish_article(headline="Dark: the lighthouse", show=dark)
    publish_article(headline="The lighthouse again", show=dark)
    publish_article(headline="Another lighthouse")
    assert offered(article) == ["Another lighthouse"]


def test_what_a_version_to_come_says_makes_nothing_alike_before(time_machine):
    time_machine.move_to("2026-05-05 12:00:00+00:00", tick=False)
    article = publish_article(headline="The lighthouse closes")
    other = publish_article(headline="The harbour")
    other.headline = "The lighthouse opens"
    other.save()
    other.publish(at=timezone.now() + timedelta(days=1))
    assert offered(article) == []
    time_machine.shift(timedelta(days=1))
    assert offered(article) == ["The lighthouse opens"]
