"""The panel of checks in a browser: it follows the typing, leads to the sentence, and keeps reasons."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, CheckAnswer
from samples.loading import load
from tests.conftest import PASSWORD
from tests.factories import make_article, make_image, make_section, picture_file
from tests.factories_shows import make_the_imperfects
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)

FALSE = "It fell out of the top 10 in week three."
ROW = "Netflix Top 10, week ending 25 Sep 2022: 9th"


@pytest.fixture
def desk(page, editor):
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def article(db):
    wide = make_image(file=picture_file((1200, 675)))
    article = make_article(
        headline="One season and out",
        standfirst="Why.",
        search_description="Why.",
        show=make_the_imperfects(),
        lead_image=wide,
        text="",
    )
    make_section(article, heading="Viewership", body="<p>In week three it fell to ninth.</p>")
    return article


def open_form(desk, article):
    desk.goto(change_url(article))
    desk.locator(".block-buttons").first.wait_for()
    return desk.get_by_role("region", name="Checks")


def violations(page, within="main"):
    found = Axe().run(page, context=within, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]


def test_the_panel_follows_the_typing_and_a_press_leads_to_the_sentence(desk, article):
    panel = open_form(desk, article)
    expect(panel.locator("[data-counts]")).to_have_text("1 piece of advice")
    text = desk.get_by_role("textbox", name="Text").first
    text.click()
    desk.keyboard.press("Control+End")
    text.press_sequentially(f" {FALSE}")
    expect(panel.get_by_text(FALSE)).to_be_visible()
    expect(panel.get_by_text(ROW)).to_be_visible()
    expect(panel.get_by_role("status")).to_have_text("1 warning, 1 piece of advice")
    assert Article.objects.get().blocks()[0].body == "<p>In week three it fell to ninth.</p>"
    desk.locator(".block-fold").first.click()
    panel.get_by_role("link", name="The chart says otherwise.").click()
    expect(text).to_be_focused()
    assert desk.evaluate("document.getSelection().toString()") == FALSE
    desk.keyboard.type("It was ninth.")
    expect(panel.get_by_text(FALSE)).to_be_hidden()
    desk.locator("#id_headline").fill("")
    expect(panel.get_by_text("Give it a headline.")).to_be_visible()
    panel.get_by_role("link", name="Give it a headline.").click()
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.locator("#id_headline").fill("One season and out")


def test_a_press_is_not_lost_while_the_panel_has_news(desk, article):
    article.blocks()[0].__class__.objects.update(body=f"<p>{FALSE}</p>")
    panel = open_form(desk, article)
    link = panel.get_by_role("link", name="The chart says otherwise.")
    expect(link).to_be_visible()
    held = []
    desk.route("**/checks/", lambda route: held.append(route))
    with desk.expect_request("**/checks/"):
        desk.locator("#id_headline").fill("")
    link.hover()
    desk.mouse.down()
    with desk.expect_response("**/checks/") as answer:
        held.pop().continue_()
    answer.value.finished()
    desk.unroute("**/checks/")
    desk.mouse.up()
    expect(desk.get_by_role("textbox", name="Text").first).to_be_focused()
    expect(panel.get_by_text("Give it a headline.")).to_be_visible()
    desk.locator("#id_headline").fill("One season and out")


def test_a_reason_is_kept_without_saving_or_losing_what_is_typed(desk, article):
    article.blocks()[0].__class__.objects.update(body=f"<p>{FALSE}</p>")
    panel = open_form(desk, article)
    desk.locator("#id_headline").fill("Typed and not saved")
    panel.get_by_text("It is right as it stands").click()
    panel.get_by_role("button", name="Keep this reason").click()
    expect(panel.get_by_role("alert")).to_have_text("Say why the sentence stays as it is.")
    panel.get_by_text("It is right as it stands").click()
    panel.get_by_label("Why?").fill("By the daily list.")
    panel.get_by_label("Why?").press("Enter")
    panel.get_by_text(re.compile("^Answered")).click()
    expect(panel.get_by_text("“By the daily list.”")).to_be_visible()
    assert CheckAnswer.objects.get().reason == "By the daily list."
    assert Article.objects.get().headline == "One season and out"
    assert desk.locator("#id_headline").input_value() == "Typed and not saved"
    assert violations(desk, "#desk-checks") == []
    panel.get_by_role("button", name="Take it back").click()
    expect(panel.get_by_text(re.compile("^Answered"))).to_have_count(0)
    expect(panel.get_by_text(ROW)).to_be_visible()
    assert not CheckAnswer.objects.exists()
    desk.locator("#id_headline").fill("One season and out")


def test_the_false_sentence_is_caught_on_the_sample_story_and_the_true_one_accepted(desk):
    load()
    article = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    panel = open_form(desk, article)
    panel.locator("[data-counts]").get_by_text(re.compile("advice|All clear")).wait_for()
    expect(panel.locator(".checks-warning")).to_have_count(0)
    story = desk.get_by_role("textbox", name="Text")
    drop = story.filter(has_text="It had not: it was ninth.")
    drop.locator("p", has_text="It had not: it was ninth.").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" The series fell out of the top 10 in week three.")
    expect(panel.get_by_text("The series fell out of the top 10 in week three.")).to_be_visible()
    expect(panel.get_by_text(ROW)).to_be_visible()
    desk.get_by_role("button", name="Publish changes").click()
    desk.get_by_role("button", name="Publish anyway").wait_for()
    expect(desk.get_by_role("region", name="Before you publish").get_by_text(ROW)).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Publish anyway").click()
    desk.get_by_text("Published: version").wait_for()


def test_the_confirmation_and_the_page_of_checks_work_without_a_script(open_page, editor, article):
    article.blocks()[0].__class__.objects.update(body=f"<p>{FALSE}</p>")
    page = open_page(java_script_enabled=False)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto(f"/admin/articles/article/{article.pk}/publish/")
    page.get_by_label("Note for the newsroom").fill("First")
    page.get_by_label("Note for the newsroom").press("Enter")
    assert page.get_by_label("Note for the newsroom").input_value() == "First"
    assert not Article.objects.get().is_published
    page.get_by_text("It is right as it stands").click()
    page.get_by_label("Why?").fill("By the daily list.")
    page.get_by_role("button", name="Keep this reason").click()
    assert page.get_by_label("Note for the newsroom").input_value() == "First"
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published: version 1 is live.").wait_for()
    page.goto(f"/admin/articles/article/{article.pk}/checks/")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text(ROW).wait_for()
