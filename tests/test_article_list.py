"""The list of articles: what it says of each, what it is narrowed down by, and what it costs."""

import pytest
import time_machine
from django.utils import timezone

from articles.models import Tag
from articles.notes import add_note
from articles.reviews import decide, submit
from shows.models import Show
from tests.conftest import make_person
from tests.factories import make_article, make_author, make_category, make_tag, publish_article
from tests.writing import rewrite, sentences

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def page(desk, **query):
    response = desk.get(LIST, query)
    assert response.status_code == 200
    return response.content.decode()


def headlines(desk, **query):
    return set(sentences(page(desk, **query), "field-headline"))


@pytest.fixture
def every_state(writer, editor):
    """An article in every state that can be filtered by, its headline the state's name."""
    for name in ("draft", "waiting", "sent_back"):
        article = make_article(headline=name, owner=writer)
        if name != "draft":
            review = submit(article, writer)
        if name == "sent_back":
            decide(review, "sent_back", editor, "Why?")
    publish_article(headline="live")
    rewrite(publish_article(headline="was live"), headline="ahead")
    publish_article(headline="unpublished").unpublish()
    publish_article(headline="scheduled", at=timezone.now() + timezone.timedelta(days=2))


@pytest.mark.parametrize("state", ["live", "ahead", "scheduled", "unpublished", "waiting", "sent_back"])
def test_the_list_is_narrowed_down_to_one_state(at_desk, editor, every_state, state):
    assert headlines(at_desk(editor), state=state) == {state}


def test_what_was_never_published_is_a_draft_whatever_its_review(at_desk, editor, every_state):
    assert headlines(at_desk(editor), state="draft") == {"draft", "waiting", "sent_back"}


def test_a_live_article_with_something_to_come_is_among_the_scheduled_with_its_times(at_desk, editor):
    with time_machine.travel("2026-05-03 10:00Z", tick=False):
        article = publish_article(headline="To be updated")
        rewrite(article, standfirst="New")
        article.publish(at=timezone.now() + timezone.timedelta(hours=5))
        publish_article(headline="To go").unpublish(at=timezone.now() + timezone.timedelta(days=1))
        desk = at_desk(editor)
        assert headlines(desk, state="scheduled") == {"To be updated", "To go"}
        states = sentences(page(desk), "field-state")
    assert any("version 2 goes live 3 May 2026, 15:00" in state for state in states)
    assert any("goes off 4 May 2026, 10:00" in state for state in states)


def test_a_review_that_publishing_has_overtaken_is_not_listed_any_more(at_desk, writer, editor):
    article = make_article(owner=writer)
    decide(submit(article, writer), "sent_back", editor, "Why?")
    article.publish(by=editor)
    assert "Sent back</span>" not in page(at_desk(editor)) and not headlines(
        at_desk(editor), state="sent_back"
    )


def test_badges_say_what_colleagues_have_said(at_desk, writer, editor):
    article = make_article(owner=writer)
    with time_machine.travel("2026-05-03 10:42Z", tick=False):
        submit(article, writer)
    for number in range(3):
        note = add_note(article, editor, f"Note {number}")
    note.settled_at = timezone.now()
    note.save()
    (said,) = sentences(page(at_desk(editor)), "field-desk")
    assert said == "Waiting for review since 3 May 2026, 10:42 2 open notes"


def test_by_show_author_category_and_tag_each_chosen_by_typing(at_desk, editor):
    show, other = Show.objects.create(title="One", slug="one"), Show.objects.create(title="Two", slug="two")
    main = make_article(headline="main", show=show, authors=("Ada",), category=make_category("Cable"))
    also = make_article(headline="also", show=other)
    also.also_about.add(show)
    main.tags.add(make_tag("renewals"))
    make_article(headline="neither")
    desk = at_desk(editor)
    assert headlines(desk, show=show.pk) == {"main", "also"}
    assert headlines(desk, author=make_author("Ada").pk) == {"main"}
    assert headlines(desk, category=make_category("Cable").pk) == {"main"}
    assert headlines(desk, tag=Tag.objects.get().pk, show=show.pk) == {"main"}
    html = page(desk, show=show.pk)
    assert f'<option value="{show.pk}" selected>One' in html and "Two</option>" not in html


@pytest.mark.parametrize("query", ["show=abc", "author=-1", "whose=x", "tag=%C2%B2", "category=1e9"])
def test_a_choice_that_can_be_none_leads_back_to_the_whole_list(at_desk, editor, query):
    response = at_desk(editor).get(f"{LIST}?{query}")
    assert response.status_code == 302 and response.url == f"{LIST}?e=1"


def test_whose_they_are(at_desk, writer, editor):
    make_article(headline="hers", owner=editor)
    make_article(headline="his", owner=writer)
    desk = at_desk(editor)
    assert headlines(desk, whose="mine") == {"hers"}
    assert headlines(desk, whose=writer.pk) == {"his"}
    colleague = make_person("colleague", group="Writers")
    assert "Colleague" in page(desk) and "Colleague" not in page(at_desk(writer))
    assert headlines(at_desk(writer), whose=colleague.pk) == set()


@pytest.mark.parametrize("words", ["harbour", "CURE", "imperfects", "deviants", "ada wri", '"ada writer"'])
def test_it_is_searched_by_headline_standfirst_show_and_author_and_nothing_comes_twice(
    at_desk, editor, words
):
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects", other_titles="The Deviants")
    fields = {"headline": "The harbour", "standfirst": "No cure.", "show": show}
    make_article(authors=("Ada Writer", "Ada Wright"), **fields)
    make_article(headline="Another", authors=("Bob",))
    assert sentences(page(at_desk(editor), q=words), "field-headline") == ["The harbour"]


def test_an_empty_list_says_what_it_is(at_desk, writer):
    desk = at_desk(writer)
    assert "Nothing has been written yet." in page(desk) and "Start the first article" in page(desk)
    assert "No article is like that." in page(desk, state="live")


def test_the_list_costs_the_same_however_much_is_said_in_it(
    at_desk, editor, writer, django_assert_max_num_queries
):
    show = Show.objects.create(title="One", slug="one")
    desk = at_desk(editor)
    for number in range(8):
        article = make_article(owner=writer, authors=(f"Author {number}",), show=show)
        submit(article, writer)
        add_note(article, editor, "Why?")
    with django_assert_max_num_queries(14):
        page(desk, show=show.pk, state="waiting", whose=writer.pk, q="headline")
