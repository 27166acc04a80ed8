"""Pages from ready bytes: whose they are, how they are packed, and when Django is asked all the same."""

import gzip

import brotli
import pytest
import time_machine
from django.db import OperationalError
from django.urls import get_resolver, reverse

from articles.models import Author, Category, Page, Series, Tag
from comments.models import Comment
from pagestore.guard import LooksAtTheReader
from pagestore.pages import PAGES
from shows.models import Network, Person, Show, WeeklyList
from tests.factories import publish_article
from tests.factories_shows import make_decision, make_network, make_outlook, make_show
from tests.page_store import Readers
from tests.sampling import load_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return publish_article(headline="Cancelled after one season", text="<p>Why it ended.</p>" * 40)


@pytest.fixture
def story(article):
    return article.get_absolute_url()


def test_the_second_reader_gets_the_same_bytes_without_asking_django(readers, story):
    first, second = readers.get(story), readers.get(story)
    assert (first.status, first.said, second.said) == (200, "miss", "hit")
    assert first.body == second.body and "Why it ended." in second.text
    assert readers.renders == [story]


def test_a_ready_page_bears_the_headers_that_django_gave_it(readers, client, story):
    readers.get(story)
    ready, made = readers.get(story).headers, client.get(story).headers
    for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert ready[name.lower()] == made[name]
    assert ready["cache-control"] == "public, max-age=0"
    assert ready["vary"] == "Accept-Encoding"
    assert "set-cookie" not in ready and "x-request-id" not in ready


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("br;q=nonsense", None),
        ("", None),
    ],
)
def test_a_page_is_packed_as_the_browser_likes_it(readers, story, accepted, packing):
    answer = readers.get(story, HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("content-encoding") == packing
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(packing, bytes)
    assert unpack(answer.body) == readers.get(story).body
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("spelling", ["{}", "W/{}", '"another", {}', "*"])
def test_who_has_the_page_is_told_so(readers, story, spelling):
    tag = readers.get(story, HTTP_ACCEPT_ENCODING="br").headers["etag"]
    again = readers.get(story, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=spelling.format(tag))
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == tag and again.headers["cache-control"] == "public, max-age=0"


def test_each_packing_has_a_tag_of_its_own(readers, story):
    plain, packed = (readers.get(story, HTTP_ACCEPT_ENCODING=each) for each in ("", "br"))
    assert plain.headers["etag"] != packed.headers["etag"]
    assert readers.get(story, HTTP_IF_NONE_MATCH=packed.headers["etag"]).status == 200


def test_a_head_has_the_headers_alone(readers, story):
    page, head = readers.get(story), readers.ask("HEAD", story)
    assert (head.status, head.body, head.said) == (200, b"", "hit")
    assert head.headers["content-length"] == page.headers["content-length"]


def test_parameters_of_no_meaning_make_no_page_of_their_own(readers, story):
    readers.get(story)
    assert readers.get(f"{story}?utm_source=letter&fbclid=1").said == "hit"
    assert readers.get("/articles/?utm_source=letter").said == "miss"
    assert readers.get("/articles/").said == "hit"
    assert len(readers.store.shelf.entries) == 2


def test_parameters_that_mean_something_do(readers, story):
    readers.get("/articles/")
    older = readers.get("/articles/?before=1000-1")
    assert older.said == "miss" and older.body != readers.get("/articles/").body


@pytest.mark.parametrize(
    "address",
    [
        *("/shows/?status=cancelled", "/shows/?network=abc", "/shows/?page=2", "/networks/netflix/?page=2"),
        *("/forecasts/?verdict=wrong", "/forecasts/?network=abc", "/forecasts/?year=2021"),
    ],
)
def test_a_list_of_the_record_is_kept_by_all_that_it_was_asked_for(readers, client, address):
    netflix = make_network("Netflix")
    Show.objects.bulk_create(Show(title="A show", slug=f"show-{n}", network=netflix) for n in range(101))
    foretold = make_show("Foretold", network="ABC")
    make_outlook(foretold, 6)
    make_outlook(netflix.shows.first(), 6, dated_on="2021-10-01")
    make_decision(foretold)
    whole = readers.get(address.partition("?")[0]).body
    part = readers.get(address).body
    assert part == client.get(address).content and part != whole
    assert readers.get(address).said == "hit"


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/search/?q=cancelled", "/api/v1/articles/", "/health/", "/static/css/site.css", "/?p=12"],
)
def test_what_is_not_a_page_for_everyone_is_djangos(readers, address):
    assert readers.get(address).said == ""
    assert not readers.store.shelf.entries


def test_what_is_not_there_is_answered_and_not_kept(readers):
    answers = [readers.get(f"/articles/nothing-{number}/") for number in range(3)]
    assert {(answer.status, answer.said) for answer in answers} == {(404, "bypass; status 404")}
    assert not readers.store.shelf.entries


def test_a_post_goes_to_django_with_its_body(readers, story):
    readers.get(f"{story}comments/")
    assert readers.ask("POST", f"{story}comments/").status == 403
    assert readers.store.shelf.entries.keys() == set()


def test_a_host_that_is_not_ours_is_refused_and_not_kept(readers, story):
    readers.get(story)
    assert readers.get(story, HTTP_HOST="evil.example").status == 400
    assert readers.get(story, HTTP_HOST="localhost").said == "hit"


def test_a_site_url_that_is_none_of_our_hosts_closes_no_page(settings, story):
    settings.SITE_URL = "https://forgotten.example"
    assert Readers().get(story, HTTP_HOST="localhost").status == 200


def test_http_is_sent_to_https_where_the_site_is_https(settings, story):
    settings.SITE_URL, settings.SECURE_SSL_REDIRECT = "https://127.0.0.1:8000", True
    readers = Readers()
    assert readers.get(story).said == "miss"
    sent_away = readers.get(story, **{"wsgi.url_scheme": "http"})
    assert (sent_away.status, sent_away.headers["location"]) == (301, f"https://127.0.0.1:8000{story}")


def test_a_closed_site_is_closed_for_ready_pages_too(story, monkeypatch):
    clock, closed = [100.0], []
    monkeypatch.setattr("pagestore.readings.time.monotonic", lambda: clock[0])
    readers = Readers(is_closed=lambda: bool(closed), believed_for=0.25)
    readers.get(story)
    closed.append(True)
    clock[0] += 0.24
    assert readers.get(story).said == "hit"
    clock[0] += 0.02
    assert readers.get(story).said == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["readings.made_now", "shelf.find"])
@pytest.mark.parametrize("fault", [OperationalError("away"), ValueError("a slip of ours")])
def test_whatever_fails_in_the_store_pages_come_from_django(readers, story, monkeypatch, caplog, what, fault):
    readers.get(story)

    def fail(*_):
        raise fault

    part, name = what.split(".")
    monkeypatch.setattr(getattr(readers.store, part), name, fail)
    answer = readers.get(story)
    assert (answer.status, answer.said) == (200, "") and "Why it ended." in answer.text
    assert "left a page to Django" in caplog.text


def test_the_least_asked_for_makes_room(article):
    stories = [
        publish_article(headline=f"Story {n}", text="<p>Text.</p>").get_absolute_url() for n in range(8)
    ]
    readers = Readers(room=60_000)
    for story in stories:
        readers.get(story)
        readers.get(stories[0])
    kept = [path for path, _query in readers.store.shelf.entries]
    assert stories[0] in kept and stories[-1] in kept and stories[1] not in kept
    assert readers.store.shelf.taken <= 60_000


def test_a_page_too_large_for_the_room_is_answered_and_not_kept(story):
    readers = Readers(room=20_000)
    assert readers.get(story).said == "bypass; too large"


@pytest.fixture
def addresses():
    """An address of every kind of page that is stored, in the sample; by the name of its view."""
    load_sample()
    comment = Comment.objects.approved().filter(parent=None).select_related("article").first()
    week = WeeklyList.objects.worldwide_weeks().first()
    show, article = Show.objects.first().slug, comment.article.slug
    of_models = {
        each.__name__.lower(): each.objects.first().slug
        for each in (Author, Category, Network, Page, Person, Tag)
    }
    of_models["series"] = Series.objects.create(name="How it ended", slug="how-it-ended").slug
    of_models["show"] = show
    arguments = {
        "articles:detail": {"slug": article},
        "shows:detail": {"slug": show},
        "shows:calendar_show": {"slug": show},
        "syndication:show_decisions_feed": {"slug": show},
        "shows:calendar_network": {"slug": of_models["network"]},
        "comments:post": {"slug": article},
        "comments:feed": {"slug": article},
        "comments:thread": {"slug": article, "pk": comment.pk},
        "shows:top10_week": {"day": week},
        "shows:top10_country": {"day": week, "country": "GB"},
        "datasets:file": {"name": "decisions", "kind": "csv"},
        "syndication:sitemap_part": {"kind": "articles", "number": 0},
    }
    for name in PAGES:
        what = name.partition(":")[2].removesuffix("_feed")
        if what in of_models:
            arguments.setdefault(name, {"slug": of_models[what]})
    found = {name: reverse(name, kwargs=arguments.get(name)) for name in PAGES}
    return found | {"comments:post": f"{found['comments:post']}?after=1000-1"}


@time_machine.travel("2026-05-20 12:01:00+00:00", tick=False)
def test_every_kind_of_page_is_kept(readers, addresses):
    """A page that reads a table which nobody watches would be made anew for every reader."""
    made = {name: readers.get(address) for name, address in addresses.items()}
    again = {name: readers.get(address).said for name, address in addresses.items()}
    lost = {name: made[name].said for name in made if made[name].status == 200 and again[name] != "hit"}
    assert lost == {}
    # The sample has no charts of these.
    assert {name for name in made if made[name].status != 200} == {
        "shows:top10_country",
        "shows:top10_all_time",
    }


API = ("index", "description", "articles", "article", "comments", "shows", "show", "decisions")
PERSONAL = (
    *("token", "held_list", "held", "own", "report", "confirm", "decide"),
    *("unsubscribe", "your_data", "your_data_of", "reply"),
)
# Public addresses that are asked of Django each time, and why.
NOT_KEPT = {
    "every search makes a page of its own": {"search:search"},
    "requests are counted": {f"api:{name}" for name in API},
    "files": {"pictures:media", "syndication:card", "operations:ads"},
    "they lead elsewhere": {"articles:by_id", "comments:permalink"},
    "forms, and what belongs to one reader": {
        *(f"comments:{name}" for name in PERSONAL),
        *("follows:follow", "follows:confirm", "follows:unsubscribe", "articles:shared_preview"),
        "articles:edit_link",
    },
    "it tells how this process is": {"operations:health"},
}


def test_of_every_public_address_it_is_decided_whether_it_is_kept():
    spaces = get_resolver().namespace_dict
    staff = ("admin", "second_factor", "first_steps", "invitations")
    names = {
        f"{space}:{name}"
        for space in spaces.keys() - staff
        for name in spaces[space][1].reverse_dict
        if isinstance(name, str)
    }
    assert names == PAGES.keys() | set().union(*NOT_KEPT.values())


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("COOKIES", lambda request: request.COOKIES.get("name")),
        ("session", lambda request: request.session.get("name")),
        ("user", lambda request: request.user.is_authenticated),
        ("parameter “name”", lambda request: request.GET.get("name")),
    ],
)
def test_a_kept_page_that_looks_at_its_reader_fails_its_tests(client, monkeypatch, what, read):
    monkeypatch.setattr("articles.views.live_front", lambda: None)
    monkeypatch.setattr("articles.views.render", lambda request, *_: read(request))
    with pytest.raises(LooksAtTheReader, match=what):
        client.get("/")
