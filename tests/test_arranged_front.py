"""The readers' front page: by itself, and as an editor arranges it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.front_page import put_on_top
from articles.models import FrontPage
from comments.models import Comment
from logbook.models import Entry
from tests.factories import make_article, make_category, make_tag, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_show
from tests.reading import read
from tests.writing import fields_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/frontpage/1/change/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-05-05 12:00:00+00:00", tick=False)
    return time_machine


def ahead(**time):
    return timezone.now() + timedelta(**time)


def story(name, hours=0, **fields):
    """A published article of this headline, as many hours old."""
    return publish_article(headline=name, at=ahead(hours=-hours), **fields)


def arrange(*rows, on_top=(), strip=True):
    """The front page of these rows (what, and its other fields) with these (article, until) on top."""
    page, _made = FrontPage.objects.update_or_create(pk=1, defaults={"has_strip": strip})
    page.rows.all().delete()
    for position, (kind, fields) in enumerate(rows):
        page.rows.create(kind=kind, position=position, **fields)
    for position, (article, until) in enumerate(on_top):
        page.stories.create(article=article, until=until, position=position)
    return page


def parts(page=None):
    """What stands on the page in its order: headings of sections, and the headlines in them."""
    page = (page or read("/")).partition("</h1>")[2].partition("</main>")[0]
    found = re.findall(r'<section class="[^"]+" aria-label="([^"]+)"|<h[23]>(?:<a[^>]*>)?([^<]+)', page)
    return [label or words for label, words in found]


def test_a_page_that_nobody_arranged_leads_with_the_newest_and_shows_what_there_is():
    FrontPage.objects.all().delete()
    story("Old", hours=2)
    story("New")
    assert parts() == ["Lead story", "New", "More stories", "Old"]
    make_decision(make_show())
    for number in (3, 4, 5):
        make_comment(story(f"{number} hours old", hours=number))
    assert parts()[4:] == [*(f"{n} hours old" for n in (3, 4, 5)), "Most discussed", "Latest decisions"]


def test_a_new_site_has_those_rows_to_take_from():
    assert [str(row) for row in FrontPage.objects.get().rows.all()] == [
        "Latest stories",
        "Most discussed",
        "Latest decisions",
    ]


def test_a_chosen_story_leads_until_its_moment_and_the_next_moves_up(clock):
    story("Newest")
    first, second = story("First", hours=5), story("Second", hours=9)
    arrange(("latest", {}), on_top=[(first, ahead(hours=1)), (second, None)])
    assert parts() == ["Lead story", "First", "More stories", "Second", "Newest"]
    clock.shift(timedelta(hours=1))
    assert parts() == ["Lead story", "Second", "More stories", "Newest", "First"]


def test_what_is_not_published_leads_from_its_moment_on_and_not_before(clock):
    live = story("Live")
    coming = publish_article(headline="Coming", at=ahead(hours=1))
    draft = make_article(headline="A draft")
    arrange(("latest", {}), on_top=[(draft, None), (coming, None)])
    assert parts() == ["Lead story", "Live"]
    clock.shift(timedelta(hours=1))
    assert parts() == ["Lead story", "Coming", "More stories", "Live"]
    coming.refresh_from_db()
    coming.unpublish()
    live.unpublish()
    assert parts() == ["Nothing is published yet."]


def test_rows_stand_in_their_order_and_no_story_stands_twice():
    streaming, cable, finales = make_category("Streaming"), make_category("Cable"), make_tag("Finales")
    lead = story("Lead", category=cable)
    tagged = story("Tagged", hours=1, category=streaming)
    tagged.tags.add(finales)
    for number in range(4):
        story(f"Cable {number}", hours=2 + number, category=cable)
        story(f"Streaming {number}", hours=2.5 + number, category=streaming)
    arrange(
        ("tag", {"tag": finales, "heading": "Last episodes"}),
        ("category", {"category": cable, "count": 2}),
        ("latest", {"count": 3}),
        on_top=[(lead, None)],
    )
    assert parts() == [
        *["Lead story", "Lead"],
        *["Last episodes", "Tagged"],
        *["Cable", "Cable 0", "Cable 1"],
        *["Latest stories", "Streaming 0", "Streaming 1", "Cable 2"],
    ]
    page = read("/")
    assert '<a href="/categories/cable/">All in Cable</a>' in page
    assert '<a href="/tags/finales/">All on Finales</a>' in page


def test_a_row_without_stories_is_not_drawn():
    story("Lead")
    arrange(("category", {"category": make_category("Empty")}), ("discussed", {}), ("decisions", {}))
    assert parts() == ["Lead story", "Lead"]


def test_most_discussed_counts_what_readers_may_see_of_the_last_seven_days(clock):
    counts = {"Old": 4, "New": 3, "Newer": 2}
    articles = {name: story(name, hours=400) for name in counts}
    for name, count in counts.items():
        for _ in range(count):
            make_comment(articles[name])
    quiet = story("Quiet", hours=290)
    for _ in range(5):
        make_comment(quiet, status=Comment.Status.PENDING)
    arrange(("discussed", {"count": 3}))
    page = " ".join(read("/").split())
    assert re.findall(r'<li><a href="[^"]*">(\w+)</a> <a class="when"[^>]*>([^<]+)', page) == [
        ("Old", "4 comments this week"),
        ("New", "3 comments this week"),
        ("Newer", "2 comments this week"),
    ]
    clock.shift(timedelta(days=8))
    assert "Most discussed" not in read("/")


def test_two_discussed_stories_make_no_ranking():
    articles = [story(f"Story {number}", hours=number) for number in range(3)]
    for article in articles:
        make_comment(article)
    arrange(("discussed", {}))
    assert "Most discussed" in read("/")
    articles[0].unpublish()
    assert "Most discussed" not in read("/")


def test_the_strip_is_shown_or_not():
    story("Lead")
    make_decision(make_show())
    arrange(("latest", {}))
    assert 'class="strip"' in read("/")
    arrange(("latest", {}), strip=False)
    assert 'class="strip"' not in read("/")


def test_each_row_of_stories_costs_one_query(django_assert_max_num_queries, client):
    for number in range(12):
        make_comment(story(f"Story {number}", hours=number, category=make_category(f"C{number % 4}")))
    make_decision(make_show())
    rows = [("category", {"category": make_category(f"C{number}"), "count": 2}) for number in range(4)]
    arrange(*rows, ("discussed", {}), ("decisions", {}))
    client.get("/")
    with django_assert_max_num_queries(14):
        client.get("/")


# In the newsroom.


def form(desk):
    return fields_of(desk.get(ADDRESS).content.decode(), "frontpage_form")


def with_story(data, article, until=("", "")):
    """The form with one more story on top, as its script adds it."""
    n = int(data["stories-TOTAL_FORMS"])
    more = {"article": str(article.pk), "position": str(n + 1), "until_0": until[0], "until_1": until[1]}
    return {
        **data,
        "stories-TOTAL_FORMS": str(n + 1),
        **{f"stories-{n}-{key}": value for key, value in more.items()},
    }


def test_an_editor_chooses_the_lead_and_readers_see_it_at_once(at_desk, editor):
    story("Newest")
    chosen = story("Chosen", hours=9)
    desk = at_desk(editor)
    response = desk.post(ADDRESS, with_story(form(desk), chosen, ("2026-05-06", "09:00")), follow=True)
    assert "was changed successfully" in response.content.decode()
    assert parts()[:2] == ["Lead story", "Chosen"]
    assert "Leads" in desk.get(ADDRESS).content.decode()
    assert Entry.objects.get().detail == "Stories on top: changed."


def test_a_moment_that_is_past_and_a_story_that_is_there_already_are_refused_with_all_that_is_typed(
    at_desk, editor
):
    chosen = story("Chosen")
    arrange(("latest", {}), on_top=[(chosen, None)])
    desk = at_desk(editor)
    page = desk.post(
        ADDRESS, with_story(form(desk), story("Other"), ("2026-05-04", "09:00"))
    ).content.decode()
    assert "This moment is past." in page and 'value="2026-05-04"' in page
    page = desk.post(ADDRESS, with_story(form(desk), chosen)).content.decode()
    assert "This article stands on top already." in page
    assert FrontPage.objects.get().stories.count() == 1


def test_every_field_of_a_row_is_named(at_desk, editor):
    page = at_desk(editor).get(ADDRESS).content.decode()
    for field, name in (
        ("kind", "What"),
        ("heading", "Heading"),
        ("count", "How many"),
        ("category", "Category"),
    ):
        (tag,) = re.findall(rf'<(?:input|select)[^>]*name="rows-0-{field}"[^>]*>', page)
        assert f'aria-label="{name}"' in tag
    assert 'aria-label="Article"' in page


def test_the_form_says_what_became_of_each_story(at_desk, editor, clock):
    lead, second = story("First"), story("Second")
    coming = publish_article(headline="Coming", at=ahead(days=1))
    arrange(
        ("latest", {}),
        on_top=[(make_article(), ahead(hours=1)), (lead, None), (coming, None), (second, None)],
    )
    clock.shift(timedelta(hours=2))
    page = at_desk(editor).get(ADDRESS).content.decode()
    said = re.findall(r'<td class="field-now">\s*<p>([^<]*)</p>', page)
    assert said[:4] == ["Its time is over", "Leads", "Not published: stands here once it is", "On top"]


def test_a_row_needs_what_it_is_of(at_desk, editor):
    desk = at_desk(editor)
    data = form(desk) | {"rows-0-kind": "category"}
    page = desk.post(ADDRESS, data).content.decode()
    assert "A row of a category needs its category" in page
    data |= {"rows-0-category": str(make_category("Cable").pk), "rows-0-count": "99"}
    assert "less than or equal to 24" in desk.post(ADDRESS, data).content.decode()
    desk.post(ADDRESS, data | {"rows-0-count": "3"})
    assert str(FrontPage.objects.get().rows.first()) == "Cable"


def test_a_preview_shows_what_is_typed_and_keeps_nothing(at_desk, editor):
    story("Newest")
    chosen = story("Chosen", hours=9)
    desk = at_desk(editor)
    data = with_story(form(desk), chosen) | {"rows-0-heading": "Fresh", "rows-2-DELETE": "on"}
    response = desk.post(ADDRESS.replace("change", "preview"), data)
    page = response.content.decode()
    assert parts(page) == ["Lead story", "Chosen", "Fresh", "Newest"]
    assert "Preview of the front page: nothing is saved yet." in page
    assert "no-store" in response["Cache-Control"] and response["X-Robots-Tag"] == "noindex"
    assert response["Content-Security-Policy"] == desk.get("/")["Content-Security-Policy"]
    assert parts()[:2] == ["Lead story", "Newest"]
    refused = desk.post(ADDRESS.replace("change", "preview"), data | {"rows-0-count": "0"}).content.decode()
    assert "greater than or equal to 1" in refused and 'value="Fresh"' in refused


def test_only_who_may_arrange_the_front_page_previews_it(at_desk, writer):
    assert at_desk(writer).post(ADDRESS.replace("change", "preview"), {}).status_code == 403


def test_articles_are_put_on_top_from_their_list(at_desk, editor, writer):
    was = story("Was on top")
    first, second = story("First", hours=1), story("Second", hours=2)
    arrange(("latest", {}), on_top=[(was, None), (second, ahead(hours=-1))])
    action = {"action": "put_on_top", "_selected_action": [first.pk, second.pk]}
    page = at_desk(editor).post("/admin/articles/article/", action, follow=True).content.decode()
    assert "On top of the front page now: 2 articles." in page and ADDRESS in page
    assert parts()[:5] == ["Lead story", "First", "More stories", "Second", "Was on top"]
    assert Entry.objects.get().detail == "On top: “First”, “Second”."
    at_desk(writer).post("/admin/articles/article/", action | {"_selected_action": [was.pk]})
    assert parts()[1] == "First"


def test_a_draft_that_stands_on_top_can_be_deleted():
    draft = make_article()
    put_on_top([draft], by=None)
    draft.delete()
    assert not FrontPage.objects.get().stories.exists()
