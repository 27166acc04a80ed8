"""Working copy and editions: what readers see, and when."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from articles.models import Article, ArticleAuthor, Edition, Panel, Picture, PullQuote
from tests.factories import make_article, make_author, make_image, make_section, publish_article
from tests.writing import rewrite

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


def live_headlines():
    return list(Edition.objects.live().for_listing().values_list("headline", flat=True))


def test_a_draft_is_seen_by_nobody():
    make_article()
    assert not Article.objects.published().exists()
    assert live_headlines() == []


def test_saving_the_working_copy_never_changes_what_readers_see():
    article = publish_article(headline="One season and out")
    article.headline = "Another headline"
    article.save()
    make_section(article, body="<p>New text.</p>")
    assert live_headlines() == ["One season and out"]
    assert "New text" not in str(Edition.objects.live().get().content)


def test_publishing_again_makes_the_next_version_and_keeps_the_first_date():
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="First")
    article.headline = "Second"
    article.save()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        edition = article.publish()
    assert (edition.number, live_headlines()) == (2, ["Second"])
    assert article.published_at == NOON


def test_an_update_for_later_goes_live_by_the_clock_alone():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Now")
        article.headline = "Later"
        article.save()
        article.publish(at=NOON + timedelta(hours=1))
        assert live_headlines() == ["Now"]
        clock.move_to(NOON + timedelta(hours=1))
        assert live_headlines() == ["Later"]


def test_a_story_for_later_is_not_published_before_its_second():
    with time_machine.travel(NOON, tick=False) as clock:
        article = make_article(headline="Embargoed")
        article.publish(at=NOON + timedelta(seconds=10))
        clock.shift(9)
        assert live_headlines() == [] and not article.is_published
        clock.shift(1)
        assert live_headlines() == ["Embargoed"] and article.is_published


def test_of_two_versions_of_one_moment_the_higher_number_is_live():
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="First")
        article.headline = "Second"
        article.save()
        article.publish()
        assert live_headlines() == ["Second"]


def test_unpublishing_takes_it_off_and_publishing_brings_it_back():
    article = publish_article(headline="Here")
    assert article.unpublish() is True
    assert live_headlines() == [] and article.live_edition is None
    assert article.unpublish() is False
    article.publish()
    assert live_headlines() == ["Here"]


def test_a_stored_version_cannot_be_changed():
    edition = publish_article().live_edition
    edition.headline = "Rewritten history"
    with pytest.raises(ValidationError, match="does not change"):
        edition.save()


def test_a_published_article_cannot_be_deleted_but_a_draft_can():
    with pytest.raises(ValidationError, match="only unpublished"):
        publish_article().delete()
    make_article().delete()


def test_a_picture_that_a_version_shows_cannot_be_deleted():
    image = make_image()
    article = publish_article(lead_image=image)
    article.lead_image = None
    article.save()
    with pytest.raises(ProtectedError):
        image.delete()


def test_a_version_keeps_the_texts_of_a_picture_as_they_were():
    image = make_image(alt_text="A lighthouse", caption="Before")
    article = publish_article(lead_image=image)
    image.caption = "After"
    image.save()
    assert article.live_edition.lead.caption == "Before"


def test_a_version_holds_the_blocks_in_their_order_without_the_empty_ones():
    article = make_article(text="")
    image = make_image()
    make_section(article, kind="overview", heading="A brief overview", body="<p>One.</p>", ordering=10)
    make_section(article, kind="decision", heading="Nothing yet", body="<p> </p>", ordering=20)
    make_section(article, kind="cast", heading="Nothing either", body="<p>&nbsp;</p><p>\xa0</p>", ordering=25)
    Picture.objects.create(parent=article, image=image, ordering=15)
    PullQuote.objects.create(parent=article, quote="  Not   now ", ordering=30)
    PullQuote.objects.create(parent=article, quote="   ", ordering=35)
    Panel.objects.create(parent=article, kind="timeline", ordering=40)
    edition = article.publish()
    assert [block["type"] for block in edition.blocks] == ["section", "picture", "quote", "panel"]
    assert edition.blocks[0]["anchor"] == "s-a-brief-overview"
    assert edition.blocks[2]["quote"] == "Not now"
    assert list(edition.edition_images_by_id) == [image.pk]


def test_two_sections_of_one_heading_get_anchors_of_their_own():
    article = make_article(text="")
    for ordering in (10, 20):
        make_section(article, heading="Why", body="<p>Text.</p>", ordering=ordering)
    assert [s["anchor"] for s in article.publish().sections] == ["s-why", "s-why-2"]


def test_freezing_cleans_html_that_came_in_past_the_form():
    article = make_article(text='<p onclick="x()">Hi<script>alert(1)</script></p><h1>Big</h1>')
    assert article.publish().blocks[0]["html"] == "<p>Hi</p>Big"


def test_the_byline_names_the_authors_in_their_order():
    article = make_article(authors=["Ada Writer", "Ben Critic"])
    ArticleAuthor.objects.filter(author__name="Ada Writer").update(position=5)
    assert article.publish().byline == "Ben Critic and Ada Writer"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write at least one section with text."),
        ({"authors": ()}, "Say who wrote it: choose an author."),
        ({"category": None}, "Choose a category."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(fields, sentence):
    article = make_article(**fields)
    with pytest.raises(ValidationError) as caught:
        article.publish()
    assert caught.value.messages == [sentence]
    assert not article.editions.exists() and not article.is_published


def test_a_picture_needs_alternative_text_or_to_be_decorative():
    image = make_image(alt_text="")
    article = make_article(lead_image=image)
    with pytest.raises(ValidationError, match="alternative text"):
        article.publish()
    image.is_decorative = True
    image.save()
    Article.objects.get(pk=article.pk).publish()


def test_unpublished_changes_are_noticed_and_end_with_publishing():
    article = publish_article()
    assert not article.has_unpublished_changes()
    ArticleAuthor.objects.create(article=article, author=make_author("Ben Critic"), position=1)
    assert article.has_unpublished_changes()
    article.publish()
    assert not article.has_unpublished_changes()


def test_a_headline_that_is_taken_gets_an_address_of_its_own():
    slugs = [make_article(headline="Same again").slug for _ in range(3)]
    assert slugs == ["same-again", "same-again-2", "same-again-3"]


def test_a_headline_without_latin_letters_still_gets_an_address():
    assert make_article(headline="日本語").slug.startswith("article")


@pytest.mark.django_db(transaction=True)
def test_competing_publications_get_a_number_each():
    article = make_article()
    errors = []

    def publish():
        try:
            Article.objects.get(pk=article.pk).publish()
        except Exception as error:  # whatever it is, the test must show it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(article.editions.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_number_of_a_version_that_was_taken_back_is_not_given_again():
    article = publish_article()
    later = rewrite(article, headline="Later").publish(at=datetime.now(UTC) + timedelta(hours=1))
    article.cancel(later)
    assert (later.number, rewrite(article, headline="Now").publish().number) == (2, 3)
