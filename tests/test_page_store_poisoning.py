"""Whatever a request says beside its address: the next reader gets the same bytes, and nothing of anybody."""

import itertools

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import FormerAddress, PreviewLink
from articles.previews import path_of
from comments.models import Comment
from comments.privacy.links import token_for
from comments.tokens import kept_token, link_token
from tests.conftest import make_person
from tests.factories import make_article, publish_article
from tests.factories_comments import make_comment
from tests.page_store import Readers

pytestmark = pytest.mark.django_db
CANARY, HELD, DRAFT = "Cassandra Canary", "A held thought of Cassandra", "A draft about Cassandra"
EVIL = "evil.example"


def named(names, values):
    return [(f"HTTP_{name.upper().replace('-', '_')}", value) for name in names for value in values]


HEADERS = [
    *named(
        ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Original-Host"),
        (EVIL, f"{EVIL}:443", f"127.0.0.1, {EVIL}", "", '"><script>'),
    ),
    *named(
        ("X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Url-Scheme", "Front-End-Https", "X-Forwarded-Ssl"),
        ("https", "http", "on", "nonsense"),
    ),
    *named(
        ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path", "X-Override-URL", "X-Forwarded-Uri"),
        ("/admin/", "/search/?q=x", f"//{EVIL}/", "/feed/", "..%2fadmin"),
    ),
    *named(("X-Forwarded-Prefix", "X-Script-Name", "X-Base-Url"), ("/admin", f"//{EVIL}", "/%2e%2e")),
    *named(
        ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"), ("POST", "DELETE", "HEAD", "PURGE")
    ),
    *named(("X-Forwarded-For", "X-Real-IP", "True-Client-IP", "Client-IP"), ("127.0.0.1", "::1", CANARY)),
    *named(("X-Forwarded-Port",), ("443", "0", "99999", "x")),
    *named(
        ("Forwarded",),
        (f"host={EVIL}", f"for=127.0.0.1;host={EVIL};proto=https", f"by={CANARY}", 'host="\\"'),
    ),
    *named(
        ("Cookie",),
        (
            *(f"name={CANARY}", f"sessionid={CANARY}", f"__Host-sessionid={CANARY}", f"csrftoken={CANARY}"),
            *("django_language=de", f"messages={CANARY}", "a=b; " * 300, "=;=;=", "\xff\xfe=\x00"),
        ),
    ),
    *named(
        ("Authorization", "Proxy-Authorization"), (f"Basic {CANARY}", "Bearer x", "Digest a", "Negotiate")
    ),
    *named(("Accept-Language",), ("de", "fr-CA, fr;q=0.9", "*", "x" * 2_000, "ar", "../../etc")),
    *named(("Accept",), ("application/json", "text/css", "image/avif", "*/*;q=0", "x")),
    *named(("Range",), ("bytes=0-10", "bytes=-1", "bytes=0-,0-,0-", "bytes=9-1", "items=1")),
    *named(("If-Range", "If-Match", "If-Unmodified-Since"), ('"x"', "*", "Thu, 01 Jan 1970 00:00:00 GMT")),
    *named(("If-None-Match",), ('"x"', "W/", ",,,", '"' * 500)),
    *named(("If-Modified-Since",), ("Fri, 01 Jan 2100 00:00:00 GMT", "x", "")),
    *named(("Cache-Control", "Pragma"), ("no-cache", "no-store", "max-age=0", "only-if-cached")),
    *named(("User-Agent", "Referer", "Origin", "From"), (CANARY, f"https://{EVIL}/", "<script>", "null")),
    *named(("Sec-Fetch-Site", "Sec-Purpose", "Purpose", "Save-Data"), ("cross-site", "prefetch", "on")),
    *named(("X-Requested-With",), ("XMLHttpRequest", CANARY)),
    *named(("Connection", "TE", "Upgrade", "Expect"), ("close", "trailers", "h2c", "100-continue")),
    *named(("X-Page-Store-Ask", "X-Page-Store", "X-Made-Of"), ("1", "hit", "a:b:c", "\xff")),
    *[
        ("CONTENT_TYPE", value)
        for value in ("text/html; charset=utf-7", "application/json", "x; charset=idna")
    ],
    *[("CONTENT_LENGTH", value) for value in ("0", "-1", "5", "x", "99999999999999")],
    *[("HTTP_TRANSFER_ENCODING", value) for value in ("chunked", "identity")],
    *[("REMOTE_USER", CANARY), ("HTTP_REMOTE_USER", CANARY), ("HTTP_X_REMOTE_USER", CANARY)],
]
# A host that is not ours is refused; ours in other letters, or with another port, is ours.
STRANGE_HOSTS = [
    EVIL, f"127.0.0.1.{EVIL}", f"{EVIL}#127.0.0.1", f"127.0.0.1:8000, {EVIL}", f"127.0.0.1@{EVIL}", "", " ",
    "127.0.0.1/admin", "127.0.0.1:80:80", "[::1", "127.0.0.1\x00", "127.0.0.1;x", "127.0.0.1\xff",
    "a b",
]  # fmt: skip
JUNK = [
    "utm_source=letter", "utm_medium=x&utm_campaign=y", "fbclid=1", "gclid=1", "_=1", "v=2&v=3",
    "a[]=1&a[]=2", "a[b][c]=1", "before[]=1", "after[0]=1", "page[]=2", "sessionid=1", "token=abc",
    "name=Cassandra+Canary", "lang=de", "language=de", "format=json", "callback=alert",
    "_method=DELETE", "next=//evil.example", "debug=1", "%00=%00", "a=%00", "%ff=%fe", "a=%c3%28",
    "=", "&&&&", "&=&", "?", "a=b?c=d", "a;b;c", "utm_source=a;before=1", "a" * 299,
    "a=" + "b" * 9_000, "&".join(f"a{n}=1" for n in range(60)), "%", "%zz=1", "+=+", "<script>=1",
    "x=\xe9", "redirect=https://evil.example", "url=/admin/", "p", "preview=true", "edit", "amp=1",
    "__proto__=1",
]  # fmt: skip
# What a careless cache takes for a file, or for another page, at the end or in the middle of an address.
ENDS = [
    ".css", ".js", ".png", "x.css", "x.js", ";x.css", ";jsessionid=1", "%3bx.css", "%2fx.css",
    "%00.css", "%0a.css", "%23.css", "%3f.css", "..%2fx.css", "%2e%2e/", "../", "./", "/", "//",
    "%5c", "%252f", "~", "\xe9", "%C3%A9", "index.html", "amp/", "feed", "page/2/", "?.css",
    ".json", "%20", "%09x", "*", "\x00.css", "\n", "\n.css", "\t", "\\", "\x7f", " ",
]  # fmt: skip
STARTS = ["//", "///", "/./", "/../", "/;x", "/%2e/", "/%2f", "/\\", "/ARTICLES/../", "/static/..", "/x/../"]


@pytest.fixture
def article():
    article = publish_article(
        headline="Cancelled after one season", text="<p>Why it ended.</p>", slug="ended"
    )
    make_comment(article, name="Mara", body="I miss it.")
    return article


@pytest.fixture
def story(article):
    return article.get_absolute_url()


@pytest.fixture
def held(article):
    return make_comment(
        article, name=CANARY, email="cassandra@reader.example", body=HELD, status=Comment.Status.PENDING
    )


def kept(readers):
    """All bytes that are kept, with their headers and addresses."""
    return repr(
        [
            (key, entry.headers, entry.body, [variant.headers for variant in entry.variants.values()])
            for key, entry in readers.store.shelf.entries.items()
        ]
    )


def test_no_header_changes_what_the_next_reader_gets(readers, story):
    """Also where the request that bears it is the one for which the page is made."""
    assert len(HEADERS) >= 200
    wanted = readers.get(story)
    wrong = []
    for name, value in HEADERS:
        readers.store.shelf.empty()
        theirs = readers.get(story, **{name: value})
        ours = readers.get(story)
        answers = {(answer.status, answer.body, answer.headers.get("location")) for answer in (theirs, ours)}
        if answers != {(200, wanted.body, None)} or len(readers.store.shelf.entries) != 1:
            wrong.append((name, value, theirs.status))
    assert wrong == []
    assert CANARY not in kept(readers) and EVIL not in kept(readers)


def test_a_strange_host_is_refused_and_changes_nothing(readers, story):
    wanted = readers.get(story)
    for host in STRANGE_HOSTS:
        readers.store.shelf.empty()
        theirs = readers.get(story, HTTP_HOST=host)
        assert theirs.status == 400 or theirs.body == wanted.body, host
        assert readers.get(story).body == wanted.body
    assert {readers.get(story, HTTP_HOST=host).said for host in ("LOCALHOST", "localhost:1")} == {"hit"}
    assert len(readers.store.shelf.entries) == 1 and EVIL not in kept(readers)


def addresses(story):
    """At least two hundred ways of asking for a page, or nearly."""
    asked = [f"{path}?{junk}" for path, junk in itertools.product((story, "/articles/", "/feed/"), JUNK)]
    asked += [f"{path}{end}" for path, end in itertools.product((story, "/"), ENDS)]
    return asked + [f"{start}articles/ended/" for start in STARTS]


def test_no_address_adds_a_page_or_changes_one(readers, client, story):
    pages = {path: readers.get(path) for path in (story, "/articles/", "/feed/", "/")}
    entries = set(readers.store.shelf.entries)
    asked, straight = addresses(story), Readers()
    # As if every host were a stranger's, it leaves all to Django.
    straight.store.names.are_in = lambda environ: False
    assert len(asked) >= 200
    for address in asked:
        answer = readers.get(address)
        path, _mark, _query = address.partition("?")
        if path in pages:
            assert (answer.status, answer.body) == (200, pages[path].body), address
        else:
            wanted = straight.get(address)
            assert answer.status == wanted.status, address
            assert answer.headers.get("location") == wanted.headers.get("location"), address
        assert set(readers.store.shelf.entries) == entries, address
    assert {path: readers.get(path).body for path in pages} == {
        path: page.body for path, page in pages.items()
    }


def test_a_fat_get_is_a_get(readers, story):
    wanted = readers.get(story)
    readers.store.shelf.empty()
    body = {"wsgi.input": Fat(b"comment=Cassandra&name=Cassandra+Canary"), "CONTENT_LENGTH": "39"}
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    assert readers.get(story, **body, **form).body == wanted.body
    assert readers.get(story).body == wanted.body


class Fat:
    """A body that nobody may read."""

    def __init__(self, body):
        self.body = body

    def read(self, *args):
        raise AssertionError("A stored page reads no body.")


def test_a_head_leaves_a_whole_page_for_who_comes_next(readers, story):
    assert readers.ask("HEAD", story).body == b""
    assert "Why it ended." in readers.get(story).text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PURGE", "get", "GET ", ""])
def test_another_method_leaves_nothing(readers, story, method):
    readers.ask(method, story)
    assert not readers.store.shelf.entries


def private_addresses(article, held, editor):
    """What is for one person alone, as they come to it."""
    draft = make_article(headline=DRAFT)
    link = PreviewLink.objects.create(
        article=draft, for_whom=CANARY, expires_at=timezone.now() + timezone.timedelta(days=1)
    )
    change = reverse("admin:articles_article_change", args=[draft.pk])
    return [
        *("/admin/", "/admin/login/", "/admin/comments/comment/", change, f"{change}preview/"),
        *("/newsroom/mark/", "/comments/your-data/", f"/comments/your-data/{token_for(held.folded_email)}/"),
        path_of(link),
        reverse("comments:held", args=[article.slug, link_token(held)]),
        reverse("comments:own", args=[article.slug, kept_token(held)]),
        reverse("comments:token", args=[article.slug]),
        reverse("comments:held_list", args=[article.slug]),
        reverse("comments:reply", args=[article.slug, Comment.objects.approved().first().pk]),
    ]


def test_nothing_private_is_kept_whatever_its_address_ends_with(readers, article, held, editor, story):
    readers.get(story)
    entries, session = set(readers.store.shelf.entries), login(editor)
    for address in private_addresses(article, held, editor):
        for end in ("", "x.css", ".css", ";x.css", "?x.css", "%2fx.css", "/x.js", "?utm_source=a"):
            assert "hit" not in readers.get(f"{address}{end}", HTTP_COOKIE=session).said
            assert set(readers.store.shelf.entries) == entries, f"{address}{end}"
    assert not any(text in kept(readers) for text in (CANARY, HELD, DRAFT))


def login(person):
    client = Client()
    client.force_login(person, backend="logins.backend.LoginBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def test_a_readers_name_is_in_nobody_elses_bytes(readers, article, held, story):
    """Said in the query, in every header, in cookies, and known from a login."""
    person = make_person("cassandra", first_name="Cassandra", last_name="Canary", is_superuser=True)
    hers = {
        "HTTP_COOKIE": f"{login(person)}; name={CANARY}",
        "HTTP_AUTHORIZATION": CANARY,
        "HTTP_USER_AGENT": CANARY,
        "HTTP_REFERER": f"/{CANARY}",
        "REMOTE_USER": CANARY,
    }
    for path in (story, "/", "/articles/", "/feed/", f"{story}comments/feed/", "/tracker/", "/nothing/"):
        for asked in (path, f"{path}?name=Cassandra%20Canary&utm_source={CANARY}"):
            readers.get(asked, **hers)
        others = readers.get(path)
        assert CANARY not in others.text and "cassandra" not in others.text.casefold()
        assert "set-cookie" not in others.headers
    assert "cassandra" not in kept(readers).casefold()


def test_a_former_address_with_parameters_still_leads_to_its_article(readers, article, story):
    FormerAddress.objects.create(path="/pages/show/?id=12", article=article)
    answer = readers.get("/pages/show/?id=12")
    assert (answer.status, answer.headers["location"]) == (301, story)
    assert readers.get("/pages/show/").status == 404
