"""Comments in a real browser: what the script adds, and that every way of reaching the site can post."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser import CHROMIUM, FLAGS
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


def fill(page, **typed):
    typed = {"Comment *": "It deserved a second season.", "Name *": "Mara", **typed}
    for label, text in {"Email *": "mara@reader.example", **typed}.items():
        page.get_by_label(label, exact=True).fill(text)


def post(page):
    page.get_by_role("button", name="Post Comment").click()


def visit(page, article):
    page.goto(article.get_absolute_url())


def decide(status):
    Comment.objects.pending().moderate(status)


def kept_tokens(page):
    """What the browser keeps once the page has asked what became of it."""
    page.wait_for_load_state("networkidle")
    return page.evaluate("localStorage.getItem('cliffhanger.held')")


def assert_accessible(page):
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []


def test_a_reader_sees_their_own_comment_in_its_place_until_it_is_decided(open_page, article):
    parent = make_comment(article, name="Theo")
    mine, other = open_page(**PHONE), open_page()
    visit(mine, article)
    mine.get_by_role("link", name="Reply to Theo").click()
    fill(mine)
    post(mine)
    expect(mine.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
    mine.get_by_role("link", name="Back to the article").click()
    held = mine.locator(f"#comment-{parent.pk} .held")
    expect(held).to_contain_text("It deserved a second season.")
    expect(held).to_contain_text("Your comment is awaiting moderation.")
    visit(other, article)
    expect(other.get_by_role("heading", name="1 comment")).to_be_visible()
    expect(other.get_by_text("It deserved a second season.")).to_have_count(0)
    decide("approved")
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=15))
    visit(mine, article)
    expect(mine.get_by_role("heading", name="2 comments")).to_be_visible()
    expect(mine.get_by_text("It deserved a second season.")).to_have_count(1)
    expect(mine.locator(".held")).to_have_count(0)
    assert kept_tokens(mine) == "[]"


@pytest.mark.parametrize("status", ["spam", "rejected"])
def test_a_refused_comment_is_shown_no_more_and_forgotten(page, article, status):
    visit(page, article)
    fill(page)
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    decide(status)
    visit(page, article)
    assert kept_tokens(page) == "[]"
    expect(page.locator(".held")).to_have_count(0)


def test_answering_moves_the_form_and_cancelling_brings_it_back(page, article):
    comment = make_comment(article, name="$& Theo")
    visit(page, article)
    page.get_by_role("link", name="Reply to $& Theo").click()
    box = page.locator(f"#comment-{comment.pk} #respond")
    expect(box.get_by_role("heading", name="Leave a Reply to $& Theo")).to_be_visible()
    expect(box.get_by_label("Comment *")).to_be_focused()
    page.get_by_role("link", name="Cancel reply").click()
    expect(page.get_by_role("heading", name="Leave a Comment")).to_be_visible()
    expect(page.locator(f"#comment-{comment.pk} #respond")).to_have_count(0)
    expect(page.get_by_role("link", name="Cancel reply")).to_be_hidden()
    fill(page)
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    assert Comment.objects.pending().get().parent is None


def test_unsent_text_stays_in_the_tab_until_it_is_stored(page, article):
    comment = make_comment(article, name="Theo")
    visit(page, article)
    page.get_by_role("link", name="Reply to Theo").click()
    page.get_by_label("Comment *").fill("A long thought")
    page.goto("/shows/")
    visit(page, article)
    expect(page.locator(f"#comment-{comment.pk} #respond").get_by_label("Comment *")).to_have_value(
        "A long thought"
    )
    fill(page)
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    visit(page, article)
    expect(page.get_by_label("Comment *")).to_have_value("")
    expect(page.get_by_role("heading", name="Leave a Comment")).to_be_visible()


def test_name_and_address_are_remembered_only_while_the_box_is_ticked(page, article):
    box = page.get_by_role("checkbox", name=re.compile("Save my name, email, and website"))
    visit(page, article)
    expect(box).not_to_be_checked()
    fill(page, Website="mara.example", **{"Email *": "once@reader.example"})
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    visit(page, article)
    expect(page.get_by_label("Name *")).to_have_value("")
    fill(page, Website="mara.example", **{"Comment *": "Another thought."})
    box.check()
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    visit(page, article)
    expect(page.get_by_label("Name *")).to_have_value("Mara")
    expect(page.get_by_label("Email *")).to_have_value("mara@reader.example")
    expect(page.get_by_label("Website", exact=True)).to_have_value("mara.example")
    expect(box).to_be_checked()
    assert page.context.cookies() == []
    box.uncheck()
    visit(page, article)
    expect(page.get_by_label("Name *")).to_have_value("")


def test_a_button_hides_the_selected_words_as_a_spoiler(page, article):
    visit(page, article)
    fill(page, **{"Comment *": "In the end they all leave."})
    page.get_by_label("Comment *").evaluate("(field) => field.setSelectionRange(11, 25)")
    hide = page.get_by_role("button", name="Hide the selected words as a spoiler")
    # Beside “Post Comment” it must not look like the thing to press.
    assert hide.evaluate("(button) => getComputedStyle(button).backgroundColor") == "rgba(0, 0, 0, 0)"
    hide.click()
    expect(page.get_by_label("Comment *")).to_have_value("In the end ||they all leave||.")
    post(page)
    expect(page.locator("summary, .spoiler").first).to_be_visible()
    expect(page.get_by_text("they all leave")).to_be_hidden()


TWO_PRESSES_THAT_GET_THROUGH = """
() => {
  const form = document.querySelector(".comment-form");
  let through = 0;
  form.addEventListener("submit", (event) => {
    through += !event.defaultPrevented;
    event.preventDefault();
  });
  form.requestSubmit();
  form.requestSubmit();
  return through;
}
"""


def test_of_two_presses_one_gets_through(page, article):
    visit(page, article)
    fill(page)
    assert page.evaluate(TWO_PRESSES_THAT_GET_THROUGH) == 1


def test_a_double_press_posts_once_and_does_not_lock_the_form(page, article):
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    visit(page, article)
    fill(page)
    page.get_by_role("button", name="Post Comment").dblclick()
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    assert len(posts) == 1 and Comment.objects.count() == 1
    page.go_back()
    fill(page, **{"Comment *": "A second thought.", "Email *": "second@reader.example"})
    post(page)
    expect(page.get_by_text("A second thought.")).to_be_visible()
    assert Comment.objects.count() == 2


def test_it_all_works_without_a_script(open_page, article, page_problems):
    page_problems.allow("422")
    parent = make_comment(article, name="Theo")
    page = open_page(java_script_enabled=False)
    visit(page, article)
    page.get_by_role("link", name="Reply to Theo").click()
    fill(page, **{"Email *": "mara@wrong"})
    post(page)
    expect(page.get_by_role("heading", name="Your comment was not posted")).to_be_visible()
    expect(page.get_by_label("Comment *")).to_have_value("It deserved a second season.")
    expect(page.get_by_label("Email *")).to_have_accessible_description("Enter a valid email address.")
    fill(page)
    post(page)
    expect(page.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
    assert Comment.objects.pending().get().parent == parent


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_around_posting_are_accessible(open_page, article, page_problems, scheme):
    page_problems.allow("422")
    make_comment(article, parent=make_comment(article, name="Theo", website="https://theo.example"))
    page = open_page(color_scheme=scheme, **PHONE)
    visit(page, article)
    page.get_by_role("link", name="Reply to Theo").click()
    assert_accessible(page)
    fill(page, **{"Email *": "mara@wrong"})
    post(page)
    expect(page.get_by_text("Please mend this")).to_be_visible()
    assert_accessible(page)
    fill(page)
    post(page)
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    assert_accessible(page)
    visit(page, article)
    expect(page.locator(".held")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_readers_post_over_plain_http_by_every_name_of_the_machine(live_server, article, settings, browser):
    """Browsers send Sec-Fetch-Site to this machine itself, but only Origin to another name without https."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "newsroom-machine.test"]
    port = live_server.url.rsplit(":", 1)[1]
    rule = "--host-resolver-rules=MAP newsroom-machine.test 127.0.0.1"
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, rule])
    try:
        for n, host in enumerate(settings.ALLOWED_HOSTS[:3]):
            page = chromium.new_page(base_url=f"http://{host}:{port}")
            sent = []
            page.on("request", lambda request, sent=sent: request.method == "POST" and sent.append(request))
            visit(page, article)
            fill(page, **{"Comment *": f"By way of {host}.", "Email *": f"reader{n}@reader.example"})
            post(page)
            expect(page.get_by_text("Your comment is awaiting moderation.")).to_be_visible()
            assert Comment.objects.count() == n + 1
            headers = sent[0].all_headers()
            assert headers["origin"] == f"http://{host}:{port}"
            assert ("sec-fetch-site" in headers) is (host != "newsroom-machine.test")
    finally:
        chromium.close()
