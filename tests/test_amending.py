"""A version that is built on the live one: what it adds, and that nothing else of it changes for readers."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from articles.amending import amend
from articles.models import Article, ArticleAuthor, Picture, StaleAlert, Update
from tests.conftest import make_person
from tests.factories import make_article, make_author, make_image, make_section, publish_article
from tests.factories_shows import make_decision, make_season, make_show
from tests.writing import rewrite

pytestmark = pytest.mark.django_db
WAITING = "<p>Netflix has not yet decided whether <em>The Imperfects</em> will be renewed.</p>"


@pytest.fixture
def in_may():
    with time_machine.travel(datetime(2026, 5, 5, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


def add(article, text="Added", **terms):
    section = {"type": "section", "kind": "other", "heading": "", "sources": [], "html": f"<p>{text}</p>"}
    return amend(
        article.pk,
        lambda edition: edition.blocks.append(section),
        **{"by": None, "note": "", **terms},
    )


def live(article):
    return Article.objects.get(pk=article.pk).live_edition


def test_the_draft_and_what_it_changes_stay_out_of_it(in_may):
    article = publish_article(headline="As published", authors=["Ada Writer", "Bo Writer"])
    rewrite(article, headline="Not yet", standfirst="Not yet either")
    make_section(article, body="<p>A new paragraph.</p>")
    article.article_authors.all().delete()
    ArticleAuthor.objects.create(article=article, author=make_author("Cy Writer"), position=1)
    in_may.shift(60)
    add(article)
    edition = live(article)
    assert (edition.number, edition.headline, edition.standfirst) == (2, "As published", "")
    assert edition.byline == "Ada Writer and Bo Writer"
    assert [block["html"] for block in edition.blocks] == ["<p>What is known so far.</p>", "<p>Added</p>"]
    article.refresh_from_db()
    assert (article.headline, len(article.blocks())) == ("Not yet", 2)


def test_pictures_keep_their_texts_and_new_ones_have_the_librarys(in_may):
    old, new = make_image(caption="Four flasks"), make_image(caption="A lighthouse")
    article = publish_article(lead_image=old)
    old.caption = "Five flasks"
    old.save()
    in_may.shift(60)
    block = {"type": "picture", "image": new.pk, "caption": ""}
    amend(article.pk, lambda edition: edition.blocks.append(block), by=None, note="")
    edition = live(article)
    assert edition.lead.caption == "Four flasks"
    assert edition.edition_images_by_id[new.pk].caption == "A lighthouse"


def test_a_picture_that_only_the_draft_shows_is_not_in_it(in_may):
    article = publish_article()
    Picture.objects.create(parent=article, image=make_image(), ordering=900)
    in_may.shift(60)
    add(article)
    assert live(article).edition_images_by_id == {}


def test_corrections_stay_and_a_later_publishing_has_them_once(in_may):
    article = publish_article()
    article.publish(correction="Three, not four.")
    in_may.shift(60)
    add(article)
    assert [each["text"] for each in live(article).corrections] == ["Three, not four."]
    in_may.shift(60)
    Article.objects.get(pk=article.pk).publish()
    assert len(live(article).corrections) == 1


def test_a_small_fix_keeps_the_date_of_the_last_change(in_may):
    article = publish_article()
    in_may.shift(60)
    assert add(article, is_minor=True).is_minor
    assert Article.objects.get(pk=article.pk).published_at == datetime(2026, 5, 5, 10, tzinfo=UTC)


def test_an_unpublishing_that_is_to_come_stays(in_may):
    article = publish_article()
    at = datetime(2026, 5, 6, tzinfo=UTC)
    article.unpublish(at=at)
    add(article)
    assert Article.objects.get(pk=article.pk).withdrawn_at == at


@pytest.mark.parametrize("case", ["a draft", "withdrawn", "still to come"])
def test_what_readers_do_not_see_is_not_amended(in_may, case):
    later = datetime(2026, 5, 6, tzinfo=UTC)
    article = make_article() if case == "a draft" else publish_article(at=later if "come" in case else None)
    if case == "withdrawn":
        article.unpublish()
    count = article.editions.count()
    with pytest.raises(ValidationError):
        add(article)
    assert article.editions.count() == count


def test_what_comes_back_by_the_clock_is_amended_and_stays_back(in_may):
    article = publish_article()
    article.unpublish()
    rewrite(article, headline="Back").publish(at=datetime(2026, 5, 5, 11, tzinfo=UTC))
    in_may.move_to(datetime(2026, 5, 5, 12, tzinfo=UTC))
    add(article)
    assert live(article).headline == "Back"
    assert Article.objects.get(pk=article.pk).is_published


def test_a_version_for_later_still_replaces_it_at_its_time(in_may):
    article = publish_article(headline="Now")
    rewrite(article, headline="Later").publish(at=datetime(2026, 5, 6, tzinfo=UTC))
    in_may.shift(60)
    add(article)
    assert live(article).headline == "Now"
    in_may.move_to(datetime(2026, 5, 6, tzinfo=UTC))
    assert live(article).headline == "Later"


@pytest.mark.django_db(transaction=True)
def test_presses_and_publishings_at_once_lose_nothing_and_add_the_box_once(at_desk):
    show = make_show()
    ended = datetime.now(UTC).date() - timedelta(days=40)
    make_season(show, premiered_on=ended.isoformat(), finale_on=ended.isoformat())
    article = publish_article(show=show, text=WAITING)
    make_decision(show, "renewed", datetime.now(UTC).date().isoformat(), season_number=2)
    press = reverse("admin:articles_article_stale_update", args=[StaleAlert.objects.get().pk])
    desks = [at_desk(make_person(f"editor{number}", group="Editors")) for number in range(3)]
    answers = []

    def at_once(deed):
        try:
            answers.append(deed())
        finally:
            connection.close()

    deeds = [lambda desk=desk: desk.post(press).status_code for desk in desks]
    deeds += [lambda: Article.objects.get(pk=article.pk).publish().number] * 3
    threads = [threading.Thread(target=at_once, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(302) == 3 and len(answers) == 6
    assert sorted(article.editions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert [block["type"] for block in live(article).blocks] == ["update", "section"]
    assert Update.objects.filter(parent=article).count() == 1
    assert StaleAlert.objects.get().settlement == "updated"
