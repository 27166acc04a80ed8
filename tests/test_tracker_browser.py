"""The tracker in a browser: it answers while one types, and without JavaScript by its button."""

import pytest
from playwright.sync_api import expect

from tests.factories_shows import make_decision, make_network, make_season, make_show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shows():
    netflix = make_network("Netflix")
    for title in ("The Imperfects", "Partner Track"):
        show = make_show(title, network=netflix)
        make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
        make_decision(show)
    make_show("Wednesday", network=netflix)


def test_the_list_follows_what_is_typed_and_chosen(page, live_server, shows):
    page.goto(f"{live_server.url}/tracker/")
    rows, told = page.locator(".fates tbody tr"), page.locator("#tracker-shows [role=status]")
    expect(rows).to_have_count(3)
    page.get_by_label("Title").press_sequentially("imp")
    expect(rows).to_have_count(1)
    expect(told).to_contain_text("1 show")
    expect(page).to_have_url(f"{live_server.url}/tracker/?q=imp")
    page.get_by_label("Title").fill("")
    page.get_by_label("Status").select_option("cancelled")
    expect(rows).to_have_count(2)
    expect(page.get_by_role("link", name="CSV")).to_have_attribute(
        "href", "/tracker/shows.csv?status=cancelled"
    )
    page.reload()
    expect(rows).to_have_count(2)
