"""Numbers of tags and shows that no database takes: said beside the field, and nothing is lost."""

import pytest

from articles.models import Article
from tests.factories import make_article
from tests.writing import change_url, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["tags", "also_about", "show"])
@pytest.mark.parametrize("forged", ["9" * 30, "x", "-1", "1\0"])
def test_they_are_refused_and_the_text_is_kept(at_desk, editor, field, forged):
    article = make_article(headline="Before")
    desk = at_desk(editor)
    data = typed(desk, article, headline="Typed") | {field: [forged]}
    page = desk.post(change_url(article), data)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode() and 'value="Typed"' in page.content.decode()
    assert Article.objects.get().headline == "Before"
    for name in ("preview", "checks", "copy"):
        answer = desk.post(f"/admin/articles/article/{article.pk}/{name}/", data)
        assert answer.status_code in (200, 303)
        if answer.status_code == 303:
            assert desk.get(answer.url).status_code == 200


@pytest.mark.parametrize("forged", ["9" * 30, "x", "\0"])
def test_an_article_is_not_started_about_no_show(at_desk, editor, forged):
    started = {"headline": "Typed", "start": "news", "show": forged}
    page = at_desk(editor).post("/admin/articles/article/add/", started)
    assert page.status_code == 200 and 'value="Typed"' in page.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("forged", ["9" * 30, "x"])
def test_no_decision_is_recorded_about_no_show(at_desk, editor, forged):
    page = at_desk(editor).post("/admin/shows/decision/add/", {"show": forged, "network": forged})
    assert page.status_code == 200 and "errorlist" in page.content.decode()


@pytest.mark.parametrize("forged", ["9" * 30, "x"])
def test_a_record_is_kept_with_no_network_company_or_season_that_is_none(at_desk, editor, forged):
    desk = at_desk(editor)
    for model, data in {
        "show": {"network": forged, "companies": [forged], "genres": [forged]},
        "chartentry": {"season": forged},
        "season": {"show": forged},
    }.items():
        page = desk.post(f"/admin/shows/{model}/add/", data)
        assert page.status_code == 200 and "errorlist" in page.content.decode(), model
