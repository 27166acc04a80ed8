"""Error pages: in the site's look, with a way on, and the last one without the database."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import make_publication
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_what_is_not_there_answers_404_with_a_way_on():
    page = read("/nothing/here/", status=404)
    assert "There is no page at this address." in page and 'href="/articles/"' in page


def test_a_fault_of_ours_answers_500_without_the_database(monkeypatch, client):
    monkeypatch.setattr("articles.views.Slice.of", lambda *args: 1 / 0)
    client.raise_request_exception = False
    with connection.execute_wrapper(lambda *args: pytest.fail("the page of errors asked the database")):
        response = client.get("/articles/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "words"),
    [(403, "Not allowed"), (404, "Not found"), (410, "Gone"), (429, "Too many tries")],
)
def test_every_error_page_says_what_happened_and_leads_on(rf, code, words):
    make_publication("Cold Open")
    page = render_to_string(f"{code}.html", request=rf.get("/nothing/"))
    assert words in page and str(code) in page and "Cold Open" in page
    assert 'content="noindex"' in page and 'href="/shows/"' in page


def test_a_form_without_its_token_is_told_that_it_had_expired():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "That form had expired" in response.content.decode()


def test_a_request_for_another_host_answers_400_in_the_same_look(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "That request made no sense" in response.content.decode()
