"""Review, notes, keys and the list in a browser: nothing unsaved is lost, and all is done by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, Note, Review, Section
from articles.notes import add_note
from articles.reviews import submit
from shows.models import Show
from tests.conftest import PASSWORD
from tests.factories import make_article, publish_article
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)


def log_in(page, username):
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def open_form(page, article):
    page.goto(change_url(article))
    page.locator(".block-buttons").first.wait_for()


def box(page):
    return page.get_by_role("region", name="Review and notes")


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_a_review_goes_to_the_editor_and_back_and_nothing_typed_is_lost(
    open_page, page_problems, writer, editor
):
    page_problems.allow("422 (Unprocessable")
    article = make_article(headline="Cancelled", owner=writer)
    hers, his = log_in(open_page(), "editor"), log_in(open_page(), "writer")
    open_form(his, article)
    his.get_by_label("Headline:").fill("Cancelled after one season")
    his.get_by_label("Message to the editors").fill("The ranks are new.")
    his.get_by_role("button", name="Save and submit for review").click()
    expect(box(his).get_by_text("Waiting for review since")).to_be_visible()

    open_form(hers, article)
    hers.get_by_label("Standfirst").fill("Half a sentence")
    expect(box(hers).get_by_text("The ranks are new.")).to_be_visible()
    hers.get_by_role("button", name="Send back").click()
    expect(box(hers).get_by_role("alert")).to_contain_text("Say what is to be done")
    note = hers.get_by_label("Note to the writer")
    expect(note).to_be_focused()
    note.fill("Who says so?")
    hers.get_by_role("button", name="Send back").click()
    expect(box(hers).get_by_text("Sent back by Editor")).to_be_visible()
    expect(hers.get_by_label("Standfirst")).to_have_value("Half a sentence")

    his.reload()
    expect(box(his).get_by_text("Who says so?")).to_be_visible()
    assert Article.objects.get().headline == "Cancelled after one season"
    assert Article.objects.get().standfirst == ""


def test_notes_are_added_settled_and_opened_again_in_place(open_page, writer):
    article = make_article(owner=writer)
    page = log_in(open_page(), "writer")
    open_form(page, article)
    page.get_by_label("Headline:").fill("Typed and not saved")
    page.get_by_label("Message to the editors").fill("Half a message")
    page.get_by_label("Add a note").fill("Who says so?\nName the source.")
    page.get_by_label("Add a note").press("Control+Enter")
    expect(box(page).get_by_text("Name the source.").first).to_be_visible()
    expect(page.get_by_label("Add a note")).to_have_value("")
    page.get_by_role("button", name="Settle: Who says so?").click()
    expect(box(page).get_by_text("1 settled note")).to_be_visible()
    box(page).get_by_text("1 settled note").click()
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("button", name="Settle: Who says so?")).to_be_visible()
    expect(page.get_by_label("Headline:")).to_have_value("Typed and not saved")
    expect(page.get_by_label("Message to the editors")).to_have_value("Half a message")
    assert page.url.endswith(change_url(article)) and Note.objects.get().settled_at is None


def test_a_note_that_could_not_be_sent_is_kept_and_said(open_page, page_problems, writer):
    page_problems.allow("could not load", "ERR_FAILED")
    article = make_article(owner=writer)
    page = log_in(open_page(), "writer")
    open_form(page, article)
    page.route("**/notes/", lambda route: route.abort())
    page.get_by_label("Add a note").fill("Who says so?")
    page.get_by_role("button", name="Add note").click()
    expect(box(page).get_by_text("This was not sent")).to_be_visible()
    expect(page.get_by_label("Add a note")).to_have_value("Who says so?")


def test_without_a_script_a_page_of_its_own_does_all_of_it(open_page, writer, editor):
    article = make_article(owner=writer)
    review = submit(article, writer, "Please look.")
    page = log_in(open_page(java_script_enabled=False), "editor")
    page.goto(change_url(article))
    expect(page.get_by_role("button", name="Send back")).to_be_hidden()
    page.get_by_role("link", name="Review and notes on a page of their own").click()
    page.get_by_label("Add a note").fill("Read twice")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("Read twice").first).to_be_visible()
    page.get_by_role("button", name="Approve and go on to publish").click()
    expect(page.get_by_role("heading", name="Publish?")).to_be_visible()
    review.refresh_from_db()
    assert review.outcome == Review.Outcome.APPROVED


def test_the_keys_save_preview_and_publish_also_from_inside_the_text(open_page, editor):
    article = make_article(owner=editor)
    page = log_in(open_page(), "editor")
    open_form(page, article)
    text = page.get_by_role("textbox", name="Text").first
    text.click()
    text.press("End")
    text.press_sequentially(" By keyboard.")
    with page.expect_navigation():
        text.press("Control+s")
    wait_for_form(page)
    assert "By keyboard." in Section.objects.get().body
    with page.context.expect_page() as opened:
        page.get_by_role("textbox", name="Text").first.press("Control+Shift+P")
    expect(opened.value.get_by_text("By keyboard.")).to_be_visible()
    opened.value.close()
    page.get_by_role("textbox", name="Text").first.press("Control+Enter")
    expect(page.get_by_role("heading", name="Publish?")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Published: version 1 is live.")).to_be_visible()
    assert "<br>" not in Article.objects.get().live_edition.blocks[0]["html"]


def wait_for_form(page):
    page.locator(".block-buttons").first.wait_for()


def test_the_list_of_keys_opens_by_key_and_button_and_never_while_typing(open_page, editor):
    article = make_article(owner=editor)
    page = log_in(open_page(), "editor")
    open_form(page, article)
    keys = page.get_by_role("dialog", name="Keyboard")
    page.get_by_label("Headline:").press_sequentially("?")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Keyboard").click()
    expect(keys).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys.get_by_text("publish: saves, then asks")).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    assert not article.editions.exists()


def test_the_list_is_filtered_by_typing_a_show_and_articles_are_published_together(open_page, editor):
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    make_article(headline="One", show=show)
    make_article(headline="Two", show=show)
    publish_article(headline="Another story")
    page = log_in(open_page(viewport={"width": 1280, "height": 900}), "editor")
    page.goto("/admin/articles/article/")
    assert violations(page) == []
    page.get_by_role("combobox", name=re.compile("show")).click()
    page.locator(".select2-search__field").press_sequentially("Imper")
    page.get_by_role("option", name=re.compile("The Imperfects")).click()
    page.get_by_role("button", name="Filter: show").click()
    page.wait_for_url("**show=*")
    expect(page.get_by_text("Another story")).to_be_hidden()
    page.get_by_label("Select all objects on this page for an action").check()
    page.get_by_label("Action:").select_option("Publish")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", name="Publish these articles?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Publish (2)").click()
    expect(page.get_by_text("2 articles published.")).to_be_visible()
    assert Article.objects.published().count() == 3 and "show=" in page.url


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_serious_in_review_and_notes(open_page, writer, editor, scheme, width):
    article = make_article(owner=writer)
    submit(article, writer, "Please look.")
    add_note(article, writer, "Who says so?")
    page = log_in(open_page(color_scheme=scheme, viewport={"width": width, "height": 800}), "editor")
    page.goto(f"/admin/articles/article/{article.pk}/desk/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_form(page, article)
    assert [rule for rule in violations(page) if "talk" in str(rule) or "keys" in str(rule)] == []
