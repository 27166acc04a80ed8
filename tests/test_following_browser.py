"""Following a show in a real browser, with JavaScript off: from the box to the mail's link and back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from follows.models import Follow
from tests.factories import make_publication
from tests.factories_shows import make_the_imperfects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def show():
    make_publication("Cold Open", tagline="Television news")
    return make_the_imperfects()


def violations(page, part):
    found = Axe().run(page, context=part, options={"resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_box_and_its_pages_are_whole_for_everybody_at_every_width(page, live_server, show, width):
    page.set_viewport_size({"width": width, "height": 900})
    for address in (show.get_absolute_url(), f"{show.get_absolute_url()}follow/"):
        page.goto(live_server.url + address)
        expect(page.get_by_label("Email")).to_be_visible()
        expect(page.get_by_label("Leave this empty")).to_be_hidden()
        assert not violations(page, "#main" if address.endswith("follow/") else "#follow")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_reader_follows_and_ends_it_without_a_script(open_page, live_server, show, mailoutbox):
    page = open_page(java_script_enabled=False)
    page.goto(live_server.url + show.get_absolute_url())
    page.get_by_label("Email").fill("mara@reader.example")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    page.goto(live_server.url + re.search(r"/follows/confirm/\S+", mailoutbox[0].body)[0])
    page.get_by_role("button", name="Yes, follow this show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow this show")
    assert Follow.objects.confirmed().count() == 1

    page.goto(live_server.url + re.search(r"/follows/unsubscribe/\S+", mailoutbox[0].body)[0])
    page.get_by_role("button", name="No more mails about this show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The mails have ended")
    assert not Follow.objects.exists()
