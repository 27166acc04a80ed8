"""What a real browser makes of hostile comments: text. No script runs, nothing is asked of anybody else.

The policy would forbid such a script in any case; its report that it had to also fails these tests.
"""

import pytest
from playwright.sync_api import expect

from comments.models import CommentPolicy, Report
from tests.conftest import PASSWORD
from tests.factories import make_publication, publish_article
from tests.factories_comments import make_comment
from tests.hostile import scripts, wired

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPTS = [wired(text).replace("\0", "") for text in scripts()]
# What the texts would do is asked for: hovering, focusing, pressing, failing to load.
PROVOKE = """
() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const names = ["mouseover", "mouseenter", "focus", "error", "load", "toggle", "pointerover", "wheel"];
    const all = document.querySelectorAll("main *, #content *");
    for (const element of all) for (const name of names) element.dispatchEvent(new Event(name));
    return [...document.querySelectorAll("[href], [src], [action]")]
        .map((element) => element.href || element.src || element.action)
        .filter((address) => !/^https?:/.test(address) && typeof address === "string");
}
"""
WATCH = "for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.caught = true }"


@pytest.fixture
def article():
    make_publication("Cold Open")
    CommentPolicy(threads_per_page=200, hold_at_links=0, posts_an_hour=100_000).save()
    article = publish_article(headline="One season and out")
    for number, text in enumerate(SCRIPTS):
        comment = make_comment(
            article,
            status=["approved", "pending"][number % 2],
            name=text[:200],
            # As no form would let it in: what draws it must not rely on that.
            website=text[:200] if number % 4 == 0 else "",
            body=f"{text}\n\n||{text}||",
            original_body=text,
            reasons=[{"check": "words", "words": [text[:60]]}],
        )
        if number == 0:
            Report.objects.create(comment=comment, reason="other", details=text[:500], address_key="k")
    for text in SCRIPTS:
        make_comment(article, name=text[:200], body=text)
    return article


@pytest.fixture
def watched(open_page, live_server):
    """An empty page, and a function that says whether anything on the one it is at could do harm."""
    page, elsewhere = open_page(), []
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (elsewhere.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: elsewhere.append(request.url))

    def harmless():
        assert page.evaluate(PROVOKE) == []
        assert page.evaluate("window.caught") is None
        page.wait_for_load_state("networkidle")
        assert [url for url in elsewhere if not url.startswith((live_server.url, "data:image/"))] == []

    page.harmless = harmless
    return page


def test_an_article_with_every_hostile_comment_runs_nothing(watched, article, page_problems):
    page_problems.allow("favicon.ico")  # which browsers ask for where a feed names no icon
    watched.goto(article.get_absolute_url())
    expect(watched.locator(".comment").first).to_be_visible()
    assert "<SCRIPT SRC=" in watched.locator("main").inner_text() or len(SCRIPTS) < 50
    watched.harmless()
    watched.locator("a", has_text="Reply").first.click()
    watched.harmless()
    watched.goto(f"{article.get_absolute_url()}comments/feed/")
    watched.harmless()


def test_a_refused_form_with_every_hostile_text_in_every_field_runs_nothing(watched, article, page_problems):
    page_problems.allow("422")
    watched.goto(article.get_absolute_url())
    whole = "\n".join(SCRIPTS)
    for label in ("Comment *", "Name *", "Email *", "Website"):
        watched.get_by_label(label, exact=True).fill(whole)
    watched.get_by_label("Email *").evaluate("field => field.form.noValidate = true")
    watched.get_by_role("button", name="Post Comment").click()
    expect(watched.get_by_role("heading", name="Your comment was not posted")).to_be_visible()
    watched.harmless()


def test_ones_own_hostile_comment_that_waits_runs_nothing(watched, article):
    watched.goto(article.get_absolute_url())
    watched.get_by_label("Comment *").fill("\n\n".join(SCRIPTS))
    watched.get_by_label("Name *").fill(SCRIPTS[0][:200])
    watched.get_by_label("Email *").fill("mara@reader.example")
    watched.get_by_role("button", name="Post Comment").click()
    expect(watched.get_by_text("awaiting moderation").first).to_be_visible()
    watched.harmless()
    watched.goto(article.get_absolute_url())
    expect(watched.locator(".held")).to_be_visible()
    watched.harmless()


def test_the_queue_with_every_hostile_comment_runs_nothing(watched, article, administrator):
    watched.goto("/admin/login/?next=/admin/comments/comment/")
    watched.get_by_label("Username").fill(administrator.username)
    watched.get_by_label("Password").fill(PASSWORD)
    watched.get_by_role("button", name="Log in").click()
    for query in ("", "?p=2", "?p=3", "?status=reported", "?status=approved"):
        watched.goto(f"/admin/comments/comment/{query}")
        expect(watched.locator(".card").first).to_be_visible()
        watched.harmless()
    reported = Report.objects.get().comment_id
    watched.goto(f"/admin/comments/comment/{reported}/change/")
    watched.harmless()
