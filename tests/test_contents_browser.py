"""An article's table of contents: on a wide screen beside the text, marking the section that is read."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = ["Overview", "Decision", "Viewership", "Speculation"]


@pytest.fixture
def address(db):
    article = make_article(text="")
    for heading in HEADINGS:
        make_section(article, heading=heading, body="<p>A long paragraph.</p>" * 40)
    article.publish(by=None)
    return article.get_absolute_url()


def test_it_stays_in_sight_and_marks_where_one_is(open_page, address):
    page = open_page(viewport={"width": 1440, "height": 800}, reduced_motion="reduce")
    page.goto(address)
    contents = page.get_by_role("navigation", name="In this article")
    for heading in HEADINGS[:3]:
        contents.get_by_role("link", name=heading).click()
        expect(page.get_by_role("heading", name=heading)).to_be_in_viewport()
        for other in HEADINGS:
            line = "underline" if other == heading else "none"
            link = contents.get_by_role("link", name=other)
            expect(link).to_be_in_viewport()
            page.mouse.move(720, 400)
            expect(link).to_have_css("text-decoration-line", line)


def test_on_a_narrower_screen_it_stands_above_the_text(open_page, address):
    page = open_page(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page.goto(address)
    contents = page.get_by_role("navigation", name="In this article")
    contents.get_by_role("link", name="Viewership").click()
    expect(page.get_by_role("heading", name="Viewership")).to_be_in_viewport()
    expect(contents).not_to_be_in_viewport()
