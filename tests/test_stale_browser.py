"""In a browser: a decision is recorded, an article goes stale, and one press tells its readers."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, StaleAlert
from shows.models import Decision
from tests.conftest import PASSWORD
from tests.factories import publish_article
from tests.factories_shows import make_decision, make_season, make_show
from tests.test_accessibility import OVERFLOW, violations
from tests.writing import rewrite

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "<p>Netflix has not yet decided whether <em>The Imperfects</em> will be renewed.</p>"


@pytest.fixture
def show():
    show = make_show(slug="the-imperfects")
    ended = timezone.localdate() - timezone.timedelta(days=40)
    make_season(show, premiered_on=ended.isoformat(), finale_on=ended.isoformat())
    return show


@pytest.fixture
def article(show):
    return publish_article(headline="Waiting for word", show=show, text=WAITING)


@pytest.fixture
def log_in(open_page):
    def log_in(person, **options):
        page = open_page(**options)
        page.goto("/admin/login/?next=/admin/")
        page.get_by_label("Username").fill(person.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    return log_in


def test_from_the_decision_to_the_readers(show, article, log_in, open_page, writer, editor):
    rewrite(article, headline="An unpublished headline")
    desk = log_in(writer)
    desk.goto(f"/admin/shows/decision/add/?show={show.pk}")
    desk.get_by_label("Renewed: there will be another season").check()
    expect(desk.get_by_label("Season:", exact=True)).to_have_value("2")
    today = timezone.localdate()
    desk.locator("#id_announced_on").fill(today.strftime("%d/%m/%Y"))
    status = desk.get_by_role("status").filter(has_text="The status is")
    expect(status).to_contain_text("will be “Renewed for season 2: Netflix")
    assert violations(desk) == []
    desk.get_by_label("Source:", exact=True).fill("A trade paper")
    desk.get_by_label("Source address:").fill("https://example.com/news")
    desk.get_by_role("button", name="Record it").click()
    expect(desk.get_by_text("Netflix renewed The Imperfects for season 2.")).to_be_visible()
    expect(desk.get_by_text("1 article of somebody else's has gone stale.")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Start a short news article").click()
    expect(desk.get_by_label("Headline:")).to_have_value("Netflix renews The Imperfects for season 2")

    desk = log_in(editor)
    stale = desk.get_by_role("region", name="Gone stale")
    expect(stale).to_contain_text("Netflix has not yet decided whether The Imperfects will be renewed.")
    expect(stale).to_contain_text("Netflix renewed The Imperfects for season 2.")
    assert violations(desk) == []
    stale.get_by_role("button", name="Add an update").click()
    expect(desk.get_by_text("“Waiting for word” has an update: version 2 is live.")).to_be_visible()
    expect(stale).to_be_hidden()

    reader = open_page()
    reader.goto(article.get_absolute_url())
    expect(reader.get_by_role("complementary", name="Update")).to_contain_text("Netflix renewed")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Waiting for word")
    assert violations(reader) == []
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.get_by_label("Headline:")).to_have_value("An unpublished headline")
    expect(desk.get_by_label("What happened:").first).to_have_value(
        "Netflix renewed The Imperfects for season 2."
    )
    assert Article.objects.count() == 2 and Decision.objects.get().recorded_by == writer


def test_leaving_one_with_a_reason_and_without_a_script(show, article, log_in, editor):
    make_decision(show, "cancelled", date.today().isoformat())
    desk = log_in(editor, java_script_enabled=False)
    stale = desk.get_by_role("region", name="Gone stale")
    stale.get_by_text("Leave it, because…").click()
    stale.get_by_label("Reason").fill("It is a story about waiting")
    stale.get_by_role("button", name="Leave it").click()
    expect(desk.get_by_text("It stays as it is. Your reason is kept.")).to_be_visible()
    assert StaleAlert.objects.get().reason == "It is a story about waiting"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_fit_for_a_phone(show, article, log_in, editor, scheme):
    publish_article(headline="Another that waits", show=show, text=WAITING)
    make_decision(show, "cancelled", date.today().isoformat())
    desk = log_in(editor, color_scheme=scheme, viewport={"width": 390, "height": 800})
    desk.goto("/admin/articles/article/stale/")
    desk.get_by_text("Leave it, because…").first.click()
    assert violations(desk) == []
    assert desk.evaluate(OVERFLOW) == []
