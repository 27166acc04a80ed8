"""Forced races: a change is committed by somebody else while a page is rendered, and the next reader asks.

Nothing sleeps: the rendering stops at one of its queries, or at its end, until the change is committed.
"""

import io
import math
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from articles.models import Article, ArticleAuthor, Author, Category, Section, Tag
from comments import counts, discussed
from pagestore import by_heart, readings
from pagestore.blind import environ_of_site, render
from pagestore.pages import page_at
from pagestore.wsgi import PageStore
from queries.remembered import parts_of_pages
from shows.models import Show

from .changes import CHANGES, approve, put_right

ROOM = 16 * 1024 * 1024
BELIEVED_FOR = (0, 0.25)
# A page asks about as many queries as these; a later one is the moment after the last.
MOST_QUERIES = 20


def make_articles(count=3):
    """Articles of one show, department, tag and author, published and commented on; their numbers."""
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    category = Category.objects.create(name="News", slug="news")
    author = Author.objects.create(name="Ada Writer", slug="ada-writer")
    tag = Tag.objects.create(name="Endings", slug="endings")
    made = []
    for number in range(count):
        article = Article.objects.create(headline=f"Story {number}", category=category, show=show)
        ArticleAuthor.objects.create(article=article, author=author)
        Section.objects.create(parent=article, ordering=10, kind="overview", body="<p>What is known.</p>")
        article.tags.add(tag)
        article.publish()
        approve(article.pk, "I miss it.")
        made.append(article.pk)
    return made


def addresses():
    """Pages of every kind on which the changes can be seen."""
    stories = [article.get_absolute_url() for article in Article.objects.order_by("pk")]
    found = [
        *("/", "/articles/", "/feed/", "/comments/feed/", "/tracker/", "/sitemap-articles-0.xml"),
        *("/categories/news/", "/tags/endings/", "/authors/ada-writer/", "/shows/the-imperfects/"),
        *("/decisions/feed/", "/news-sitemap.xml"),
    ]
    # Half of all readers read a story.
    return [*stories * 4, *(f"{story}comments/feed/" for story in stories), *found]


class Clock:
    """What a store takes for the time, which can be set forward."""

    ahead = 0.0

    def monotonic(self):
        return time.monotonic() + self.ahead


class Interrupted:
    """The site, which stops at the query with this number, or at its end, until somebody has done a deed."""

    def __init__(self, application):
        self.application, self.deed, self.left = application, None, 0

    def __call__(self, environ, start_response):
        if self.deed is None:
            return self.application(environ, start_response)
        with connection.execute_wrapper(self.count):
            body = b"".join(self.application(environ, start_response))
        self.stop()
        return [body]

    def count(self, execute, sql, params, many, context):
        if self.left == 0:
            self.stop()
        self.left -= 1
        return execute(sql, params, many, context)

    def stop(self):
        deed, self.deed = self.deed, None
        if deed:
            deed()


class Reading:
    """Readers of the site through a store of their own, and what Django itself would answer them now."""

    def __init__(self, believed_for, clock):
        self.clock = clock
        self.site = Interrupted(get_wsgi_application())
        self.store = PageStore(self.site, room=ROOM, believed_for=believed_for)
        # The store's own clock, in place of the machine's.
        readings.time = clock

    def ask(self, address):
        """(status, body) as the store answers."""
        said = {}

        def start_response(status, headers, exc_info=None):
            said.update(status=int(status[:3]))

        body = b"".join(self.store(environ_of(address), start_response))
        return said["status"], body

    def lose(self, address):
        self.store.shelf.drop(page_at(address, "").key)

    def ask_django(self, address):
        """(status, body) of a rendering for which nothing was remembered."""
        parts_of_pages.clear()
        by_heart.forget()
        counts._counted.cache_clear()
        discussed._busiest.cache_clear()
        made = render(self.site, environ_of_site(), page_at(address, ""), io.StringIO())
        return int(made.status[:3]), made.body


def environ_of(address):
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


class Neighbour:
    """Whoever makes the changes: a thread of this process, with a connection of its own."""

    def __init__(self):
        self.thread = ThreadPoolExecutor(1)

    def change(self, name, article, text):
        self.thread.submit(CHANGES[name], article, text).result()

    def ask(self, address, later):
        """What it is answered by a store of its own, `later` seconds after its last question; it has none."""
        return None

    def end(self):
        self.thread.submit(connections.close_all).result()
        self.thread.shutdown()


@dataclass
class Outcome:
    """How many races there were, in how many the page was another afterwards, and which left a stale page."""

    races: int = 0
    mattered: int = 0
    stale: list = field(default_factory=list)

    def __str__(self):
        return f"{self.races:,} races, {len(self.stale)} stale ({self.mattered:,} changed the page)"


class Races:
    def __init__(self, articles, *, neighbour=None, seed=1):
        self.dice, self.clock = random.Random(seed), Clock()
        self.articles, self.addresses = articles, addresses()
        self.readings = [Reading(believed_for, self.clock) for believed_for in BELIEVED_FOR]
        self.neighbour = neighbour or Neighbour()
        self.outcome = Outcome()

    def run(self, count, seconds=math.inf, tell=lambda outcome: None):
        """As many races, or as can be had in so many seconds."""
        end = time.monotonic() + seconds
        try:
            while self.outcome.races < count and time.monotonic() < end:
                self.race()
                tell(self.outcome)
        finally:
            self.neighbour.end()
        return self.outcome

    def race(self):
        """One change of one article while one page is rendered."""
        outcome, dice = self.outcome, self.dice
        outcome.races += 1
        article, address = dice.choice(self.articles), dice.choice(self.addresses)
        change, reading = dice.choice(list(CHANGES)), dice.choice(self.readings)
        if dice.random() < 0.8:
            put_right(article)
        self.neighbour.ask(address, later=0)
        reading.lose(address)
        reading.site.left = moment = dice.randrange(MOST_QUERIES)
        text = f"Written in race {outcome.races}"
        reading.site.deed = lambda: self.neighbour.change(change, article, text)
        overtaken = reading.ask(address)
        # A page that nobody rendered is one that the change comes after.
        reading.site.stop()
        self.clock.ahead += reading.store.readings.believed_for
        self.judge(reading, address, overtaken, f"{change} at query {moment} of {address}")

    def judge(self, reading, address, overtaken, what):
        answers = [reading.ask(address), reading.ask(address)]
        if theirs := self.neighbour.ask(address, later=max(BELIEVED_FOR)):
            answers.append(theirs)
        fresh = reading.ask_django(address)
        self.outcome.mattered += overtaken != fresh
        if any(answer != fresh for answer in answers):
            self.outcome.stale.append(what)
