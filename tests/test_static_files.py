"""Static files as a server hands them out: whole, packed, and each looked at when it is first asked for."""

import gzip

import pytest
from django.http import HttpResponse

from operations.static_files import StaticFilesMiddleware

STYLE = b"body { color: black }" * 40


@pytest.fixture
def middleware(settings, tmp_path):
    settings.STATIC_ROOT, settings.STATIC_URL = tmp_path, "/static/"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "site.css").write_bytes(STYLE)
    (tmp_path / "own" / "site.css.gz").write_bytes(gzip.compress(STYLE))
    (tmp_path / "own" / "other.css").write_bytes(STYLE)
    return StaticFilesMiddleware(lambda request: HttpResponse("the site"))


def answer(middleware, rf, path, **headers):
    response = middleware(rf.get(path, **headers))
    return response, b"".join(response)


def test_a_file_is_handed_out_as_it_is_and_packed(middleware, rf):
    response, body = answer(middleware, rf, "/static/own/site.css")
    assert body == STYLE
    assert response["Content-Type"] == 'text/css; charset="utf-8"'
    packed, body = answer(middleware, rf, "/static/own/site.css", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == STYLE
    again, body = answer(middleware, rf, "/static/own/site.css", HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/",
        "/static/own/",
        "/static/own/none.css",
        "/static/own/site.css.gz",
        "/static/../secret",
        "/static/own/../own/site.css",
        "//static/own/site.css",
    ],
)
def test_all_else_is_the_sites(middleware, rf, path):
    assert answer(middleware, rf, path)[1] == b"the site"


def test_only_what_is_asked_for_is_worked_out(middleware, rf):
    assert not middleware.files
    answer(middleware, rf, "/static/own/site.css")
    assert list(middleware.files) == ["/static/own/site.css"]
