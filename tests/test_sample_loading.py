"""The sample goes into an empty site once, whole, and the way the newsroom would have put it there."""

import pytest

from articles.models import Article, Category, Edition, MenuEntry, Publication
from samples.loading import COUNTED, has_content
from shows.models import Show
from tests.sampling import load_sample


def counts():
    return {model: model.objects.count() for model in (*COUNTED, Edition, MenuEntry)}


def test_it_is_loaded_once_says_so_and_gives_the_draft_to_the_writer(writer):
    said = load_sample()
    assert said.startswith("Loaded ")
    assert f"{Show.objects.count()} shows" in said
    assert f"{Article.objects.count()} articles" in said
    assert Article.objects.get(published_at=None).owner == writer

    before = counts()
    Show.objects.filter(slug="the-imperfects").update(synopsis="Edited by somebody.")
    assert "nothing was changed" in load_sample()
    assert counts() == before
    assert Show.objects.get(slug="the-imperfects").synopsis == "Edited by somebody."


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Publication, {"name": "The Evening Reel"}),
        (Show, {"title": "Our own", "slug": "our-own"}),
        (Category, {"name": "Renewals", "slug": "renewals"}),
    ],
)
def test_a_site_with_content_of_its_own_is_left_alone(db, model, values):
    model.objects.create(**values)
    assert "content already" in load_sample()
    assert model.objects.count() == 1
    assert not Article.objects.exists()


def test_a_loading_that_fails_leaves_the_site_empty(db, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("samples.loading.load_articles", fail)
    with pytest.raises(RuntimeError):
        load_sample()
    assert not has_content()
