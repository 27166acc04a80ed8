"""The key that leads to the search, and the switch that turns it off."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_publication, publish_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(page, live_server):
    make_publication()
    publish_article(headline="The lighthouse closes")
    page.goto("/")
    return page


def test_slash_leads_to_the_field_from_every_page_and_is_typed_in_fields(page):
    page.keyboard.press("Control+/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/#q")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("light/house")
    expect(field).to_have_value("light/house")
    page.get_by_role("heading", name="Search").click()
    expect(field).not_to_be_focused()
    page.keyboard.press("/")
    expect(field).to_be_focused()


def test_who_does_not_want_the_key_switches_it_off(page):
    page.goto("/search/")
    switch = page.get_by_role("checkbox", name="The key / leads here from every page")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.reload()
    expect(switch).not_to_be_checked()
    page.goto("/")
    page.keyboard.press("/")
    page.goto("/search/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    switch.check()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
