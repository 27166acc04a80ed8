"""What a browser fetches of a picture in each of its places: enough for its screen, and no more than that."""

from itertools import product

import pytest

from pictures import making
from pictures.renditions import WIDTHS

from .factories import make_image, make_publication, picture_file, publish_article
from .factories_shows import make_show

LOADED = """async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map((picture) => picture.decode()));
    return pictures.map((picture) => ({
        fetched: picture.currentSrc.split("/").pop(),
        drawn: picture.getBoundingClientRect().width,
    }));
}"""


@pytest.fixture
def pages(transactional_db, settings, tmp_path, monkeypatch):
    """A lead, a card, a figure and a poster, each of a picture of its own, and nothing made of any yet."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(making, "make_renditions", lambda storage, name: [])
    make_publication()
    card, lead = (make_image(file=picture_file((1920, 1080), colour)) for colour in ("#a03030", "#3030a0"))
    publish_article(headline="First", lead_image=card)
    newest = publish_article(headline="Second", lead_image=lead)
    poster = {
        "poster": picture_file((1000, 1500), "#30a030"),
        "poster_alt": "A poster",
        "poster_credit": "Netflix",
    }
    return ["/", newest.get_absolute_url(), make_show(**poster).get_absolute_url()]


def test_a_browser_fetches_the_smallest_size_that_is_enough(pages, open_page):
    places = 0
    for width, density, address in product((390, 768, 1280, 1600), (1, 2), pages):
        # A page for each: a browser that has a larger size of the same picture shows that one.
        page = open_page(viewport={"width": width, "height": 900}, device_scale_factor=density)
        page.goto(address)
        for picture in page.evaluate(LOADED):
            fetched, _dot, format = picture["fetched"].partition(".")
            top = 1000 if fetched == "1000" else WIDTHS[-1]
            enough = [size for size in (*WIDTHS[:2], top) if size >= picture["drawn"] * density]
            assert (int(fetched), format) == (min(enough, default=top), "avif"), (
                width,
                density,
                address,
                picture,
            )
            places += 1
        page.context.close()
    assert places == 4 * 2 * 4


def test_the_place_of_a_picture_has_its_colour_and_its_height_before_it_comes(pages, open_page):
    page = open_page(viewport={"width": 800, "height": 900})
    held = []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto("/", wait_until="domcontentloaded")
    lead = page.locator(".lead img")
    assert lead.evaluate("picture => getComputedStyle(picture).backgroundColor") == "rgb(51, 51, 153)"
    before = lead.bounding_box()
    assert before["height"] > 300
    for route in held:
        route.continue_()
    page.unroute("**/media/**")
    lead.evaluate("picture => picture.decode()")
    assert lead.bounding_box() == before
