"""After posting, in a real browser: confirming an address, changing one's own comment, reporting others'."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Comment, CommentPolicy, Report, Subscription
from comments.subscriptions import ask
from comments.tokens import kept_token, link_token, mail_token
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}}
MARA = "mara@reader.example"


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


def write(page, article, text="It deserved a second season."):
    """Write a comment on the article's page, and post it."""
    page.goto(article.get_absolute_url())
    for label, value in {"Comment *": text, "Name *": "Mara", "Email *": MARA}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Post Comment").click()
    page.wait_for_url("**/held/**")


def confirm_address(comment):
    return reverse("comments:confirm", args=[mail_token("confirm", comment.pk)])


def assert_accessible(page):
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []


def test_a_browser_that_confirmed_an_address_writes_as_its_reader(page, article):
    known = make_comment(article, email=MARA, created_at=timezone.now() - timedelta(minutes=1))
    ask(known)
    page.goto(confirm_address(known))
    page.get_by_role("button", name="Confirm it is you").click()
    expect(page.get_by_text("This browser remembers it for a year")).to_be_visible()
    expect(page.get_by_text("cannot remember")).to_have_count(0)
    assert Subscription.objects.get().confirmed_at
    write(page, article)
    assert Comment.objects.latest("pk").is_confirmed
    assert not Comment.objects.earliest("pk").is_confirmed


def test_another_browser_does_not(open_page, article):
    known = make_comment(article, email=MARA, created_at=timezone.now() - timedelta(minutes=1))
    one, other = open_page(), open_page()
    one.goto(confirm_address(known))
    one.get_by_role("button", name="Confirm it is you").click()
    expect(one.get_by_text("This browser remembers it")).to_be_visible()
    write(other, article)
    assert not Comment.objects.latest("pk").is_confirmed


def test_a_browser_that_keeps_nothing_says_so(open_page, article):
    page = open_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.goto(confirm_address(make_comment(article, email=MARA)))
    page.get_by_role("button", name="Confirm it is you").click()
    expect(page.get_by_text("This browser cannot remember it")).to_be_visible()


def test_the_forms_token_is_asked_for_once_and_again_after_an_hour(page, article):
    asked = []
    page.on("request", lambda request: request.url.endswith("/token/") and asked.append(request))
    page.clock.install()
    page.goto(article.get_absolute_url())
    text, token = page.get_by_label("Comment *"), page.locator("[name=form_token]")
    assert asked == []
    with page.expect_response("**/token/"):
        text.press_sequentially("Thought")
    expect(token).to_have_value(re.compile(".+"))
    page.get_by_label("Name *").fill("Mara")
    assert len(asked) == 1
    page.clock.fast_forward("01:00:01")
    with page.expect_response("**/token/"):
        text.press_sequentially("s")
    assert len(asked) == 2


def test_a_reader_edits_and_then_deletes_their_own_published_comment(page, article):
    write(page, article)
    Comment.objects.pending().moderate("approved")
    comment = Comment.objects.get()
    page.goto(article.get_absolute_url())
    own = page.locator(f"#comment-{comment.pk} .own")
    expect(own).to_contain_text("minutes left")
    own.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment", exact=True).fill("It deserved two.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("awaiting moderation")).to_be_visible()
    page.get_by_role("link", name="Back to the article").click()
    expect(page.locator(".held")).to_contain_text("It deserved two.")
    expect(page.locator(".held")).to_have_count(1)
    page.locator(".held").get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Your comment is deleted")).to_be_visible()
    page.get_by_role("link", name="Back to the article").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".held")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('cliffhanger.held')") == "[]"
    assert Comment.objects.get().body == ""


def test_after_the_minutes_the_links_are_gone_and_the_browser_forgets(page, article):
    write(page, article)
    Comment.objects.pending().moderate("approved")
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    page.goto(article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    expect(page.locator(".own")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('cliffhanger.held')") == "[]"


def test_nobody_elses_browser_offers_to_change_a_comment(open_page, article):
    mine, other = open_page(), open_page()
    write(mine, article)
    Comment.objects.pending().moderate("approved")
    other.goto(article.get_absolute_url())
    other.wait_for_load_state("networkidle")
    expect(other.get_by_text("It deserved a second season.")).to_be_visible()
    expect(other.locator(".own")).to_have_count(0)


def test_everything_works_without_a_script(open_page, article):
    page = open_page(java_script_enabled=False)
    write(page, article)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment", exact=True).fill("Written again.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written again.")).to_be_visible()
    other = make_comment(article, name="Theo")
    page.goto(reverse("comments:report", args=[article.slug, other.pk]))
    expect(page.get_by_label("Leave this empty")).to_be_hidden()
    page.get_by_label("Gives away the plot").check()
    page.get_by_label("Details, if they help").fill("In the second line.")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_text("Your report is with the moderators.")).to_be_visible()
    assert Report.objects.get().details == "In the second line."
    ask(other)
    page.goto(confirm_address(other))
    page.get_by_role("button", name="Confirm it is you").click()
    expect(page.get_by_text("This browser cannot remember it")).to_be_visible()
    subscription = Subscription.objects.get()
    page.goto(reverse("comments:unsubscribe", args=[mail_token("unsubscribe", subscription.pk)]))
    page.get_by_role("button", name="No more mails about this conversation").click()
    expect(page.get_by_role("heading", name="The mails have ended")).to_be_visible()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_after_posting_are_accessible(open_page, article, page_problems, scheme):
    page_problems.allow("410", "422")
    CommentPolicy(hold="strangers").save()
    comment = make_comment(article, status="pending", email=MARA)
    other = make_comment(article, name="Theo")
    ask(comment)
    end = mail_token("unsubscribe", Subscription.objects.get().pk)
    own = reverse("comments:own", args=[article.slug, kept_token(comment)])
    page = open_page(color_scheme=scheme, **PHONE)
    for address in (
        reverse("comments:held", args=[article.slug, link_token(comment)]),
        own,
        f"{own}?delete",
        reverse("comments:own", args=[article.slug, kept_token(make_comment(article, status="spam"))]),
        reverse("comments:report", args=[article.slug, other.pk]),
        confirm_address(comment),
        reverse("comments:unsubscribe", args=[end]),
    ):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(reverse("comments:report", args=[article.slug, other.pk]))
    page.locator("form.own-form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_text("Please choose what is wrong")).to_be_visible()
    assert_accessible(page)
