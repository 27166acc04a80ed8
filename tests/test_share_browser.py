"""An article is handed on by the device's own sheet, or its link is copied; nothing is loaded for it."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_publication, publish_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server, settings):
    make_publication("Cold Open")
    article = publish_article(headline="One season and out")
    return f"{settings.SITE_URL}{article.get_absolute_url()}", article.get_absolute_url()


def test_the_link_is_copied_and_that_is_said(address, open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{address[1]}#comments")
    page.get_by_role("button", name="Copy the link").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address[0]


def test_a_link_that_may_not_be_copied_is_shown(address, page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
    page.goto(address[1])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").filter(has_text=address[0])).to_be_visible()


def test_a_device_with_a_sheet_for_it_gets_title_and_link(address, page):
    page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    page.goto(address[1])
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == {"title": "One season and out – Cold Open", "url": address[0]}


def test_without_scripts_no_button_stands_there(address, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(address[1])
    expect(page.locator(".share")).to_be_hidden()
