"""What is no file of TVmaze's is refused whole, with a sentence that says what is wrong and where."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from shows.models import Network, Person, Show
from shows.tvmaze import files
from tests.factories_shows import make_season, make_show
from tests.factories_tvmaze import maze_episode, maze_part, maze_season, maze_show, run_import
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
GOOD = maze_show(500, "Good")
NO_SHOWS = {
    "a web page": ("<!DOCTYPE html><html>Not here</html>", "It is a web page and not JSON."),
    "nothing": ("  \n", "It is empty."),
    "null": ("null", "It is neither a show nor a list of shows."),
    "a number": ("7", "It is neither a show nor a list of shows."),
    "an empty list": ("[]", "It is an empty list"),
    "a list of other things": ("[null, 7]", "Show 1: it is no object with fields."),
    "broken JSON": ('[\n{"id": 1,\n"name" "x"}]', "Line 3, column 8 is no JSON: Expecting ':' delimiter."),
    "cut JSON": ('[\n{"id": 1,', "Line 2, column"),
    "no text": (b'{"name":\n"\xff"}', "Line 2 holds bytes that are no UTF-8 text."),
    "a well without a bottom": ("[" * 200_000, "It is no JSON that can be read"),
    "an error of the API": ({"name": "Not Found", "code": 0, "status": 404}, "it is not a show"),
    "episodes": ([maze_episode(1, 1, "2022-09-08") | {"name": "Pilot"}], "it is an episode and not a show."),
    "people": ([{"id": 1, "name": "A", "birthday": None}], "The show (“A”): it is a person and not a show."),
}
BAD_SHOWS = {
    "no name": ({"name": ""}, "“name” is empty."),
    "no number": ({"id": None}, "“id” is not what TVmaze gives there."),
    "true for a number": ({"id": True}, "“id” is not what TVmaze gives there."),
    "a number too large": ({"id": 10**12}, "“id” is no number from 1 to 2147483647."),
    "a list for a name": ({"name": ["x"]}, "“name” is not what TVmaze gives there."),
    "a name too long": ({"name": "x" * 201}, "“name” has 201 characters; 200 are kept."),
    "half a sign": ({"name": "x\ud800"}, "“name” holds signs that are no text."),
    "no date": ({"premiered": "2022-13-40"}, "“premiered” is no date: “2022-13-40”."),
    "a week for a date": ({"premiered": "2022-W01-1"}, "“premiered” is no date"),
    "a text for a network": ({"webChannel": "Netflix"}, "“webChannel” is not what TVmaze gives there."),
    "a nameless network": ({"network": {"id": 1, "name": None}}, "“network”: “name” is not what"),
    "a genre that is none": ({"genres": [None]}, "“genres”: “name” is not what"),
    "seasons that are none": ({"_embedded": {"seasons": {}}}, "“seasons” is not what"),
    "a season without number": ({"_embedded": {"seasons": [{}]}}, "season 1: “number” is not what"),
    "a season of number 0": ({"_embedded": {"seasons": [maze_season(0)]}}, "season 1: “number” is no number"),
    "two first seasons": (
        {"_embedded": {"seasons": [maze_season(), maze_season()]}},
        "two of its seasons have the same number.",
    ),
    "an end before the beginning": (
        {"_embedded": {"seasons": [maze_season(end="2022-09-07")]}},
        "season 1: it ends before it begins.",
    ),
    "a part of nobody": ({"_embedded": {"cast": [{"character": None}]}}, "part 1: “person” is missing."),
    "a part too long": (
        {"_embedded": {"cast": [maze_part(character="x" * 151)]}},
        "“name” has 151 characters",
    ),
}


def refused(tmp_path, *contents):
    with pytest.raises(CommandError) as error:
        run_import(tmp_path, *contents)
    assert not Show.objects.exists() and not Network.objects.exists() and not Person.objects.exists()
    assert str(error.value).endswith("Nothing was changed.")
    return str(error.value)


@pytest.mark.parametrize("what", NO_SHOWS)
def test_what_holds_no_shows_is_refused(tmp_path, what):
    content, said = NO_SHOWS[what]
    assert said in refused(tmp_path, content)


@pytest.mark.parametrize("what", BAD_SHOWS)
def test_one_bad_show_refuses_the_file_by_its_place_and_name(tmp_path, what):
    fields, said = BAD_SHOWS[what]
    text = refused(tmp_path, [GOOD, maze_show(name="Bad") | fields])
    assert said in text and "Show 2" in text
    assert "name" in fields or "(“Bad”)" in text


def test_a_bad_file_keeps_the_good_one_beside_it_out(tmp_path):
    assert "shows-1.json was refused." in refused(tmp_path, GOOD, "null")


def test_two_shows_of_one_number_are_refused(tmp_path):
    assert "Shows 1 and 2 of the file both have TVmaze's number 500." in refused(tmp_path, [GOOD, GOOD])
    again = maze_show(501, "Other", externals=GOOD["externals"])
    assert "both have the IMDb number tt0000500." in refused(tmp_path, [GOOD, again])


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="It cannot be read: No such file or directory"):
        call_command("import_tvmaze", str(tmp_path / "missing.json"))


def test_nobody_guesses_between_two_shows_of_one_title_and_year(tmp_path):
    for _ in range(2):
        make_season(make_show(), 1, premiered_on="2022-09-08")
    with pytest.raises(CommandError, match="2 shows on record have this title and year"):
        run_import(tmp_path, [GOOD, maze_show()])
    assert Show.objects.count() == 2


def test_signs_that_no_database_takes_are_dropped(tmp_path):
    run_import(tmp_path, maze_show(name="The\u0000 Imper\u0007fects", summary="<p>a\u0000b</p>"))
    show = Show.objects.get()
    assert (show.title, show.synopsis) == ("The Imperfects", "ab")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<br>b</p><ul><li>c</li></ul>", "a\n\nb\n\nc"),
        ("<p>a</p><script>alert(1)</script>", "a"),
        ("&lt;script&gt; &amp;amp; <img src=x onerror=y>", "<script> &amp;"),
        ("no <b>markup", "no markup"),
        (None, ""),
    ],
)
def test_a_summary_becomes_plain_text(tmp_path, html, text):
    run_import(tmp_path, maze_show(summary=html))
    assert Show.objects.get().synopsis == text


@needs_shared_data
def test_tvmazes_file_of_episodes_is_refused_as_such(tmp_path):
    content = (SHARED_DATA / "tvmaze" / "tvmaze-episodes-the-fosters-104.json").read_bytes()
    assert "Show 1 (“Pilot”): it is an episode and not a show." in refused(tmp_path, content)


class Api(BaseHTTPRequestHandler):
    """Answers as TVmaze's API does."""

    def do_GET(self):
        status, body, headers = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


ANSWERS = {
    "/shows/501": (200, json.dumps(maze_show()).encode(), {}),
    "/lookup": (302, b"", {"Location": "/shows/501"}),
    "/many": (429, b"", {}),
    "/gone": (404, b"{}", {}),
    "/elsewhere": (302, b"", {"Location": "file:///etc/passwd"}),
    "/ftp": (302, b"", {"Location": "ftp://localhost/shows"}),
    "/large": (200, b"[" + b" " * 200 + b"]", {}),
}


@pytest.fixture
def api():
    server = HTTPServer(("127.0.0.1", 0), Api)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def run_address(address):
    call_command("import_tvmaze", address, verbosity=0)


@pytest.mark.parametrize("path", ["/shows/501", "/lookup"])
def test_an_address_is_fetched_and_redirects_are_followed(api, path):
    run_address(api + path)
    assert Show.objects.get().title == "The Imperfects"


@pytest.mark.parametrize(
    "named", ["501", "https://www.tvmaze.com/shows/501/the-imperfects", "http://tvmaze.com/shows/501"]
)
def test_a_number_or_a_page_of_tvmazes_stands_for_what_its_api_says(api, named, monkeypatch):
    assert files.API.startswith("https://api.tvmaze.com/shows/{number}?embed[]=seasons")
    monkeypatch.setattr(files, "API", api + "/shows/{number}")
    run_address(named)
    assert Show.objects.get().tvmaze_id == 501


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/many", "TVmaze asks for patience"),
        ("/gone", "the answer is 404"),
        ("/elsewhere", "It cannot be fetched"),
        ("/ftp", "It cannot be fetched"),
        ("/large", "It is larger than"),
    ],
)
def test_an_address_that_gives_nothing_is_said(api, path, said, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 150)
    with pytest.raises(CommandError, match=said):
        run_address(api + path)
    assert not Show.objects.exists()
