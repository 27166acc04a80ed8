"""The text's tools in a browser: players behind a press, links by id, embeds and a whole article pasted."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, Embed, Section
from tests.conftest import PASSWORD
from tests.factories import make_article, make_image, make_section, publish_article
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)

PLAYER = "<!doctype html><title>Player</title><button>Inside</button>"
TRAILER = {"url": "https://youtu.be/dQw4w9WgXcQ?t=5", "title": "The trailer"}


def with_video():
    article = make_article()
    Embed.objects.create(parent=article, ordering=999, poster=make_image(), **TRAILER)
    article.publish()
    return article


def requests_elsewhere(page, live_server):
    asked = []
    page.on("request", lambda request: request.url.startswith(live_server.url) or asked.append(request.url))
    return asked


@pytest.mark.parametrize("presses", ["mouse", "keyboard"])
def test_a_video_is_asked_for_when_its_button_is_pressed_and_not_before(page, live_server, presses):
    page.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(content_type="text/html", body=PLAYER),
    )
    asked = requests_elsewhere(page, live_server)
    page.goto(with_video().get_absolute_url())
    button = page.get_by_role("button", name="Play “The trailer”")
    expect(page.get_by_text("Playing it loads the video from YouTube.")).to_be_visible()
    page.mouse.wheel(0, 5000)
    page.wait_for_load_state("networkidle")
    assert asked == [] and page.locator("iframe").count() == 0
    if presses == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")
    frame = page.frame_locator("iframe[title='“The trailer”']")
    expect(frame.get_by_role("button", name="Inside")).to_be_visible()
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=5"]
    expect(page.locator("iframe")).to_be_focused()


def test_without_a_script_a_video_is_its_poster_and_a_link(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(with_video().get_absolute_url())
    link = page.get_by_role("link", name="Watch at YouTube")
    expect(link).to_have_attribute("href", TRAILER["url"])
    expect(page.locator(".player img")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    expect(page.get_by_text("Playing it loads")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_on_a_page_with_every_embed(open_page, scheme, width):
    article = make_article()
    for number, fields in enumerate(
        [
            {**TRAILER, "poster": make_image(credit="Ann Artist")},
            {"url": "https://www.tiktok.com/@netflix/video/7106594312292453675", "title": "Upright"},
            {"url": "https://vimeo.com/1"},
            {
                "url": "https://x.com/a/status/1",
                "author_name": "A",
                "posted_on": "2022-11-08",
                "text": "Words " * 9,
            },
            {"url": f"https://example.com/{'a' * 300}", "title": "A page"},
        ]
    ):
        Embed.objects.create(parent=article, ordering=999 + number, **fields)
    article.publish()
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(article.get_absolute_url())
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def desk(page, editor):
    """A page on which the editor is logged in."""
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def open_form(desk, article):
    desk.goto(change_url(article))
    desk.locator(".block-buttons").first.wait_for()


def save(desk):
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save", exact=True).click()


def serious(page):
    violations = Axe().run(page).response["violations"]
    return [
        (rule["id"], rule["nodes"][0]["html"][:200])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]


def test_the_link_dialog_finds_an_article_which_is_kept_by_id_and_followed_to_its_new_address(desk):
    target = publish_article(headline="One season and out", slug="before")
    article = make_article(text="")
    make_section(article, body="<p>Background</p>")
    open_form(desk, article)
    desk.get_by_role("textbox", name="Text").click()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+k")
    dialog = desk.locator("dialog[open]")
    dialog.get_by_label("Or find our own article or show").press_sequentially("season out")
    expect(dialog.get_by_text("1 found")).to_be_visible()
    assert serious(desk) == []
    desk.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("button", name="One season and out")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog.get_by_label("URL")).to_have_value(f"/-/article/{target.pk}/")
    desk.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    save(desk)
    assert f'href="/-/article/{target.pk}/"' in Section.objects.get(parent=article).body
    article.publish()
    target.slug = "after"
    target.save()
    desk.goto(article.get_absolute_url())
    desk.get_by_role("link", name="Background").click()
    expect(desk.get_by_role("heading", name="One season and out", level=1)).to_be_visible()
    assert desk.url.endswith("/articles/after/")


def test_the_link_dialog_says_where_a_link_leads_and_when_nothing_is_found(desk):
    target = publish_article(headline="One season and out")
    article = make_article(text=f'<p><a href="/-/article/{target.pk}/">Background</a></p>')
    open_form(desk, article)
    desk.get_by_role("textbox", name="Text").get_by_text("Background").click()
    desk.keyboard.press("Control+k")
    dialog = desk.locator("dialog[open]")
    expect(dialog.get_by_text("Leads to “One season and out”")).to_be_visible()
    dialog.get_by_label("Or find our own article or show").press_sequentially("zebra")
    expect(dialog.get_by_text("Nothing of ours has these words.")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(dialog).to_be_visible()


def test_an_embed_says_what_its_address_becomes_and_shows_the_fields_it_needs(desk):
    article = make_article(text="")
    make_section(article, body="<p>x</p>")
    open_form(desk, article)
    desk.get_by_role("button", name="Insert a block here").last.click()
    desk.get_by_role("button", name="Embed").click()
    block = desk.locator(".inline-related[id^='articles_embed_set-']:not(.empty-form)")
    address = block.get_by_label("Address")
    who, title = block.get_by_label("Who posted it"), block.get_by_label("Title")
    expect(who).to_be_hidden()
    address.fill("https://youtu.be/dQw4w9WgXcQ")
    expect(block.get_by_text("A video at YouTube.")).to_be_visible()
    expect(title).to_be_visible()
    expect(who).to_be_hidden()
    address.fill("https://x.com/netflix/status/15")
    expect(block.get_by_text("A post at X.")).to_be_visible()
    expect(who).to_be_visible()
    expect(title).to_be_hidden()
    address.fill("https://deadline.com/a")
    expect(block.get_by_text("deadline.com is not a known site: it becomes a link card.")).to_be_visible()
    title.fill("Why it ended")
    assert serious(desk) == []
    save(desk)
    assert (Embed.objects.get().url, Embed.objects.get().title) == ("https://deadline.com/a", "Why it ended")


PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    );
}"""
DOCUMENT = """<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">
<h1 style="color:#123456">A new headline</h1>
<p style="color:red"><span style="font-weight:700">Bold</span> words.</p>
<h2>Cast</h2><p>Ada. <img src="data:image/png;base64,AAAA"></p><h2>Conclusion</h2><p>No more.</p>
<p>https://youtu.be/dQw4w9WgXcQ</p></b>"""


def test_a_whole_article_is_pasted_looked_over_and_inserted_after_what_is_there(desk):
    article = make_article(headline="Old headline", text="")
    make_section(article, heading="First", body="<p>Here before.</p>")
    open_form(desk, article)
    desk.get_by_role("button", name="Paste whole article").click()
    dialog = desk.get_by_role("dialog", name="Paste whole article")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    desk.evaluate(PASTE, DOCUMENT)
    expect(dialog.get_by_role("status")).to_contain_text("Left out: 1 picture, 2 styles.")
    expect(dialog.get_by_role("listitem")).to_have_count(4)
    assert serious(desk) == []
    assert Section.objects.count() == 1
    box = dialog.get_by_label(re.compile("the headline"))
    expect(box).not_to_be_checked()
    box.check()
    dialog.get_by_role("button", name="Insert 4 blocks").click()
    dialog.wait_for(state="hidden")
    expect(desk.get_by_text("No more.", exact=True)).to_be_visible()
    assert Section.objects.count() == 1
    save(desk)
    article = Article.objects.get()
    assert article.headline == "A new headline"
    blocks = [
        (
            getattr(block, "kind", ""),
            getattr(block, "heading", ""),
            getattr(block, "body", getattr(block, "url", "")),
        )
        for block in article.blocks()
    ]
    assert blocks == [
        ("other", "First", "<p>Here before.</p>"),
        ("other", "", "<p><strong>Bold</strong> words.</p>"),
        ("cast", "Cast", "<p>Ada.</p>"),
        ("conclusion", "Conclusion", "<p>No more.</p>"),
        ("", "", "https://youtu.be/dQw4w9WgXcQ"),
    ]


def test_typed_text_is_read_too_and_a_refusal_keeps_it(desk, page_problems):
    page_problems.allow("422")
    open_form(desk, make_article())
    desk.get_by_role("button", name="Paste whole article").click()
    dialog = desk.get_by_role("dialog", name="Paste whole article")
    dialog.get_by_role("button", name="Read it").click()
    expect(dialog.get_by_role("status")).to_contain_text("There is no text in what was pasted.")
    dialog.get_by_role("textbox").fill("## Cast\n\nAda")
    dialog.get_by_role("button", name="Read it").click()
    dialog.get_by_role("button", name="Insert 1 block").wait_for()
    desk.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    expect(desk.get_by_role("button", name="Paste whole article")).to_be_focused()


ADDRESS = """url => {
    const data = new DataTransfer();
    data.setData("text/plain", url);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    );
}"""


def test_the_address_of_a_video_pasted_alone_may_become_an_embed_below_its_section(desk):
    article = make_article(text="")
    make_section(article, body="<p>Before.</p>")
    make_section(article, heading="Last", body="<p>After.</p>")
    open_form(desk, article)
    desk.get_by_role("textbox", name="Text").first.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.evaluate(ADDRESS, "https://youtu.be/dQw4w9WgXcQ")
    expect(desk.get_by_text("A video at YouTube.")).to_be_visible()
    desk.get_by_role("button", name="Make it an embed").click()
    expect(desk.locator("#id_articles_embed_set-0-url")).to_be_focused()
    save(desk)
    blocks = [getattr(block, "url", "") or block.body for block in Article.objects.get().blocks()]
    assert blocks == ["<p>Before.</p>", "https://youtu.be/dQw4w9WgXcQ", "<p>After.</p>"]
