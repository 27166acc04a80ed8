"""Typing that was on its way when its form was saved does not come back as unsaved."""

import pytest

from articles.models import PrivateCopy
from tests.factories import make_article
from tests.writing import change_url, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(headline="Before")


@pytest.fixture
def desk(at_desk, editor):
    return at_desk(editor)


def keep(desk, article, data):
    return desk.post(f"/admin/articles/article/{article.pk}/copy/", data)


def is_offered(desk, article):
    return '<div class="copy-note copy-offer">' in desk.get(change_url(article)).content.decode()


def test_an_autosave_that_arrives_after_the_save_is_forgotten(desk, article):
    form = typed(desk, article, _turn="3")
    assert desk.post(change_url(article), form | {"headline": "Finished"}).status_code == 302
    assert keep(desk, article, form | {"headline": "Finish"}).json()["kept"] == ""
    assert not is_offered(desk, article)
    assert not PrivateCopy.objects.exists()


def test_one_that_is_stored_while_the_save_goes_on_is_offered_to_nobody_and_in_nobodys_way(
    desk, article, editor
):
    form = typed(desk, article, _turn="3")
    keep(desk, article, form | {"headline": "Finish"})
    late = PrivateCopy.objects.get()
    desk.post(change_url(article), form | {"headline": "Finished"})
    late.save(force_insert=True)
    assert not is_offered(desk, article)
    answer = keep(desk, article, typed(desk, article, headline="And more", _turn="1")).json()
    assert answer["kept"] and "undecided" not in answer
    assert PrivateCopy.objects.get().data["headline"] == ["And more"]


def test_what_is_typed_into_the_same_form_after_its_save_is_kept(desk, article):
    """A browser brings the old form back where somebody goes back to it."""
    form = typed(desk, article, _turn="3")
    desk.post(change_url(article), form | {"headline": "Finished"})
    assert keep(desk, article, form | {"headline": "Not quite", "_turn": "4"}).json()["kept"]
    assert is_offered(desk, article)
