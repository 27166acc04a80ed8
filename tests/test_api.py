"""The JSON API: what readers see and nothing else, as its own description says it."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from articles.models import Article, FormerAddress
from comments.models import Comment
from tests.factories import make_article, make_category, make_tag, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_show
from tests.sampling import load_sample

ROOT = "/api/v1/"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()
    yield
    cache.clear()


def ask(path, **query):
    return Client().get(f"{ROOT}{path}", query)


def told(path, **query):
    response = ask(path, **query)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def refused(path, **query):
    """(status, sentence) of a refusal."""
    response = ask(path, **query)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.status_code, response.json()["detail"]


def all_of(path, **query):
    """The items of every page of a list, and how many pages there are."""
    page, count = told(path, **query), 1
    items = page["items"]
    while page["next"]:
        page, count = Client().get(page["next"]).json(), count + 1
        items += page["items"]
    return items, count


def follows(address):
    """The path behind an absolute address, as `told` takes it."""
    return address.partition(ROOT)[2]


@pytest.mark.django_db(transaction=True)
def test_everything_in_the_sample_is_as_the_description_says():
    load_sample()
    document = told("openapi.json")
    index = told("")
    assert index["name"] == document["info"]["title"] == "Cold Open"

    def holds(path, data):
        answer = document["paths"][path]["get"]["responses"]["200"]
        schema = answer["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        errors = list(Draft202012Validator(whole).iter_errors(data))
        assert not errors, (path, errors[0].json_path, errors[0].message)

    holds("/", index)
    for kind in ("articles", "shows"):
        items, _count = all_of(f"{kind}/", limit="5")
        assert len(items) > 5
        holds(f"/{kind}/", {"items": items, "next": None})
        for item in items:
            whole = told(follows(item["href"]))
            holds(f"/{kind}/{{slug}}/", whole)
            assert {name: whole[name] for name in item} == item
    items, _count = all_of("decisions/")
    holds("/decisions/", {"items": items, "next": None})
    story = told("articles/the-imperfects-cancelled-one-season/")
    assert {block["type"] for block in story["blocks"]} >= {"section", "panel", "quote"}
    comments, _count = all_of(follows(story["comments"]), limit="3")
    assert len(comments) == story["comment_count"] > 3
    holds("/articles/{slug}/comments/", {"items": comments, "next": None})
    show = told("shows/the-imperfects/")
    assert show["status"]["value"] == "cancelled"
    assert show["decisions"][-1]["announced_on"] == "2022-11-08"
    assert [week["rank"] for week in show["charts"][0]["weeks"]][:3] == [3, 4, 9]
    assert show["charts"][0]["first_month"] == {
        "fell_by_half": True,
        "drop_percent": 73.93,
        "is_at_least": True,
        "at_most": 9_130_000,
    }


pytestmark = pytest.mark.django_db


def test_lists_go_on_where_the_last_page_ended_and_come_to_an_end():
    slugs = [publish_article(headline=f"Story {number}").slug for number in range(5)]
    items, count = all_of("articles/", limit="2")
    assert ([item["slug"] for item in items], count) == (slugs[::-1], 3)
    shows = [make_show(f"Show {number}") for number in range(3)]
    items, count = all_of("shows/", limit="2")
    assert ([item["id"] for item in items], count) == ([show.pk for show in shows], 2)
    decisions = [make_decision(show, "cancelled", "2026-01-02").pk for show in shows]
    items, count = all_of("decisions/", limit="2")
    assert ([item["id"] for item in items], count) == (decisions[::-1], 2)


def test_lists_are_narrowed_down():
    show, other = make_show("Severance", network="Apple TV+"), make_show("Dark")
    make_decision(show, "cancelled", "2026-01-02")
    make_decision(other, "ended", "2026-01-02")
    category, tag = make_category("Charts"), make_tag("Finales")
    mine = publish_article(show=show, category=category, authors=("Ada",))
    mine.tags.add(tag)
    also = publish_article(headline="Also")
    also.also_about.add(show)
    publish_article(headline="Neither", show=other)
    found = {
        name: {item["slug"] for item in told("articles/", **{name: value})["items"]}
        for name, value in {
            "show": show.slug,
            "category": category.slug,
            "tag": tag.slug,
            "author": mine.authors.get().slug,
        }.items()
    }
    assert found.pop("show") == {mine.slug, also.slug}
    assert set(map(frozenset, found.values())) == {frozenset({mine.slug})}
    assert [item["title"] for item in told("shows/", status="cancelled")["items"]] == ["Severance"]
    assert [item["title"] for item in told("shows/", network=show.network.slug)["items"]] == ["Severance"]
    assert [item["show"]["title"] for item in told("decisions/", outcome="ended")["items"]] == ["Dark"]
    assert len(told("decisions/", show=show.slug)["items"]) == 1


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("articles/", {"categry": "x"}, "“categry” is no parameter here"),
        ("articles/", {"category": "nowhere"}, "there is no “nowhere”"),
        ("articles/", {"tag": "a\0b"}, "there is no"),
        ("articles/", {"show": "x" * 5000}, "there is no"),
        ("articles/", {"before": "yesterday"}, "“next”"),
        ("articles/", {"before": "9" * 18 + "-1"}, "“next”"),
        ("articles/", {"limit": "101"}, "from 1 to 100"),
        ("articles/", {"limit": "٣"}, "from 1 to 100"),
        ("articles/", {"limit": "0"}, "from 1 to 100"),
        ("shows/", {"status": "gone"}, "is one of: upcoming, running"),
        ("shows/", {"after": "9" * 30}, "“next”"),
        ("decisions/", {"outcome": "\0"}, "is one of"),
        ("decisions/", {"before": "-1"}, "“next”"),
        ("openapi.json", {"x": ""}, "known: none"),
    ],
)
def test_a_question_that_means_nothing_is_refused_in_a_sentence(path, query, said):
    status, detail = refused(path, **query)
    assert status == 400 and said in detail


def test_drafts_what_is_withdrawn_and_what_is_to_come_are_not_there(time_machine):
    time_machine.move_to(datetime(2026, 5, 5, 12, tzinfo=UTC), tick=False)
    draft = make_article(headline="A secret draft")
    off = publish_article(headline="Taken off")
    off.unpublish()
    later = make_article(headline="Tomorrow")
    later.publish(at=datetime(2026, 5, 6, 12, tzinfo=UTC))
    for article in (draft, off, later):
        for path in (f"articles/{article.slug}/", f"articles/{article.slug}/comments/"):
            assert refused(path) == (404, "There is nothing here, or it is not published.")
    assert told("articles/")["items"] == []
    time_machine.move_to(datetime(2026, 5, 6, 12, 0, 1, tzinfo=UTC))
    assert [item["headline"] for item in told("articles/")["items"]] == ["Tomorrow"]


def test_what_is_typed_and_not_published_is_not_told():
    article = publish_article(headline="As published")
    Article.objects.filter(pk=article.pk).update(headline="As typed since")
    assert told(f"articles/{article.slug}/")["headline"] == "As published"
    assert "typed since" not in ask("articles/").content.decode()


def test_a_former_address_leads_on_and_what_is_gone_for_good_says_so():
    article = publish_article()
    FormerAddress.objects.create(article=article, path="/articles/its-old-name/")
    moved = ask("articles/its-old-name/")
    assert (moved.status_code, follows(moved.url)) == (301, f"articles/{article.slug}/")
    gone = publish_article(headline="Gone")
    gone.unpublish(absence=Article.Absence.FOR_GOOD)
    assert refused(f"articles/{gone.slug}/") == (410, "It was taken off for good.")
    sent = publish_article(headline="Sent on")
    sent.unpublish(absence=Article.Absence.MOVED, sent_to=article)
    assert follows(ask(f"articles/{sent.slug}/").url) == f"articles/{article.slug}/"


def test_comments_that_are_not_approved_and_addresses_are_not_told():
    article = publish_article()
    shown = make_comment(
        article, name="Ada", email="ada@secret.example", website="https://ada.example", body="<b>Fine</b>"
    )
    for status in ("pending", "spam", "rejected"):
        make_comment(article, status=status, body=f"A {status} one")
    response = ask(f"articles/{article.slug}/comments/")
    assert "secret.example" not in response.content.decode() + str(response.headers)
    (comment,) = response.json()["items"]
    assert (comment["id"], comment["name"], comment["text"]) == (shown.pk, "Ada", "<b>Fine</b>")
    assert comment["website"] == "https://ada.example"
    assert told(f"articles/{article.slug}/")["comment_count"] == 1
    Comment.objects.filter(pk=shown.pk).update(website="javascript:alert(1)")
    assert told(f"articles/{article.slug}/comments/")["items"][0]["website"] == ""


def test_the_same_for_everyone_readable_by_other_sites_and_not_sent_twice(editor):
    publish_article()
    desk = Client()
    desk.force_login(editor, backend="logins.backend.LoginBackend")
    mine, theirs = desk.get(f"{ROOT}articles/"), ask("articles/")
    assert mine.content == theirs.content
    assert not mine.cookies and "Cookie" not in mine.headers.get("Vary", "")
    assert theirs.headers["Access-Control-Allow-Origin"] == "*"
    assert theirs.headers["Cache-Control"] == "public, max-age=60"
    assert theirs.headers["X-Robots-Tag"] == "noindex"
    again = Client().get(f"{ROOT}articles/", headers={"If-None-Match": theirs.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_can_be_written():
    article = publish_article()
    client = Client(enforce_csrf_checks=False)
    for path in ("articles/", f"articles/{article.slug}/", "shows/", ""):
        for verb in (client.post, client.put, client.patch, client.delete):
            assert verb(f"{ROOT}{path}").status_code == 405
    assert client.head(f"{ROOT}articles/").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_back_and_nobody_else(settings, time_machine):
    time_machine.move_to(datetime(2026, 5, 5, 12, 0, 15, tzinfo=UTC), tick=False)
    settings.API_REQUESTS_A_MINUTE = 3
    assert [ask("").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = ask("")
    assert answer.headers["Retry-After"] == "45" and answer.headers["Cache-Control"] == "no-store"
    assert "3 requests a minute" in answer.json()["detail"]
    assert Client(REMOTE_ADDR="203.0.113.9").get(ROOT).status_code == 200
    time_machine.move_to(datetime(2026, 5, 5, 12, 1, tzinfo=UTC), tick=False)
    assert ask("").status_code == 200


def test_a_site_may_have_no_api(settings):
    settings.API_REQUESTS_A_MINUTE = 0
    publish_article()
    for path in ("/api/", ROOT, f"{ROOT}articles/", f"{ROOT}openapi.json"):
        assert Client().get(path).status_code == 404


def test_the_short_address_leads_to_the_newest_version():
    assert Client().get("/api/").url == reverse("api:index") == ROOT


def test_links_in_the_text_lead_somewhere_from_anywhere(settings):
    show = make_show("Dark")
    article = publish_article(
        show=show, text=f'<p>See <a href="{show.get_absolute_url()}">the show</a>.</p>', authors=("Ada",)
    )
    whole = told(f"articles/{article.slug}/")
    (section,) = [block for block in whole["blocks"] if block["type"] == "section"]
    assert f'href="{settings.SITE_URL}{show.get_absolute_url()}"' in section["html"]
    assert [author["name"] for author in whole["authors"]] == ["Ada"]


def test_costs_the_same_however_long_the_list_is(django_assert_num_queries):
    def fill(count):
        for number in range(count):
            show = make_show(f"Show {number}")
            make_decision(show, "renewed", "2026-01-02", season_number=2)
            article = publish_article(show=show, headline=f"Story {number}")
            make_comment(article)
        return article

    article = fill(2)
    expected = {"articles/": 1, "shows/": 1, "decisions/": 1, f"articles/{article.slug}/comments/": 2}
    for path, count in expected.items():
        with django_assert_num_queries(count):
            told(path)
    fill(6)
    for path, count in expected.items():
        with django_assert_num_queries(count):
            told(path)
    with django_assert_num_queries(6):
        told(f"articles/{article.slug}/")
    with django_assert_num_queries(6):
        told(f"shows/{article.show.slug}/")
