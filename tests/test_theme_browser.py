"""Light and dark by a switch in the masthead: remembered, there before the page is drawn, and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_publication, publish_article

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = {"light": "rgb(253, 251, 246)", "dark": "rgb(22, 21, 15)"}
# What the page wears when its text is there and before anything of it was drawn or pressed.
FIRST = """addEventListener("DOMContentLoaded", () => {
    window.first = getComputedStyle(document.body).backgroundColor;
}, { capture: true, once: true });"""


@pytest.fixture
def story():
    make_publication("Cold Open")
    return publish_article(headline="One season and out")


def paper(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def bar(page):
    """The colours of the browser's own bar by light and by dark."""
    return page.evaluate("[...document.querySelectorAll('[name=theme-color]')].map((bar) => bar.content)")


def press(page, name, then):
    page.get_by_role("button", name=f"Colours: {name}").press("Enter")
    expect(page.get_by_role("button", name=f"Colours: {then}")).to_be_focused()


def test_a_choice_stays_on_every_page_from_its_first_moment_and_can_be_taken_back(story, open_page):
    page = open_page(color_scheme="dark")
    page.add_init_script(FIRST)
    page.goto("/")
    assert paper(page) == PAPER["dark"]
    press(page, "as on the device", "light")
    assert paper(page) == PAPER["light"] and bar(page) == ["#fdfbf6", "#fdfbf6"]
    page.get_by_role("link", name="One season and out").first.click()
    page.wait_for_url("**/articles/**")
    assert page.evaluate("window.first") == PAPER["light"] == paper(page)
    page.reload()
    assert page.evaluate("window.first") == PAPER["light"]
    press(page, "light", "dark")
    page.emulate_media(color_scheme="light")
    assert paper(page) == PAPER["dark"] and bar(page) == ["#16150f", "#16150f"]
    page.go_back()
    assert paper(page) == PAPER["dark"]
    press(page, "dark", "as on the device")
    assert paper(page) == PAPER["light"] and bar(page) == ["#fdfbf6", "#16150f"]


def test_it_fits_a_phone_is_large_enough_and_is_not_printed(story, open_page):
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto("/")
    box = page.get_by_role("button", name="Colours").bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    press(page, "as on the device", "light")
    press(page, "light", "dark")
    page.emulate_media(media="print")
    expect(page.locator(".theme")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_an_odd_value_in_the_browsers_store_is_the_devices_choice(story, open_page):
    page = open_page(color_scheme="dark")
    page.goto("/")
    page.evaluate("localStorage.setItem('cliffhanger-theme', 'constructor')")
    page.reload()
    assert paper(page) == PAPER["dark"]
    expect(page.get_by_role("button", name="Colours: as on the device")).to_be_visible()
