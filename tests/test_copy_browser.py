"""Never losing work, in a browser: what is typed is kept, offered again, and told to whoever writes too."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, PrivateCopy, Section
from tests.conftest import PASSWORD
from tests.factories import make_article, make_section
from tests.writing import change_url, rewrite

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = re.compile(r"Typed text kept \d\d:\d\d\.")


def log_in(page, username):
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def desk(page, editor):
    """A page on which the editor is logged in."""
    return log_in(page, "editor")


@pytest.fixture
def article():
    article = make_article(headline="Before", text="")
    make_section(article, heading="The decision", body="<p>It was renewed.</p>")
    return article


def open_form(desk, article, query=""):
    # As if quick hands typed: what comes two seconds after the last key comes at once.
    desk.add_init_script(
        "const later = window.setTimeout;"
        "window.setTimeout = (act, wait, ...rest) => later(act, wait === 2000 ? 50 : wait, ...rest);"
    )
    desk.goto(change_url(article) + query)
    desk.locator(".block-buttons").first.wait_for()


def headline(desk):
    return desk.get_by_role("textbox", name="Headline").first


def text(desk):
    return desk.get_by_role("textbox", name="Text").first


def press_save(desk):
    desk.get_by_role("button", name="Save", exact=True).click()


def away(page):
    """The server is away for this page."""
    page.route("**/admin/**", lambda route: route.abort("connectionrefused"))


def back(page):
    page.unroute_all(behavior="ignoreErrors")


def test_typing_is_kept_by_itself_and_taken_up_on_return(desk, article):
    open_form(desk, article)
    text(desk).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" And cancelled.")
    expect(desk.locator(".copy-line")).to_have_text(KEPT)
    assert Section.objects.get().body == "<p>It was renewed.</p>"
    desk.goto("/admin/")
    open_form(desk, article)
    expect(desk.get_by_text("and did not save it")).to_be_visible()
    desk.get_by_role("link", name="Take it up").click()
    expect(desk.get_by_text("It is not saved yet")).to_be_visible()
    expect(text(desk)).to_have_text("It was renewed. And cancelled.")
    press_save(desk)
    expect(
        desk.get_by_text("Readers do not see it", exact=False).or_(desk.get_by_text("Saved."))
    ).to_be_visible()
    assert Section.objects.get().body == "<p>It was renewed. And cancelled.</p>"
    assert not PrivateCopy.objects.exists()


def test_a_form_that_nobody_touched_keeps_nothing_and_asks_nothing(desk, article):
    open_form(desk, article)
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    headline(desk).click()
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.goto("/admin/")
    assert not asked and not PrivateCopy.objects.exists()


def test_leaving_with_unsaved_text_asks_and_saving_does_not(desk, article):
    open_form(desk, article)
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    headline(desk).fill("After")
    with desk.expect_navigation():
        press_save(desk)
    desk.locator(".block-buttons").first.wait_for()
    assert not asked and Article.objects.get().headline == "After"
    headline(desk).fill("Once more")
    desk.goto("/admin/")
    assert asked == ["beforeunload"]


def test_while_the_server_is_away_it_says_so_and_nothing_typed_is_lost(desk, article, page_problems):
    page_problems.allow("net::ERR_CONNECTION_REFUSED")
    open_form(desk, article)
    away(desk)
    headline(desk).fill("Typed while it was away")
    expect(desk.locator(".copy-line")).to_contain_text("Not kept: no connection. What you type stays")
    press_save(desk)
    expect(desk.locator(".copy-line")).to_contain_text("It is not saved. Press the button again")
    assert headline(desk).input_value() == "Typed while it was away"
    back(desk)
    desk.evaluate("window.dispatchEvent(new Event('online'))")
    expect(desk.locator(".copy-line")).to_have_text(KEPT)


def test_a_tab_that_was_lost_while_the_server_was_away_is_offered_again(desk, article, page_problems):
    page_problems.allow("net::ERR_CONNECTION_REFUSED")
    open_form(desk, article)
    away(desk)
    headline(desk).fill("Typed while it was away")
    expect(desk.locator(".copy-line")).to_contain_text("Not kept")
    # As where the browser dies: what a page sends as it goes passes by Playwright's routes.
    desk.evaluate("window.fetch = () => new Promise(() => {}); navigator.sendBeacon = () => false;")
    desk.goto("about:blank")
    back(desk)
    assert not PrivateCopy.objects.exists()
    open_form(desk, article)
    expect(desk.get_by_text("and did not save it")).to_be_visible()
    desk.get_by_role("link", name="Take it up").click()
    expect(headline(desk)).to_have_value("Typed while it was away")


def test_a_save_after_the_login_has_ended_loses_nothing(desk, article, page_problems):
    page_problems.allow("403")
    open_form(desk, article)
    desk.context.clear_cookies()
    headline(desk).fill("Typed without a login")
    expect(desk.locator(".copy-line")).to_contain_text("You have been logged out")
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Log in again in another tab").click()
    other = opened.value
    other.get_by_label("Username").fill("editor")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/admin/")
    with desk.expect_navigation():
        press_save(desk)
    desk.locator(".block-buttons").first.wait_for()
    assert Article.objects.get().headline == "Typed without a login"
    assert desk.evaluate("Object.keys(localStorage).filter(key => key.startsWith('cliffhanger-typed'))") == []


def test_a_refused_save_is_kept_as_it_stands(desk, article):
    open_form(desk, article)
    text(desk).click()
    desk.keyboard.type("Long thought about. ")
    headline(desk).fill("")
    with desk.expect_navigation():
        press_save(desk)
    expect(desk.locator(".copy-line")).to_have_text(KEPT)
    desk.goto("/admin/")
    open_form(desk, article, "?copy=1")
    expect(text(desk)).to_contain_text("Long thought about.")


def test_two_editors_hear_of_each_other_and_choose(desk, open_page, article, administrator):
    other = log_in(open_page(), "admin")
    open_form(desk, article)
    open_form(other, article)
    expect(other.locator(".copy-others")).to_contain_text("Editor has this open too")
    headline(desk).fill("Mine")
    headline(other).fill("Theirs")
    with other.expect_navigation():
        press_save(other)
    expect(desk.locator(".copy-line")).to_have_text(KEPT)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.locator(".copy-saved")).to_contain_text("Admin saved this at")
    expect(desk.locator(".copy-others")).to_contain_text("Admin has this open too")
    with desk.expect_navigation():
        press_save(desk)
    conflict = desk.get_by_role("group", name="Headline")
    expect(conflict).to_contain_text("Theirs")
    conflict.get_by_label("Take theirs").check()
    with desk.expect_navigation():
        press_save(desk)
    desk.locator(".block-buttons").first.wait_for()
    expect(headline(desk)).to_have_value("Theirs")
    assert Article.objects.get().headline == "Theirs"


def test_both_texts_of_a_section_are_shown_and_axe_finds_nothing_serious(desk, article):
    from axe_playwright_python.sync_playwright import Axe

    open_form(desk, article)
    text(desk).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Twice.")
    Section.objects.update(body="<p>It was cancelled.</p>")
    rewrite(article, kicker="Theirs")
    with desk.expect_navigation():
        press_save(desk)
    conflict = desk.get_by_role("group", name="Section: The decision · Text")
    expect(conflict.locator("del")).to_have_text("cancelled.")
    expect(conflict.locator("ins")).to_have_text("renewed. Twice.")
    found = Axe().run(desk).response["violations"]
    assert not [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
