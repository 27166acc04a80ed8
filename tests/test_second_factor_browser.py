"""The second factor as a person with a browser and a phone goes through it; axe finds nothing wrong."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.phones import code_of, give_phone, secret_in

pytestmark = pytest.mark.django_db(transaction=True)


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def log_in(page, person, address="/admin/"):
    page.goto(address)
    page.get_by_label("Username").fill(person.get_username())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def fits(page):
    """Nothing is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_person_turns_it_on_and_comes_in_with_a_code_and_then_a_recovery_code(open_page, editor):
    page = open_page(viewport={"width": 390, "height": 800})
    log_in(page, editor)
    page.get_by_role("link", name="Second factor", exact=True).click()
    assert violations(page) == []
    page.get_by_role("link", name="Set it up").click()
    picture = page.get_by_role("img", name=re.compile("QR code"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100"), (
        "the policy lets it be shown"
    )
    assert violations(page) == [] and fits(page)
    key = secret_in(page.locator("code.secret").inner_text())
    page.get_by_label("The code that it shows").fill(code_of(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert violations(page) == [] and fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download them").click()
    recovery = page.locator(".codes li").first.inner_text()
    assert recovery in download.value.path().read_text()
    expect(page.get_by_role("button", name="Print them")).to_be_visible()
    page.get_by_role("link", name="go on").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()

    other = open_page()
    log_in(other, editor, "/admin/articles/article/")
    expect(other.get_by_label("Code")).to_be_focused()
    assert violations(other) == []
    other.keyboard.type(code_of(key, drift=1))
    other.keyboard.press("Enter")
    other.wait_for_url("**/admin/articles/article/")

    third = open_page()
    log_in(third, editor)
    third.get_by_role("link", name="Use a recovery code").click()
    expect(third.get_by_label("Recovery code")).to_be_focused()
    assert violations(third) == []
    third.keyboard.type(recovery)
    third.keyboard.press("Enter")
    expect(third.get_by_text("9 recovery codes are left.")).to_be_visible()


def test_without_scripts_it_works_the_same(open_page, editor):
    key, _codes = give_phone(editor)
    page = open_page(java_script_enabled=False)
    log_in(page, editor)
    page.get_by_label("Code").fill(code_of(key, drift=1))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_around_the_door(open_page, administrator, editor):
    give_phone(editor)
    page = open_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    log_in(page, administrator)
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    for address in [
        "/admin/",
        "/admin/invitations/",
        "/admin/logbook/entry/",
        f"/admin/auth/user/{editor.pk}/reset-second-factor/",
    ]:
        page.goto(address)
        assert violations(page) == [] and fits(page), address


def test_a_colleague_is_invited_and_stands_in_the_list(page, administrator):
    log_in(page, administrator)
    page.get_by_role("link", name="Invite them").click()
    page.get_by_label("Name").fill("Ada Newcomer")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Writers").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("An invitation is on its way to Ada Newcomer.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page.get_by_text("Withdrawn")).to_be_visible()
