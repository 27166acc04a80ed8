"""What a reader finds on an article's page, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.models import Edition, Image, Panel, Picture, PullQuote, Series
from articles.templatetags.articles import site_address
from tests.factories import (
    make_article,
    make_image,
    make_publication,
    make_section,
    make_tag,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import make_chart_entry, make_season, make_show, make_the_imperfects

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script>&'
ESCAPED = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"


def read(article):
    response = Client().get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def in_order(page, *parts):
    places = [page.index(part) for part in parts]
    return places == sorted(places)


def test_a_draft_a_story_for_later_and_an_unpublished_one_answer_like_nothing(client):
    draft, later, taken_off = make_article(), make_article(), publish_article()
    later.publish(at=NOON + timedelta(days=36500))
    taken_off.unpublish()
    for article in (draft, later, taken_off):
        assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get("/articles/no-such-story/").status_code == 404


def test_readers_see_the_live_version_and_nothing_of_the_draft():
    article = publish_article(headline="What was published", text="<p>Old text.</p>")
    article.headline = "What is being written"
    article.save()
    article.articles_section_set.update(body="<p>New text.</p>")
    page = read(article)
    assert "What was published" in page and "Old text." in page
    assert "What is being written" not in page and "New text." not in page


def test_the_label_is_the_kicker_else_the_decision_in_force_else_the_category():
    show = make_the_imperfects()
    assert ">Exclusive</p>" in read(publish_article(kicker="Exclusive", show=show))
    assert '<p class="status status-cancelled">Cancelled: Netflix, 8 Nov 2022</p>' in read(
        publish_article(show=show)
    )
    undecided = make_show("Devil in Ohio")
    make_season(undecided, premiered_on="2022-09-02", finale_on="2022-09-02")
    for article in (publish_article(show=undecided), publish_article()):
        assert '<p class="label"><a href="/categories/streaming/">Streaming</a></p>' in read(article)


def test_the_byline_names_and_links_the_authors():
    page = read(publish_article(authors=["Ada Writer", "Ben Critic", "Cleo Third"]))
    assert in_order(page, 'href="/authors/ada-writer/"', "Ben Critic", " and ", "Cleo Third")


def test_an_update_is_dated_and_a_small_fix_is_not():
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="First")
    assert "Published" in read(article) and "Updated" not in read(article)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        article.publish(is_minor=True)
    assert "Updated" not in read(article)
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        article.publish()
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        article.publish(is_minor=True)
    page = read(article)
    assert in_order(page, "Published", "10 Nov 2022, 12:00", "Updated", "12 Nov 2022, 12:00")
    assert "13 Nov 2022" not in page


@pytest.mark.parametrize(("sections", "has_contents"), [(3, False), (4, True)])
def test_four_headed_sections_make_a_table_of_contents(sections, has_contents):
    article = make_article()
    for number in range(sections):
        make_section(article, heading=f"Part {number}", body="<p>Text.</p>")
    article.publish()
    page = read(article)
    assert ("In this article" in page) is has_contents
    assert ('<a href="#s-part-0">Part 0</a>' in page) is has_contents
    assert 'id="s-part-0"' in page


def test_blocks_stand_in_their_order_with_all_that_belongs_to_them():
    show = make_the_imperfects()
    article = make_article(show=show, text="")
    source = "Trade paper, 8 November https://example.com/news"
    make_section(article, ordering=1, heading="Overview", body="<p>Ten episodes.</p>", sources=source)
    Panel.objects.create(parent=article, ordering=2, kind="facts")
    PullQuote.objects.create(parent=article, ordering=3, quote="Nobody told us", attribution="A viewer")
    image = make_image(alt_text="Four flasks", caption="Library caption", credit="Ann Artist")
    Picture.objects.create(parent=article, ordering=4, image=image, caption="Caption here")
    Panel.objects.create(parent=article, ordering=5, kind="timeline")
    Panel.objects.create(parent=article, ordering=6, kind="viewership")
    Panel.objects.create(parent=article, ordering=7, kind="ratings")
    make_section(article, ordering=8, heading="Conclusion", body="<p>No more.</p>")
    article.publish()
    page = read(article)
    assert in_order(
        page,
        "Ten episodes.",
        '<a href="https://example.com/news" rel="nofollow noopener external">Trade paper, 8 November</a>',
        "The record: The Imperfects",
        "<blockquote><p>Nobody told us</p></blockquote>",
        "A viewer",
        'alt="Four flasks"',
        "Caption here",
        "Picture: Ann Artist",
        "<b>Cancelled</b>",
        "35,020,000",
        "+45.49",
        "at most 9,130,000",
        "Rotten Tomatoes",
        "no score",
        "No more.",
        "Scroll to top",
    )
    assert "Library caption" not in page


def test_a_panel_may_speak_of_another_show_and_of_one_season():
    other = make_show("Cobra Kai")
    for number, hours in ((4, 11_110_000), (5, 106_700_000)):
        season = make_season(other, number, premiered_on=f"202{number - 3}-09-09")
        make_chart_entry(season, week_ending=f"202{number - 3}-09-11", rank=1, hours_viewed=hours)
    article = make_article(show=make_the_imperfects())
    Panel.objects.create(parent=article, ordering=999, kind="viewership", show=other, season_number=4)
    article.publish()
    page = read(article)
    assert "11,110,000" in page and "106,700,000" not in page


def test_a_panel_without_a_show_is_left_out():
    article = make_article()
    Panel.objects.create(parent=article, ordering=999, kind="facts")
    article.publish()
    assert "The record:" not in read(article)


def test_the_lead_picture_keeps_the_texts_it_was_published_with():
    image = make_image(alt_text="Four flasks", caption="As published", credit="Ann Artist")
    article = publish_article(lead_image=image)
    Image.objects.filter(pk=image.pk).update(alt_text="Changed", caption="Changed", credit="Changed")
    page = read(article)
    assert 'alt="Four flasks"' in page and "As published" in page and "Changed" not in page
    assert 'fetchpriority="high"' in page


def test_tags_the_show_and_more_coverage_stand_under_the_text():
    show = make_the_imperfects()
    article = publish_article(show=show)
    article.tags.add(make_tag("one-season shows"))
    publish_article(headline="Written before", show=show)
    also = publish_article(headline="Only touches it")
    also.also_about.add(show)
    publish_article(headline="About nothing of it")
    page = read(article)
    assert in_order(
        page, 'href="/tags/one-season-shows/"', 'href="/shows/the-imperfects/">The Imperfects (2022, Netflix)'
    )
    assert "Written before" in page and "Only touches it" in page and "About nothing of it" not in page
    coverage = page.split('class="coverage"')[1].split("</section>")[0]
    assert article.get_absolute_url() not in coverage


def test_comments_are_counted_above_and_shown_below():
    article = publish_article()
    make_comment(article, body="It deserved a second season.")
    page = read(article)
    assert in_order(
        page, '<a href="#comments">1 comment</a>', "What is known", "It deserved a second season."
    )


def test_hostile_text_is_shown_as_text_wherever_an_editor_can_type():
    image = make_image(alt_text=HOSTILE, caption=HOSTILE, credit=HOSTILE)
    article = make_article(
        headline=HOSTILE,
        kicker=HOSTILE,
        standfirst=HOSTILE,
        search_title=HOSTILE,
        search_description=HOSTILE,
        authors=[HOSTILE],
        text="",
        slug="hostile",
        lead_image=image,
    )
    article.tags.add(make_tag(HOSTILE))
    make_section(article, heading=HOSTILE, body=f"<p>{ESCAPED}</p>", sources=HOSTILE)
    PullQuote.objects.create(parent=article, ordering=999, quote=HOSTILE, attribution=HOSTILE)
    article.publish()
    page = read(article)
    assert "<script>alert" not in page
    assert page.count(ESCAPED) >= 14


def test_a_link_that_runs_a_script_is_cut_out_of_the_text():
    article = publish_article(
        text='<p><a href="javascript:alert(1)">Press</a> <a href="/shows/">here</a></p>'
    )
    page = read(article)
    assert "javascript:" not in page and '<a href="/shows/">here</a>' in page


def test_a_source_whose_address_runs_a_script_is_no_link_however_it_was_stored():
    edition = publish_article().live_edition
    edition.blocks[0]["sources"] = [{"title": "A paper", "url": "javascript://example.com/%0aalert(1)"}]
    Edition.objects.filter(pk=edition.pk).update(content=edition.content)
    page = read(edition.article)
    assert "<li>A paper</li>" in page and "javascript:" not in page


def test_machines_are_told_the_moment_to_the_second_and_absolute_addresses(settings):
    settings.SITE_URL = "https://news.example"
    at = NOON.replace(microsecond=123456)
    page = read(publish_article(slug="one", social_image=make_image(), at=at))
    assert 'datetime="2022-11-10T12:00:00+00:00"' in page
    assert '<link rel="canonical" href="https://news.example/articles/one/">' in page
    assert '<meta property="og:image" content="https://news.example/media/renditions/' in page


def test_a_picture_on_a_media_host_keeps_its_address_for_social_networks(settings):
    settings.SITE_URL = "https://news.example"
    assert site_address("https://media.example/1.jpg") == "https://media.example/1.jpg"


def test_an_edition_of_every_schema_that_was_ever_published_is_still_drawn(client):
    """Schema 1, as stored: a fixture, so that no change of `compose` can make it look current."""
    article = publish_article()
    blocks = [
        {
            "type": "section",
            "kind": "overview",
            "heading": "From schema 1",
            "anchor": "s-from-schema-1",
            "html": "<p>Old but readable.</p>",
            "sources": [{"title": "A paper", "url": "https://example.com/"}, {"title": "A voice", "url": ""}],
        },
        {"type": "quote", "quote": "Kept", "attribution": ""},
        {"type": "picture", "image": 999_999, "caption": ""},
        {"type": "panel", "kind": "facts", "show": None, "season": None},
    ]
    Edition.objects.update(content={"schema": 1, "blocks": blocks})
    page = read(article)
    assert in_order(page, 'id="s-from-schema-1"', "Old but readable.", "A paper", "A voice", "Kept")


def long_article():
    show = make_the_imperfects()
    series = Series.objects.create(name="Ended", slug="ended")
    authors = ["Ada Writer", "Ben Critic"]
    article = make_article(show=show, lead_image=make_image(), authors=authors, series=series)
    article.tags.add(make_tag("one"), make_tag("two"))
    for number in range(12):
        make_section(article, heading=f"Part {number}", body="<p>Text.</p>")
    for number in range(3):
        Picture.objects.create(parent=article, ordering=500 + number, image=make_image())
    for number, kind in enumerate(Panel.Kind.values):
        Panel.objects.create(parent=article, ordering=600 + number, kind=kind)
    article.publish()
    publish_article(show=show, series=series, headline="More of it").tags.add(make_tag("one"))
    parent = make_comment(article)
    for _ in range(59):
        make_comment(article, parent=parent)
    return article


def test_the_page_takes_at_most_twelve_queries_whatever_it_shows(django_assert_max_num_queries, client):
    make_publication()
    article = long_article()
    client.get(article.get_absolute_url())
    with django_assert_max_num_queries(12):
        page = client.get(article.get_absolute_url()).content.decode()
    assert "60 comments" in page
