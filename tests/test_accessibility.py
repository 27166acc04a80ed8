"""Readers' pages in a real browser: axe finds nothing, nothing overflows, and all works without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Page, Panel, Picture, PullQuote
from comments.models import Comment, CommentPolicy
from tests.factories import (
    make_article,
    make_image,
    make_publication,
    make_section,
    make_tag,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_outlook, make_show, make_the_imperfects

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def site():
    """A site with an article that has every block, a thread of comments, and neighbours."""
    make_publication("Cold Open", tagline="Television news", house_rules="Be kind.\n\nBe brief.")
    show = make_the_imperfects()
    for number in range(10):
        foretold = make_show(f"Foretold {number}")
        make_outlook(foretold, 3, season_number=2)
        make_decision(foretold, "cancelled", "2022-11-08")
    image = make_image(caption="Four flasks", credit="Ann Artist")
    article = make_article(
        headline="One season and out", standfirst="No cure.", show=show, lead_image=image, text=""
    )
    article.tags.add(make_tag("one"), make_tag("two"))
    table = "<table><tbody><tr><th><p>Week</p></th></tr><tr><td><p>One</p></td></tr></tbody></table>"
    for number, heading in enumerate(["Overview", "Decision", "Viewership", LONG, "Conclusion"]):
        body = (
            f"<h3>Part</h3><p>Text with a <a href='/shows/'>link</a>.</p><ul><li><p>One</p></li></ul>{table}"
        )
        make_section(
            article, heading=heading, body=body, ordering=number * 10, sources="A https://a.example/"
        )
    for number, kind in enumerate(Panel.Kind.values):
        Panel.objects.create(parent=article, ordering=50 + number, kind=kind)
    PullQuote.objects.create(parent=article, ordering=60, quote="Nobody told us", attribution="A viewer")
    Picture.objects.create(parent=article, ordering=61, image=make_image(caption="A lighthouse"))
    article.publish()
    comment = None
    for number in range(6):
        comment = make_comment(article, parent=comment, name=f"Reader {number}", body=f"{LONG} {number}")
    publish_article(headline=f"{LONG} and more", show=show)
    Page.objects.create(title="About", slug="about", body="<p>Who we are.</p>")
    return article


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def addresses(article):
    lists = [article.category, article.tags.first(), article.article_authors.first().author]
    return [
        "/",
        "/articles/",
        article.get_absolute_url(),
        *(row.get_absolute_url() for row in lists),
        "/shows/",
        "/shows/the-imperfects/",
        "/networks/",
        "/networks/netflix/",
        "/people/shelley-eriksen/",
        "/tracker/",
        "/compare/",
        "/data/",
        "/compare/?run=the-imperfects.1",
        "/forecasts/",
        "/top10/2022-09-18/",
        "/pages/about/",
        "/nothing/",
    ]


def fill_in(page, **fields):
    for label, text in fields.items():
        page.get_by_label(f"{label} *").fill(text)
    page.get_by_role("button", name="Post Comment").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_readers_pages(site, open_page, page_problems, scheme):
    page_problems.allow("404 (Not Found)", "422")
    page = open_page(color_scheme=scheme)
    found = {}
    for address in addresses(site):
        page.goto(address)
        found[address] = violations(page)
    page.goto(site.get_absolute_url())
    page.get_by_text("The same as a table").click()
    found["the figures as a table"] = violations(page)
    fill_in(page, Comment="Still.", Name="Mara", Email="mara@reader")
    expect(page.get_by_label("Email *")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Email *")).to_have_css("border-top-width", "2px")
    expect(page.get_by_label("Name *")).to_have_css("border-top-width", "1px")
    found["the form with errors"] = violations(page)
    fill_in(page, Email="mara@reader.example")
    expect(page.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
    found["the held comment"] = violations(page)
    assert {address: rules for address, rules in found.items() if rules} == {}


@pytest.fixture
def talk():
    """An article with all that comments can be: long threads, spoilers, badges, edits, gaps, long words."""
    CommentPolicy(threads_per_page=5).save()
    article = publish_article(headline="One season and out")
    top = make_comment(article, body="It was ||the doctor|| and then ||one\n\ntwo|| again.", name="Mara")
    deep = top
    for number in range(8):
        fields = {"badge": "author", "edited_by": "moderator"} if number == 2 else {}
        deep = make_comment(article, parent=deep, name=f"{LONG} {number}", body=f"{LONG}{LONG}", **fields)
    make_comment(article, body="All of this.", is_spoiler=True, name="")
    gone = make_comment(article, body="An insult")
    make_comment(article, parent=gone, name="אברהם", body="שלום ||ספוילר|| סוף.")
    Comment.objects.filter(pk=gone.pk).moderate("rejected")
    root = make_comment(article, body="A long talk")
    for number in range(60):
        make_comment(article, parent=root, body=f"Reply {number}")
    for number in range(8):
        make_comment(article, body=f"Thread {number}")
    return article


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 390), ("light", 1280)])
def test_axe_finds_nothing_on_any_page_of_comments(talk, open_page, scheme, width):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(talk.get_absolute_url())
    found = {"the article": violations(page)}
    for press in page.get_by_text("Spoiler", exact=True).all():
        press.click()
    found["with spoilers open"] = violations(page)
    assert page.evaluate(OVERFLOW) == []
    for link in ("More comments", "Show all 60 replies", "More replies"):
        if link == "Show all 60 replies":
            page.go_back()
        page.get_by_role("link", name=link).click()
        found[link] = violations(page)
        assert page.evaluate(OVERFLOW) == [], link
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_a_spoiler_is_hidden_until_pressed_without_a_script_and_on_paper(talk, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(talk.get_absolute_url())
    first = page.locator("details").first
    for secret in ("the doctor", "two", "All of this."):
        expect(page.get_by_text(secret, exact=True)).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("the doctor", exact=True)).to_be_hidden()
    page.emulate_media(media="screen")
    first.get_by_text("Spoiler").click()
    expect(page.get_by_text("the doctor", exact=True)).to_be_visible()
    expect(page.get_by_text("two", exact=True)).to_be_hidden()


# What stands out of the window, but for what scrolls inside a box of its own.
OVERFLOW = """() => [...document.querySelectorAll("body *")].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 1 && element.parentElement.closest(
        ".strip, .prose table, .tableWrapper, .record, svg") === null
).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 390, 1280, 1600])
def test_nothing_stands_out_of_the_window_at_any_width(site, open_page, page_problems, width):
    page_problems.allow("404 (Not Found)")
    page = open_page(viewport={"width": width, "height": 800})
    for address in addresses(site):
        page.goto(address)
        assert page.evaluate(OVERFLOW) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_text_at_twice_the_size_still_fits_a_phone(site, open_page):
    page = open_page(viewport={"width": 390, "height": 800})
    for address in ("/", site.get_absolute_url(), "/shows/", "/shows/the-imperfects/"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(OVERFLOW) == [], address


PRINTED_COLOURS = """() => ["h1", ".standfirst", ".prose p", ".record td"].map(
    (name) => getComputedStyle(document.querySelector(name)).color
)"""


def test_paper_is_white_and_text_dark_for_a_reader_who_prints_from_a_dark_screen(site, open_page):
    page = open_page(color_scheme="dark")
    page.goto(site.get_absolute_url())
    page.emulate_media(media="print", color_scheme="dark")
    for colour in page.evaluate(PRINTED_COLOURS):
        assert sum(map(int, re.findall(r"\d+", colour)[:3])) < 3 * 128, colour
    sheet = page.evaluate("getComputedStyle(document.querySelector('.record')).backgroundColor")
    assert sheet == "rgb(255, 255, 255)"
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    expect(page.get_by_role("heading", name="Leave a Comment")).to_be_hidden()


def test_the_keyboard_skips_to_the_text_and_shows_where_it_is(site, page):
    page.goto(site.get_absolute_url())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('main') !== null"
    assert page.evaluate(inside)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_without_a_script_one_reads_pages_and_comments(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="One season and out").click()
    page.get_by_role("link", name="Scroll to top").last.click()
    assert page.url.endswith("#top")
    page.get_by_role("link", name="Reply to Reader 0").click()
    expect(page.get_by_role("heading", name="Leave a Reply to Reader 0")).to_be_visible()
    fill_in(page, Comment="Without a script.", Name="Mara", Email="mara@reader.example")
    expect(page.get_by_text("Your comment is awaiting moderation.")).to_be_visible()


def test_the_edit_link_is_asked_for_only_where_somebody_has_opened_the_newsroom(site, page, editor):
    asked = []
    page.on("request", lambda request: "edit-link" in request.url and asked.append(request.url))
    page.goto(site.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    page.goto(site.get_absolute_url())
    page.get_by_role("link", name="Edit this page").click()
    expect(page.get_by_label("Headline:")).to_have_value("One season and out")
