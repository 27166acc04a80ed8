"""What a process knows by heart is never older than the database, and costs a page no query of its own."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation

from articles.models import Category, Tag
from pagestore.by_heart import by_heart
from pagestore.reads import tables_in
from shows.models import Show
from tests.factories import publish_article
from tests.factories_shows import make_show

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_numbers")]


@pytest.fixture
def titles():
    """A function that reads the shows' titles, by heart; `asked` holds what it was called with."""
    asked = []

    @by_heart(most=2)
    def told(start):
        asked.append(start)
        return list(Show.objects.filter(title__startswith=start).values_list("title", flat=True))

    told.asked = asked
    make_show("The Order")
    return told


def test_it_is_read_once(titles):
    assert [titles("The"), titles("The")] == [["The Order"]] * 2
    assert titles.asked == ["The"]


def test_a_change_of_what_was_read_is_seen_at_once(titles):
    titles("The")
    Show.objects.update(title="The Imperfects")
    assert titles("The") == ["The Imperfects"]


def test_a_change_of_anything_else_is_not_waited_for(titles):
    titles("The")
    Category.objects.create(name="Renewals", slug="renewals")
    titles("The")
    assert titles.asked == ["The"]


def test_a_change_while_it_is_read_is_not_missed():
    @by_heart(most=2)
    def titles():
        found = [show.title for show in Show.objects.all()]
        Show.objects.update(title="Changed meanwhile")
        return found

    make_show("The Order")
    assert titles() == ["The Order"]
    assert titles() == ["Changed meanwhile"]


def test_a_transaction_sees_its_own_changes_and_leaves_nothing_behind(titles):
    titles("The")
    with pytest.raises(RuntimeError), transaction.atomic():
        Show.objects.update(title="The Imperfects")
        assert titles("The") == ["The Imperfects"]
        raise RuntimeError
    assert titles("The") == ["The Order"]


def test_a_planned_moment_and_midnight_end_it(titles):
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        publish_article(at=timezone.now() + timedelta(hours=1))
        titles("The")
        clock.shift(timedelta(minutes=59))
        titles("The")
        assert titles.asked == ["The"]
        clock.shift(timedelta(minutes=2))
        titles("The")
        assert titles.asked == ["The"] * 2
        clock.shift(timedelta(hours=13))
        titles("The")
        assert titles.asked == ["The"] * 3


def test_each_language_has_its_own_answer(titles):
    titles("The")
    with translation.override("de"):
        titles("The")
    assert titles.asked == ["The"] * 2


def test_of_too_many_those_go_that_were_not_asked_for_longest(titles):
    for start in ("A", "B", "A", "C", "A", "B"):
        titles(start)
    assert titles.asked == ["A", "B", "C", "B"]


def test_what_nobody_watches_is_read_each_time():
    asked = []

    @by_heart(most=2)
    def sessions():
        from django.contrib.sessions.models import Session

        asked.append(1)
        return Session.objects.count()

    sessions(), sessions()
    assert len(asked) == 2


def test_an_article_page_asks_again_for_nothing_but_its_comments_and_its_frame(django_assert_max_num_queries):
    show = make_show("The Order")
    article = publish_article(
        headline="The Order is cancelled",
        show=show,
        category=Category.objects.create(name="Endings", slug="e"),
    )
    article.tags.add(Tag.objects.create(name="Netflix", slug="netflix"))
    publish_article(headline="Why The Order was cancelled", show=show)
    address, readers = article.get_absolute_url(), Client()
    first = readers.get(address).content
    connection.close()
    with django_assert_max_num_queries(6) as captured:
        assert readers.get(address).content == first
    asked = [query["sql"] for query in captured if "pagestore_generation" not in query["sql"]]
    read = set().union(*map(tables_in, asked))
    own = {"articles_edition", "articles_editionimage", "articles_editionauthor", "articles_article_tags"}
    record = {"shows_season", "shows_decision", "shows_rating", "shows_chartentry", "shows_chartrun"}
    assert not read & (own | record | {"search_searchentry", "search_index"})
