"""A reader whose browser runs no scripts reads, searches, pages on and comments, and meets no dead button."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment, CommentPolicy
from tests.factories import make_publication, make_section, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_season, make_show
from tests.reading import stories

pytestmark = pytest.mark.django_db(transaction=True)

# A button does something without a script only inside a form, and a link only with an address.
DEAD = """() => [...document.querySelectorAll("button, a, [role=button], [onclick]")].filter(
    (element) => element.checkVisibility() && !(element.closest("form") || element.getAttribute("href"))
).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture
def reader(open_page):
    """A function that opens a page of a given width without scripts."""
    return lambda width: open_page(java_script_enabled=False, viewport={"width": width, "height": 844})


@pytest.fixture
def site(db):
    """Enough to page through: a story that was discussed, its show, and thirty other stories."""
    make_publication("Cold Open")
    CommentPolicy(threads_per_page=5).save()
    show = make_show("The Imperfects", slug="the-imperfects")
    make_season(show, episode_count=10)
    make_decision(show)
    stories(30)
    article = publish_article(headline="One season and out", show=show)
    return article, show


def add_sections(article):
    for heading in ("What happened", "Who made it", "How it was seen", "Why it ended", "What comes next"):
        make_section(article, heading=heading, body="<p>Ten episodes were not enough.</p>" * 12)
    article.publish(by=None)


def assert_alive(page):
    assert page.evaluate(DEAD) == [], page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_one_reads_searches_pages_and_comments_from_the_front_page_to_a_show(site, reader, width):
    article, show = site
    for number in range(6):
        make_comment(article, name=f"Reader {number}", body=f"Opinion number {number}.")
    page = reader(width)

    page.goto("/")
    assert_alive(page)
    page.get_by_role("link", name="One season and out").first.click()
    expect(page.get_by_role("heading", level=1, name="One season and out")).to_be_visible()
    assert_alive(page)

    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("story")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("About 30 results")
    assert_alive(page)
    first = page.locator(".results h2").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    second = page.locator(".results h2").all_inner_texts()
    assert (len(first), len(second)) == (20, 10) and not set(first) & set(second)
    page.get_by_role("link", name=second[0], exact=True).click()
    expect(page.get_by_role("heading", level=1, name=second[0])).to_be_visible()

    page.get_by_role("contentinfo").get_by_role("link", name="Scroll to top").click()
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="All articles").click()
    assert_alive(page)
    newest = page.locator(".card h2").all_inner_texts()
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_role("link", name="Newest")).to_be_visible()
    older = page.locator(".card h2").all_inner_texts()
    assert newest and older and not set(newest) & set(older)

    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="More comments").click()
    expect(page.get_by_text("Opinion number 5.")).to_be_visible()
    assert_alive(page)
    page.get_by_role("link", name="Leave a Comment").click()
    page.get_by_label("Comment *").fill("It deserved a second season.")
    page.get_by_label("Name *").fill("Mara")
    page.get_by_label("Email *").fill("mara@reader.example")
    expect(page.get_by_text("Save my name")).to_be_hidden()
    page.get_by_role("button", name="Post Comment").click()
    expect(page.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
    expect(page.locator(".held")).to_contain_text("It deserved a second season.")
    assert_alive(page)
    assert Comment.objects.pending().get().name == "Mara"
    page.get_by_role("link", name="Back to the article").click()
    expect(page.get_by_text("It deserved a second season.")).to_have_count(0)

    page.get_by_role("link", name=show.title).first.click()
    expect(page.get_by_role("heading", level=1, name="The Imperfects")).to_be_visible()
    expect(page.locator(".status").first).to_have_text("Cancelled")
    expect(page.get_by_role("link", name="One season and out")).to_be_visible()
    assert_alive(page)


def test_the_contents_of_an_article_and_the_way_back_up_are_links(site, reader):
    article, _show = site
    add_sections(article)
    page = reader(390)
    page.goto(article.get_absolute_url())
    contents = page.get_by_role("navigation", name="In this article")
    if not contents.is_visible():
        page.get_by_text("In this article").click()
    contents.get_by_role("link", name="Why it ended").click()
    expect(page.get_by_role("heading", name="Why it ended")).to_be_in_viewport()
    page.get_by_role("link", name="Scroll to top").last.click()
    assert page.url.endswith("#top")
    assert_alive(page)


def test_a_wrong_address_is_mended_by_the_search_on_the_page_that_says_so(site, reader, page_problems):
    page_problems.allow("404 (Not Found)")
    page = reader(390)
    page.goto("/articles/one-season-and-ou/")
    expect(page.get_by_role("link", name="One season and out")).to_be_visible()
    assert_alive(page)
    page.get_by_role("searchbox").fill("imperfects")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="The Imperfects").first.click()
    expect(page.get_by_role("heading", level=1, name="The Imperfects")).to_be_visible()
