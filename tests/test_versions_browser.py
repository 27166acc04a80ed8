"""Versions, moments and takedowns as an editor meets them, in a browser."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe

from articles.models import Article
from tests.factories import make_section, publish_article
from tests.test_whole_path import log_in
from tests.writing import change_url, rewrite

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


@pytest.fixture
def desk(page, administrator):
    """Somebody who may do all of it, logged in."""
    log_in(page, "admin")
    return page


def nothing_serious(page):
    found = Axe().run(page).response["violations"]
    return not [rule for rule in found if rule["impact"] in ("serious", "critical")]


def open_from_form(desk, article, link):
    desk.goto(change_url(article))
    desk.get_by_role("link", name=link, exact=True).first.click()


def test_two_versions_are_compared_and_the_first_is_restored_and_published_again(desk, client):
    article = publish_article(headline="Renewed for season 2", text="<p>It comes back.</p>")
    rewrite(article, headline="Cancelled after one season").publish()
    open_from_form(desk, article, "Versions")
    desk.get_by_role("link", name="Compare with 1").click()
    assert desk.locator("del").first.inner_text() == "Renewed for"
    assert "Cancelled after one" in desk.locator("ins").first.inner_text()
    assert nothing_serious(desk)
    desk.go_back()
    desk.locator("tr", has=desk.get_by_role("rowheader", name="1", exact=True)).get_by_role(
        "link", name="Restore"
    ).click()
    desk.get_by_role("button", name="Restore").click()
    assert desk.locator("#id_headline").input_value() == "Renewed for season 2"
    assert "Cancelled after one season" in client.get(article.get_absolute_url()).content.decode()
    desk.get_by_role("button", name="Publish changes").click()
    desk.get_by_role("button", name="Publish anyway").click()
    desk.get_by_text("Published: version 3 is live.").wait_for()
    assert "Renewed for season 2" in client.get(article.get_absolute_url()).content.decode()


def test_an_update_is_scheduled_and_goes_live_by_a_plain_request_at_its_second(desk, client):
    article = publish_article(headline="No decision yet")
    with time_machine.travel(NOON, tick=True) as clock:
        Article.objects.update(published_at=NOON - timedelta(days=1))
        article.editions.update(published_at=NOON - timedelta(days=1))
        desk.goto(change_url(article))
        desk.locator("#id_headline").fill("Renewed")
        desk.get_by_role("button", name="Publish changes").click()
        desk.get_by_label("At a time").check()
        desk.get_by_label("Date and time").fill("2026-05-05T14:00")
        desk.get_by_role("button", name="Publish anyway").click()
        desk.get_by_text("Scheduled: version 2 goes live 5 May 2026, 14:00 (UTC).").wait_for()
        open_from_form(desk, article, "Another time")
        assert nothing_serious(desk)
        desk.get_by_label("Date and time").fill("2026-05-05T15:00")
        desk.get_by_role("button", name="Move it").click()
        desk.get_by_text("Version 2 goes live 5 May 2026, 15:00 (UTC), not").wait_for()
        clock.move_to(datetime(2026, 5, 5, 14, 59, 50, tzinfo=UTC))
        assert "No decision yet" in client.get(article.get_absolute_url()).content.decode()
        clock.move_to(datetime(2026, 5, 5, 15, 0, 0, tzinfo=UTC))
        assert "Renewed" in client.get(article.get_absolute_url()).content.decode()


def test_a_passage_is_looked_for_shown_and_taken_down(desk, client):
    article = publish_article(text="<p>Kept. <strong>Jane</strong> Doe stole it.</p>")
    make_section(article, heading="After", body="<p>Also kept.</p>")
    open_from_form(desk, article, "Take down a passage")
    desk.get_by_label("The passage").fill("Jane Doe stole it.")
    desk.get_by_label("The claim").fill("12 O 34/26")
    desk.get_by_role("button", name="Look for it").click()
    assert desk.get_by_role("listitem").filter(has_text="Version 1").is_visible()
    assert nothing_serious(desk)
    desk.get_by_label("Remove it everywhere, for good.").check()
    desk.get_by_role("button", name="Take it down").click()
    desk.get_by_text("Taken down from: Version 1, The draft").wait_for()
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Jane" not in page and "Kept." in page
