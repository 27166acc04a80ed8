"""The confirmation publishes the text that it was opened for, and no other that was saved meanwhile."""

import pytest

from tests.factories import make_article, publish_article
from tests.writing import publish_url, rewrite

pytestmark = pytest.mark.django_db


def press(desk, article, seen):
    return desk.post(publish_url(article), {"when": "now", "shown": "", "note": "My note", "seen": seen})


@pytest.mark.parametrize("make", [make_article, publish_article])
def test_what_somebody_saved_meanwhile_is_shown_first(at_desk, editor, make):
    article = make(standfirst="Two sentences.")
    rewrite(article, headline="As it was shown")
    desk = at_desk(editor)
    page = desk.get(publish_url(article))
    shown, checks = article.saved_at.isoformat(), page.context["checks"].fingerprints
    assert f'name="seen" value="{shown}"' in page.content.decode()
    count = article.editions.count()
    rewrite(article, headline="Saved by somebody else")
    page = press(desk, article, shown)
    assert "saved after this page was opened" in page.content.decode()
    assert "Saved by somebody else" in page.content.decode()
    assert 'value="My note"' in page.content.decode()
    assert article.editions.count() == count
    terms = {"when": "now", "shown": checks, "seen": article.saved_at.isoformat()}
    assert desk.post(publish_url(article), terms).status_code == 302
    assert article.editions.latest("number").headline == "Saved by somebody else"
