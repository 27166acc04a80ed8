"""The queue in a real browser: the whole of it by keyboard, on a phone by thumb, and read by axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from comments.models import Comment
from tests.conftest import PASSWORD
from tests.factories import publish_article
from tests.factories_comments import make_comment
from tests.queue_desk import QUEUE, complain, say

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


@pytest.fixture
def desk(open_page, moderator):
    """A function that opens the queue for the moderator."""

    def open_queue(address=QUEUE, **options):
        page = open_page(**options)
        page.goto(f"/admin/login/?next={address}")
        page.get_by_label("Username").fill("moderator")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{address}")
        return page

    return open_queue


def statuses():
    return dict(Comment.objects.order_by("pk").values_list("body", "status"))


def said(page, text):
    expect(page.locator(".queue-said")).to_contain_text(text)


def card(page, comment):
    return page.locator(f"#card-{comment.pk}")


def is_current(page, comment):
    expect(card(page, comment)).to_have_attribute("aria-current", "true")


def test_a_morning_by_keyboard(desk, article):
    one, two, three, four = (say(article, name, n) for n, name in enumerate(["one", "two", "three", "four"]))
    page = desk()
    page.evaluate("window.isSamePage = true")
    is_current(page, one)
    page.keyboard.press("j")
    is_current(page, two)
    expect(card(page, two)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    said(page, "1 comment approved.")
    is_current(page, two)
    expect(card(page, one)).to_have_class(re.compile("card-done"))
    expect(page.locator('[data-tab="pending"]')).to_have_text("3")
    expect(page.locator('[data-tab="approved"]')).to_have_text("1")
    page.keyboard.press("s")
    is_current(page, three)
    page.keyboard.press("d")
    is_current(page, four)
    assert statuses() == {"one": "approved", "two": "spam", "three": "rejected", "four": "pending"}
    page.keyboard.press("h")
    said(page, "1 comment hidden as a spoiler.")
    assert Comment.objects.get(pk=four.pk).is_spoiler
    page.keyboard.press("z")
    said(page, "1 change undone.")
    expect(page.locator(".queue-said .undo")).to_have_text("Redo")
    page.keyboard.press("z")
    expect(page.locator('[data-tab="pending"]')).to_have_text("2")
    assert statuses() == {"one": "approved", "two": "spam", "three": "pending", "four": "pending"}
    page.locator(".queue-said .undo").click()
    said(page, "1 change made again.")
    page.keyboard.press("z")
    expect(page.locator('[data-tab="pending"]')).to_have_text("2")
    assert page.evaluate("window.isSamePage"), "the page was loaded anew"


def test_quick_keys_are_taken_one_after_the_other(desk, article):
    for n in range(4):
        say(article, str(n), n)
    page = desk()
    for key in "asd":
        page.keyboard.press(key)
    expect(page.locator('[data-tab="pending"]')).to_have_text("1")
    assert statuses() == {"0": "approved", "1": "spam", "2": "rejected", "3": "pending"}


def test_all_that_is_ticked_by_one_key_and_back_by_another(desk, article):
    for n in range(4):
        say(article, str(n), n)
    page = desk()
    for key in "xjjx":
        page.keyboard.press(key)
    page.keyboard.press("Shift+S")
    said(page, "2 comments marked as spam.")
    assert statuses() == {"0": "spam", "1": "pending", "2": "spam", "3": "pending"}
    expect(page.locator(".action-select:checked")).to_have_count(0)
    page.keyboard.press("Shift+A")
    said(page, "Nothing is ticked.")
    page.keyboard.press("z")
    said(page, "2 changes undone.")
    assert set(statuses().values()) == {"pending"}


def test_a_reply_by_keyboard_keeps_its_text_until_it_stands(desk, article, page_problems):
    page_problems.allow("status of 422", "ERR_INTERNET_DISCONNECTED")
    comment = say(article, "Is there news?", name="Mara")
    later = say(article, "later", 5)
    page = desk()
    page.keyboard.press("r")
    reply = page.get_by_label("Your reply")
    expect(reply).to_be_focused()
    page.keyboard.type("just a draft")
    page.keyboard.press("Escape")
    # The browser closes a dialog in its own time; until then keys are the dialog's.
    expect(reply).to_be_hidden()
    assert statuses() == {"Is there news?": "pending", "later": "pending"}
    page.keyboard.press("r")
    expect(reply).to_be_visible()
    expect(reply).to_have_value("just a draft")
    reply.fill("")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_text("Please write a reply.")).to_be_visible()
    reply.fill("Not yet.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("dialog [role=alert]")).to_contain_text("This was not sent")
    expect(reply).to_have_value("Not yet.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Post reply").click()
    said(page, "Reply posted, comment approved.")
    is_current(page, later)
    answer = comment.replies.get()
    assert (answer.body, answer.status, answer.badge, answer.name) == (
        "Not yet.",
        "approved",
        "staff",
        "Moderator",
    )
    page.keyboard.press("z")
    said(page, "2 changes undone.")
    assert statuses() == {"Is there news?": "pending", "later": "pending", "Not yet.": "rejected"}


def test_an_edit_and_a_reason_by_keyboard(desk, article):
    comment, other = say(article, "call me at 555"), say(article, "off you go", 5)
    page = desk()
    page.keyboard.press("e")
    page.locator("dialog").get_by_label("Comment").fill("call me")
    page.get_by_role("button", name="Save").click()
    said(page, "1 comment edited.")
    comment.refresh_from_db()
    assert (comment.body, comment.original_body, comment.edited_by) == (
        "call me",
        "call me at 555",
        "moderator",
    )
    is_current(page, other)
    page.keyboard.press("w")
    page.get_by_label("Off topic").check()
    page.locator("dialog").get_by_role("button", name="Reject").click()
    said(page, "1 comment rejected.")
    assert other.events.get().why == "Off topic"


def test_keys_do_nothing_while_one_types_or_holds_control_or_has_switched_them_off(desk, article):
    say(article, "hello")
    page = desk()
    page.locator("#searchbar").focus()
    page.keyboard.type("asd")
    expect(page.locator("#searchbar")).to_have_value("asd")
    page.locator(".card").focus()
    page.keyboard.press("Control+d")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="One key each")).to_be_visible()
    page.keyboard.press("a")
    page.get_by_label("Single keys act").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator(".card").focus()
    page.keyboard.press("a")
    page.wait_for_load_state("networkidle")
    assert statuses() == {"hello": "pending"}


def test_the_second_moderator_is_told_and_sees_what_the_first_did(desk, article, administrator):
    comment = say(article, "hello")
    page = desk()
    Comment.objects.filter(pk=comment.pk).moderate("spam", by=administrator)
    page.keyboard.press("a")
    said(
        page,
        "1 comment was left as it is: somebody else has decided on it meanwhile.",
    )
    expect(card(page, comment)).to_contain_text("Spam")
    assert statuses() == {"hello": "spam"}


def test_after_the_last_one_the_next_page_is_one_key_away(desk, article):
    for n in range(26):
        say(article, str(n), n)
    page = desk()
    page.get_by_role("checkbox", name="Select all").check()
    page.keyboard.press("Shift+D")
    said(page, "25 comments rejected.")
    page.keyboard.press("j")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card-body")).to_have_text("25")


def test_a_morning_by_thumb(desk, article):
    parent = make_comment(article, name=LONG, body=LONG)
    one = say(article, f"{LONG} one", parent=parent, website="https://a-very-long.example/" + "a" * 90)
    complain(one, details=LONG)
    two = say(article, "two", 5)
    page = desk(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(card(page, one)).to_contain_text(f"{LONG} one")
    card(page, one).get_by_text("More").tap()
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".card-buttons button, .card-buttons a, .card-more summary, .queue-tabs a, .queue-orders a"
    )].filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)""")
    assert small == []
    card(page, one).get_by_role("button", name="Approve").tap()
    undo = page.locator(".queue-said .undo")
    expect(undo).to_be_visible()
    box = undo.bounding_box()
    assert box["height"] >= 44 and box["y"] > 844 * 0.8
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card(page, two).get_by_role("button", name="Spam").tap()
    said(page, "1 comment marked as spam.")
    undo.tap()
    said(page, "1 change undone.")
    assert statuses()["two"] == "pending"
    assert statuses()[f"{LONG} one"] == "approved"


def test_a_reply_begun_before_the_login_ended_is_there_after_the_next_one(desk, article, page_problems):
    page_problems.allow("status of 422")
    say(article, "Is there news?", name="Mara")
    page = desk()
    reply = page.get_by_label("Your reply")
    page.keyboard.press("r")
    reply.fill("A long answer.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("dialog [role=alert]")).to_contain_text("You are logged out; nothing was changed.")
    page.reload()
    page.get_by_label("Username").fill("moderator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{QUEUE}")
    page.keyboard.press("r")
    expect(reply).to_have_value("A long answer.")
    Comment.objects.update(status="rejected")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_text("Meanwhile somebody else has changed this comment")).to_be_visible()
    page.keyboard.press("Escape")
    expect(reply).to_be_hidden()
    page.keyboard.press("r")
    expect(reply).to_be_visible()
    expect(reply).to_have_value("A long answer.")
    page.get_by_role("button", name="Post reply").click()
    said(page, "Reply posted")
    page.reload()
    page.goto(f"{QUEUE}?status=all")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(reply).to_have_value("")


def test_nothing_covers_the_label_of_what_is_done_to_the_ticked(desk, article):
    say(article, "one")
    page = desk()
    covered = """label => {
        const range = document.createRange();
        range.selectNodeContents(label.firstChild);
        const { left, top, height } = range.getBoundingClientRect();
        return document.elementFromPoint(left + 2, top + height / 2) !== label;
    }"""
    assert not page.locator(".actions label").evaluate(covered)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [{}, PHONE])
def test_axe_finds_nothing_in_the_queue(desk, article, scheme, options):
    parent = make_comment(article)
    one = say(article, "one", parent=parent, website="https://a.example/", is_confirmed=True, spam_score=0.9)
    complain(one, details="Rude")
    say(article, "two", 5)
    page = desk(color_scheme=scheme, **options)
    found = {"list": violations(page)}
    card(page, one).get_by_text("More").click()
    found["more"] = violations(page)
    page.keyboard.press("Escape")
    card(page, one).get_by_role("button", name="Reply").click()
    expect(page.get_by_label("Your reply")).to_be_visible()
    found["reply"] = violations(page)
    page.keyboard.press("Escape")
    card(page, one).get_by_role("button", name="Spam").click()
    said(page, "marked as spam")
    found["done"] = violations(page)
    page.goto(f"{QUEUE}{one.pk}/change/")
    found["history"] = violations(page)
    page.goto(f"{QUEUE}{one.pk}/reject/")
    found["reject"] = violations(page)
    page.goto("/admin/comments/moderationevent/")
    found["record"] = violations(page)
    assert {where: rules for where, rules in found.items() if rules} == {}


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [node["html"][:300] for node in rule["nodes"]]) for rule in found]
