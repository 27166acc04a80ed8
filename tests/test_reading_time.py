"""How long an article takes to read stands in its byline, how many words it has in its structured data."""

import json
import re

import pytest

from articles.models import PullQuote
from tests.factories import make_section, publish_article
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "said"), [(1, "1 minute to read"), (238, "1 minute to read"), (239, "2 minutes to read")]
)
def test_it_is_told_in_whole_minutes_rounded_up(words, said):
    article = publish_article(text=f"<p>{'word ' * words}</p>")
    assert f"<span>{said}</span>" in read(article.get_absolute_url())


def test_sections_and_quotes_count_and_headings_do_not():
    article = publish_article(text="<p>One <b>two</b></p><ul><li>three</li><li>four</li></ul>")
    make_section(article, heading="Not counted", body="<p>five</p>")
    PullQuote.objects.create(parent=article, region="main", ordering=90, quote="Six seven.")
    article.publish()
    page = read(article.get_absolute_url())
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    (story,) = [thing for thing in data["@graph"] if thing["@type"] == "NewsArticle"]
    assert story["wordCount"] == 7
