"""The pages of networks and people: their shows, what became of them, and what machines read there."""

import json
import re

import pytest
from django.test import Client

from shows.models import Network, Person
from tests.factories_shows import make_credit, make_decision, make_network, make_season, make_show
from tests.reading import read

pytestmark = pytest.mark.django_db
FRAME = 1


@pytest.fixture
def netflix():
    network = make_network("Netflix", website="https://www.netflix.com/", wikidata_id="Q907311")
    over = make_show("The Imperfects", network=network)
    make_season(over, premiered_on="2022-09-08", finale_on="2022-09-08")
    make_decision(over, announced_on="2022-11-08", source_name="ComicBook.com")
    goes_on = make_show("Wednesday", network=network)
    make_season(goes_on, premiered_on="2022-11-23")
    make_decision(goes_on, "renewed", "2023-01-06", season_number=2)
    make_show("Elsewhere", network="ABC")
    return network


def data(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found[1])["@graph"]


def test_a_network_tells_what_became_of_its_shows(netflix):
    page = " ".join(read("/networks/netflix/").split())
    assert page.index("Wednesday") < page.index("The Imperfects")
    assert "Elsewhere" not in page
    for said in ("Renewed for season 2", "Netflix, 8 Nov 2022", "ComicBook.com", "Streamer"):
        assert said in page
    counts = Client().get("/networks/netflix/").context["counts"]
    assert [(status, count) for status, _label, count in counts] == [("renewed", 1), ("cancelled", 1)]
    organisation = data(page)[0]
    assert organisation["@type"] == "Organization"
    assert organisation["sameAs"] == ["https://www.netflix.com/", "https://www.wikidata.org/wiki/Q907311"]


def test_a_network_without_shows_says_so_and_is_not_for_search_engines():
    Network.objects.create(name="Nobody", slug="nobody")
    page = read("/networks/nobody/")
    assert "No shows of this network are on record yet." in page
    assert 'content="noindex, follow"' in page


def test_the_show_page_leads_to_its_network_and_its_people(netflix):
    show = netflix.shows.get(title="The Imperfects")
    person = make_credit(show, "Italia Ricci", role="cast", character="Dr Sydney Burke").person
    page = read(show.get_absolute_url())
    assert '<a href="/networks/netflix/">Netflix</a>' in page
    assert f'<a href="{person.get_absolute_url()}">Italia Ricci</a> (Dr Sydney Burke)' in page


def test_a_person_tells_what_they_did_and_what_became_of_it(netflix):
    for title, role, character in (
        ("The Imperfects", "creator", ""),
        ("The Imperfects", "cast", "Herself"),
        ("Wednesday", "cast", "Enid"),
    ):
        show = netflix.shows.get(title=title)
        make_credit(show, "Shelley Eriksen", role=role, character=character)
    Person.objects.update(imdb_id="nm0259443", tvmaze_id=7, wikidata_id="Q42")
    person = Person.objects.get()
    page = " ".join(read(person.get_absolute_url()).split())
    assert page.index("Wednesday") < page.index("The Imperfects")
    for said in ("Enid<small>Cast</small>", "Creator", "Herself", "Cancelled", "Renewed for season 2"):
        assert said in page
    assert data(page)[0]["sameAs"] == [
        "https://www.imdb.com/name/nm0259443/",
        "https://www.tvmaze.com/people/7",
        "https://www.wikidata.org/wiki/Q42",
    ]


def test_a_person_without_credits_says_so():
    Person.objects.create(name="Nobody", slug="nobody")
    assert "No credits are on record yet." in read("/people/nobody/")


@pytest.mark.parametrize("address", ["/networks/nothing/", "/people/nothing/"])
def test_unknown_names_are_not_found(address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("count", [2, 120])
def test_they_take_as_many_queries_however_many_shows(django_assert_num_queries, count):
    network = make_network("Netflix")
    for number in range(count):
        make_credit(make_show(f"Show {number}", network=network), "Shelley Eriksen")
    person = Person.objects.get()
    # The network, the counts, a page of shows, two for the report card; the person, the credits, their shows.
    for address, queries in ((network.get_absolute_url(), 5), (person.get_absolute_url(), 3)):
        with django_assert_num_queries(FRAME + queries):
            Client().get(address)


def test_many_shows_of_a_network_are_paged():
    network = make_network("Netflix")
    for number in range(101):
        make_show(f"Show {number:03}", network=network)
    assert "Page 2 of 2" in read("/networks/netflix/?page=2")
