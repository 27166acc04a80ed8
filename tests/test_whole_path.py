"""The whole way of a story in real browsers: from the newsroom to the reader to the moderator."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.factories import make_author, make_category

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SECTIONS = {
    "Overview": "Ten episodes came on one day in September.",
    "Decision": "Two months later there was no more to come.",
    "Viewership": "It was ninth in its third week.",
    "Speculation": "There is a cure, and then it wears off.",
    "Conclusion": "Fewer stayed than came.",
}


def log_in(page, username):
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def choose(page, field, text):
    """Pick from one of the form's searchable choices."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(text)
    page.get_by_role("option", name=text).click()


def write_story(desk):
    desk.get_by_role("link", name="New article").click()
    desk.get_by_label("Working headline").fill("One season and out")
    desk.get_by_role("button", name=re.compile("^Renewal story")).click()
    desk.locator(".block-buttons").first.wait_for()
    for text, sentence in zip(desk.get_by_role("textbox", name="Text").all(), SECTIONS.values(), strict=True):
        text.click()
        text.press_sequentially(sentence)
    choose(desk, "category", "Cancellations")


def test_a_story_goes_from_the_newsroom_to_the_reader_to_the_moderator(open_page, editor, moderator):
    make_author("Edith Editor", user=editor)
    make_category("Cancellations")

    desk = open_page(viewport={"width": 1280, "height": 900})
    log_in(desk, "editor")
    write_story(desk)
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Preview", exact=True).click()
    expect(opened.value.get_by_role("complementary", name="Preview")).to_be_visible()
    for sentence in SECTIONS.values():
        expect(opened.value.get_by_text(sentence)).to_be_visible()
    opened.value.close()
    reader = open_page(**PHONE)
    reader.goto("/")
    expect(reader.get_by_text("Nothing is published yet.")).to_be_visible()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_role("button", name="Publish anyway").click()
    expect(desk.get_by_text("Version 1 is live, published")).to_be_visible()

    reader.reload()
    reader.get_by_role("link", name="One season and out").tap()
    expect(reader.get_by_role("heading", level=1)).to_have_text("One season and out")
    expect(reader.get_by_role("navigation", name="In this article").get_by_role("listitem")).to_have_count(5)
    expect(reader.get_by_text(SECTIONS["Viewership"])).to_be_visible()
    story = reader.url
    reader.get_by_role("link", name="0 comments").tap()
    reader.get_by_label("Comment *").fill("It deserved a second season.")
    reader.get_by_label("Name *").fill("Mara")
    reader.get_by_label("Email *").fill("mara@reader.example")
    reader.get_by_role("button", name="Post Comment").tap()
    expect(reader.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
    reader.get_by_role("link", name="Back to the article").tap()
    held = reader.get_by_role("article").filter(has_text="It deserved a second season.").last
    expect(held).to_contain_text("Your comment is awaiting moderation.")

    stranger = open_page()
    stranger.goto(story)
    expect(stranger.get_by_role("heading", name="0 comments")).to_be_visible()
    expect(stranger.get_by_text("It deserved a second season.")).to_have_count(0)

    queue = open_page(**PHONE)
    log_in(queue, "moderator")
    queue.goto("/admin/comments/comment/")
    expect(queue.get_by_text("It deserved a second season.")).to_be_visible()
    queue.get_by_role("button", name="Approve").first.tap()
    expect(queue.get_by_role("button", name="Undo")).to_be_visible()

    stranger.reload()
    expect(stranger.get_by_role("heading", name="1 comment")).to_be_visible()
    expect(stranger.get_by_text("It deserved a second season.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("It deserved a second season.")).to_have_count(1)
    expect(reader.get_by_text("Your comment is awaiting moderation.")).to_have_count(0)
