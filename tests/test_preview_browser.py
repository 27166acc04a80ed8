"""Previews in a browser: in a page of its own, beside the text, and by a link without a login."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article
from tests.conftest import PASSWORD
from tests.factories import make_article, make_section, publish_article
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "".join(f"<p>Paragraph {number} of a long text.</p>" for number in range(40))


def log_in(page):
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def desk(open_page, editor):
    """A wide page on which the editor is logged in."""
    return log_in(open_page(viewport={"width": 1400, "height": 860}))


@pytest.fixture
def narrow_desk(open_page, editor):
    return log_in(open_page(viewport={"width": 390, "height": 844}))


def open_form(desk, article):
    desk.goto(change_url(article))
    desk.locator(".block-buttons").first.wait_for()


def open_beside(desk):
    desk.get_by_role("button", name="Preview beside the text").click()
    return shown(desk)


def shown(desk):
    """The page in the frame that is seen."""
    desk.locator(".preview-stage iframe:not(.is-coming)").first.wait_for()
    return desk.frame_locator(".preview-stage iframe:not(.is-coming)")


def scroll_of(desk):
    return desk.evaluate(
        "document.querySelector('.preview-stage iframe:not(.is-coming)')?.contentWindow.scrollY"
    )


def test_a_live_article_is_edited_previewed_and_published_and_readers_see_it_only_then(desk, client):
    article = publish_article(headline="As published")
    url = article.get_absolute_url()
    before = client.get(url).content
    open_form(desk, article)
    desk.get_by_role("textbox", name="Headline").first.fill("As typed")
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Preview", exact=True).click()
    preview = opened.value
    expect(preview.get_by_role("heading", level=1)).to_have_text("As typed")
    expect(preview.get_by_text("Preview of what you have typed, not saved.")).to_be_visible()
    preview.close()
    assert Article.objects.get().headline == "As published" and client.get(url).content == before
    expect(open_beside(desk).get_by_role("heading", level=1)).to_have_text("As typed")
    assert client.get(url).content == before
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save", exact=True).click()
    assert Article.objects.get().headline == "As typed" and client.get(url).content == before
    desk.get_by_role("button", name="Publish changes").click()
    desk.wait_for_url("**/publish/**")
    desk.get_by_role("button", name=re.compile("^Publish")).click()
    desk.get_by_text("Published: version 2 is live.").wait_for()
    assert "<h1>As typed</h1>" in client.get(url).content.decode()


def test_the_preview_beside_the_text_follows_typing_and_keeps_its_place(desk):
    article = make_article(headline="As saved", text="")
    make_section(article, heading="First", body=LONG)
    make_section(article, heading="Second", body=LONG)
    open_form(desk, article)
    page = open_beside(desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("As saved")
    desk.locator("input[value='Second']").focus()
    expect(page.get_by_role("heading", name="Second")).to_be_in_viewport()
    desk.wait_for_function("document.querySelector('.preview-stage iframe').contentWindow.scrollY > 500")
    desk.locator("input[value='Second']").press("End")
    desk.keyboard.type(" thoughts")
    expect(shown(desk).get_by_role("heading", name="Second thoughts")).to_be_in_viewport()
    place = scroll_of(desk)
    desk.get_by_role("textbox", name="Headline").first.fill("As typed")
    expect(shown(desk).get_by_role("heading", level=1)).to_have_text("As typed")
    assert abs(scroll_of(desk) - place) < 5
    desk.get_by_role("button", name="Move up").last.click()
    expect(shown(desk).locator("h2").first).to_have_text("Second thoughts")
    desk.get_by_role("textbox", name="Headline").first.fill("")
    expect(desk.locator(".preview-said")).to_contain_text("Headline: This field is required.")
    assert Article.objects.get().headline == "As saved"


def test_a_preview_that_cannot_follow_says_so_and_goes_on_later(desk, page_problems):
    article = make_article(headline="As saved")
    open_form(desk, article)
    page = open_beside(desk)
    page_problems.allow("ERR_FAILED", "net::")
    desk.route("**/preview/", lambda route: route.abort())
    desk.get_by_role("textbox", name="Headline").first.fill("As typed")
    expect(desk.locator(".preview-said")).to_contain_text("does not follow just now")
    expect(page.get_by_role("heading", level=1)).to_have_text("As saved")
    assert desk.get_by_role("textbox", name="Headline").first.input_value() == "As typed"


def test_looking_alone_sends_nothing(desk):
    article = make_article()
    open_form(desk, article)
    sent = []
    desk.on("request", lambda request: sent.append(request.url) if "/preview/" in request.url else None)
    open_beside(desk)
    desk.get_by_role("textbox", name="Headline").first.focus()
    desk.get_by_label("Tablet").check()
    desk.get_by_role("textbox", name="Headline").first.fill("As typed")
    expect(shown(desk).get_by_role("heading", level=1)).to_have_text("As typed")
    assert len(sent) == 3  # the draft; what was typed, and its page


def test_one_width_at_a_time_fits_the_panel_and_is_remembered(desk):
    article = make_article()
    open_form(desk, article)
    open_beside(desk)
    frame = desk.locator(".preview-stage iframe")
    assert frame.evaluate("frame => frame.contentWindow.innerWidth") == 390
    desk.get_by_label("Phone").focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    assert frame.evaluate("frame => frame.contentWindow.innerWidth") == 1280
    stage = desk.locator(".preview-stage").bounding_box()
    assert frame.bounding_box()["width"] <= stage["width"] + 1
    desk.reload()
    shown(desk)
    assert desk.get_by_label("Desktop").is_checked()
    assert frame.evaluate("frame => frame.contentWindow.innerWidth") == 1280
    desk.get_by_label("Desktop").press("Escape")
    expect(desk.locator(".preview-panel")).to_have_count(0)
    toggle = desk.get_by_role("button", name="Preview beside the text")
    expect(toggle).to_be_focused()
    desk.reload()
    desk.locator(".block-buttons").first.wait_for()
    expect(desk.locator(".preview-panel")).to_have_count(0)


def test_links_in_the_frame_do_not_lead_it_away(desk):
    article = make_article(text="")
    for number in range(5):
        make_section(article, heading=f"Part {number}", body=LONG)
    open_form(desk, article)
    page = open_beside(desk)
    with desk.expect_popup() as opened:
        page.locator(".wordmark").first.click()
    opened.value.close()
    expect(page.get_by_role("heading", level=1)).to_have_text(article.headline)
    page.get_by_role("link", name="Part 4").click()
    expect(page.get_by_role("heading", name="Part 4")).to_be_in_viewport()


def test_on_a_phone_the_preview_covers_the_form_and_closes_by_a_button(narrow_desk):
    article = make_article(headline="As saved")
    open_form(narrow_desk, article)
    page = open_beside(narrow_desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("As saved")
    close = narrow_desk.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    assert narrow_desk.locator(".preview-panel").bounding_box()["width"] == 390
    close.click()
    expect(narrow_desk.get_by_role("button", name="Preview beside the text")).to_be_focused()
    narrow_desk.reload()
    narrow_desk.locator(".block-buttons").first.wait_for()
    expect(narrow_desk.locator(".preview-panel")).to_have_count(0)


def test_a_link_opens_for_somebody_without_a_login_and_dies_when_it_is_revoked(
    desk, open_page, page_problems
):
    article = make_article(headline="Not out yet")
    open_form(desk, article)
    desk.get_by_role("link", name="Show it to somebody without a login").click()
    desk.get_by_label("For whom").fill("The agent")
    desk.get_by_role("button", name="Make a link").click()
    address = desk.get_by_label("Address for The agent").input_value()
    path = address[address.index("/preview/") :]
    stranger = open_page()
    stranger.goto(path)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Not out yet")
    expect(stranger.get_by_text("Preview, not published.")).to_be_visible()
    assert stranger.context.cookies() == []
    desk.get_by_role("link", name="Revoke").click()
    desk.get_by_role("button", name="Revoke").click()
    desk.get_by_text("revoked: it shows nothing any more").wait_for()
    page_problems.allow("410 (Gone)")
    assert stranger.goto(path).status == 410
    expect(stranger.get_by_role("heading", name="This preview has ended")).to_be_visible()


def test_nothing_serious_stands_in_the_way_of_people_with_assistive_technology(desk):
    article = make_article()
    open_form(desk, article)
    open_beside(desk)
    found = found_by_axe(desk, iframes=False)
    desk.goto(f"/admin/articles/article/{article.pk}/links/")
    desk.get_by_label("For whom").fill("The agent")
    desk.get_by_role("button", name="Make a link").click()
    desk.get_by_label("Address for The agent").wait_for()
    found += found_by_axe(desk)
    desk.get_by_role("link", name="Revoke").click()
    desk.get_by_role("button", name="Revoke").wait_for()
    assert found + found_by_axe(desk) == []


def found_by_axe(desk, **options):
    """What is serious on the page as it is, by daylight and by night."""
    found = []
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        # A transition that another takes the place of ends as "aborted".
        desk.evaluate("Promise.allSettled(document.getAnimations().map((turning) => turning.finished))")
        rules = Axe().run(desk, options={"resultTypes": ["violations"], **options}).response["violations"]
        found += [
            (scheme, rule["id"], [node["html"][:160] for node in rule["nodes"]])
            for rule in rules
            if rule["impact"] in ("serious", "critical")
        ]
    return found
