"""The writing screen takes so many blocks of a kind; more are refused in a sentence, with every text kept."""

import pytest

from articles.models import Section
from tests.factories import make_article
from tests.writing import change_url, typed, with_block

pytestmark = pytest.mark.django_db


def test_more_blocks_than_a_form_takes_are_refused_with_every_text_kept(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    data = typed(desk, article)
    for number in range(201):
        data = with_block(data, "pullquote", quote=f"Said {number}.", ordering=number)
    page = desk.post(change_url(article), data).content.decode()
    assert "Pull quotes: Of these, 200 fit in one article." in page
    assert "Said 0." in page and "Said 200." in page
    assert article.blocks() == [block for block in article.blocks() if isinstance(block, Section)]


def test_a_form_that_claims_to_have_a_thousand_million_blocks_is_answered_at_once(
    at_desk, editor, django_assert_max_num_queries
):
    article = make_article()
    desk = at_desk(editor)
    data = typed(desk, article) | {"articles_section_set-TOTAL_FORMS": "999999999"}
    with django_assert_max_num_queries(60):
        page = desk.post(change_url(article), data).content.decode()
    assert "Of these, 200 fit in one article." in page
    assert page.count('name="articles_section_set-249-heading"') == 1
    assert 'name="articles_section_set-250-heading"' not in page
