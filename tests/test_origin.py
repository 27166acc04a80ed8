"""The origin table: which posts are believed to come from this site's own pages."""

import pytest
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory

from comments.models import Comment
from tests.factories import publish_article
from tests.factories_comments import post_comment
from visitors.origin import is_from_this_site

HTTP = "http://testserver"


def request(headers, *, host="testserver", **extra):
    return RequestFactory().post("/", headers={"host": host, **headers}, **extra)


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": ""}, False),
        ({"sec-fetch-site": "same-origin,same-origin"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HTTP}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({}, False),
        ({"origin": HTTP}, True),
        ({"origin": "http://TESTSERVER"}, True),
        ({"origin": "http://testserver:80"}, True),
        ({"origin": "http://testserver:8000"}, False),
        ({"origin": "http://testserver:x"}, False),
        ({"origin": "https://testserver"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": f"{HTTP},{HTTP}"}, False),
        ({"origin": f"{HTTP}, {HTTP}"}, False),
        ({"origin": f"{HTTP} {HTTP}"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://user@testserver"}, False),
        ({"origin": f"{HTTP}/path"}, False),
        ({"origin": "ftp://testserver"}, False),
        ({"origin": "testserver"}, False),
        ({"referer": f"{HTTP}/articles/x/"}, False),
    ],
)
def test_the_table(headers, passes):
    assert is_from_this_site(request(headers)) is passes


@pytest.mark.parametrize(
    ("host", "origin", "passes"),
    [
        ("news.local:8000", "http://news.local:8000", True),
        ("news.local:8000", "http://news.local", False),
        ("news.local:8000", "http://news.local:8001", False),
        ("192.168.1.7:8000", "http://192.168.1.7:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("news.local", "http://news.local", True),
    ],
)
def test_the_port_belongs_to_it(settings, host, origin, passes):
    settings.ALLOWED_HOSTS = ["news.local", "192.168.1.7", "[::1]"]
    assert is_from_this_site(request({"origin": origin}, host=host)) is passes


def test_a_host_that_is_not_ours_is_no_measure(settings):
    settings.ALLOWED_HOSTS = ["news.local"]
    with pytest.raises(DisallowedHost):
        is_from_this_site(request({"origin": "http://evil.example"}, host="evil.example"))


@pytest.mark.parametrize(
    ("proto", "origin", "passes"),
    [
        ("https", "https://news.example", True),
        ("https", "https://news.example:443", True),
        ("https", "http://news.example", False),
        ("http", "https://news.example", False),
    ],
)
def test_behind_a_proxy_that_ends_https_the_scheme_is_the_readers(settings, proto, origin, passes):
    settings.ALLOWED_HOSTS = ["news.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forwarded = request({"origin": origin, "x-forwarded-proto": proto}, host="news.example")
    assert is_from_this_site(forwarded) is passes


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "null"}, {}])
def test_a_post_from_elsewhere_stores_nothing_and_keeps_the_text(client, headers):
    article = publish_article()
    response = post_comment(client, article, origin_headers=headers)
    page = response.content.decode()
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"
    assert "It deserved a second season." in page and 'value="mara@reader.example"' in page
    assert "Post Comment" in page
    assert not Comment.objects.exists()
