"""What posting a comment costs with every check on, and whether posts sent eight at a time are stored once.

    uv run python benchmarks/posting.py             CPU and queries of a post, beside a bare form
    uv run python benchmarks/posting.py --posts 1000    and then 1,000 posts, each sent eight at a time

Makes a site of its own in a temporary folder and removes it; `DATABASE_URL` may name an empty database of
PostgreSQL instead of its SQLite. CPU time, not the clock, because machines are shared: of all kinds of post
in turn, so that what disturbs one disturbs the others. Times are compared by their medians; the limit in ms
is held against the least, which is what a post costs where nothing disturbs it. The limits are for a comment
and for a reply; one that appears at once also writes down that it did and leaves work to the worker, and is
shown beside them.
"""

import argparse
import collections
import io
import logging
import statistics
import time
import urllib.parse
from datetime import timedelta

RUNS = 300
MOST_MS, MOST_RATIO, MOST_QUERIES = 4.0, 3.0, 10
WORDS = 62_000
TEXT = (
    "I watched all ten episodes in one weekend and would have liked to see where they go next. The last "
    "scene was set up for a second season, and the cast deserved one. Does anybody know whether the books "
    "go on after this?"
)
FORM = "application/x-www-form-urlencoded"
HEADERS = {"sec-fetch-site": "same-origin"}


def seed():
    """Comments below an article, and everything that a check can look at; returns the article."""
    from articles.models import Article
    from comments.models import Ban, Comment, CommentPolicy
    from comments.spam import filter as spam_filter

    article = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    words = "\n".join(f"casino-{number}.example" for number in range(WORDS))
    CommentPolicy(hold="strangers", disallowed_words=words, moderation_words="crypto\nloan").save()
    Ban.objects.bulk_create(Ban(kind="domain", value=f"spam{number}.example") for number in range(200))
    stored = [
        Comment(article=article, name="Reader", email=f"r{number}@reader.example", status=status, body=body)
        for number in range(100)
        for status, body in (
            ("approved", TEXT),
            ("spam", "Free followers, click my channel http://a.example"),
        )
    ]
    for comment in stored:
        comment.folded_email = comment.email
    Comment.objects.bulk_create(stored)
    spam_filter.rebuild()
    return article


def bare_view():
    """The address of a view with a plain form and one insert, which is what nobody can go below."""
    from django import forms
    from django.http import HttpResponse
    from django.shortcuts import redirect
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    import config.urls
    from comments.models import Comment

    class BareForm(forms.ModelForm):
        class Meta:
            model = Comment
            fields = ["article", "name", "email", "website", "body"]

    class PlainForm(forms.Form):
        comment = forms.CharField(widget=forms.Textarea)
        name = forms.CharField(max_length=245)
        email = forms.EmailField()
        website = forms.CharField(required=False)

    @csrf_exempt
    def bare(request, pk):
        form = PlainForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        data = dict(form.cleaned_data)
        Comment.objects.create(article_id=pk, body=data.pop("comment"), **data)
        return redirect("/")

    config.urls.urlpatterns.insert(0, path("bare/<int:pk>/", bare))


class Poster:
    """Sends posts, each of another reader from another network, with a form token of four seconds ago."""

    def __init__(self, article, parent):
        from django.test import Client

        from comments.tokens import form_token

        self.client, self.article, self.parent, self.number = Client(headers=HEADERS), article, parent, 0
        self.old_token = form_token()
        time.sleep(4)

    def typed(self, **fields):
        self.number += 1
        return {
            "comment": f"{TEXT} {self.number}",
            "name": "Mara",
            "email": f"mara{self.number}@elsewhere.example",
            "website": "example.org",
            "form_token": self.old_token,
            **fields,
        }

    def known(self, **fields):
        """What a reader sends who was approved before and whose browser proves it."""
        from comments.models import Comment
        from comments.tokens import confirmation_token

        typed = self.typed(**fields)
        typed["confirmation"] = confirmation_token(typed["email"])
        earlier = Comment(article=self.article, body="Good.", name="Mara", status="approved")
        earlier.email = typed["email"]
        earlier.created_at -= timedelta(days=1)
        earlier.save()
        return typed

    def send(self, address, typed):
        where = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        body = urllib.parse.urlencode(typed)
        started = time.process_time()
        response = self.client.post(address, body, FORM, REMOTE_ADDR=where)
        spent = (time.process_time() - started) * 1000
        if response.status_code not in (302, 303):
            raise SystemExit(f"Refused with {response.status_code}: {response.content.decode()[-2000:]}")
        return spent


def measure(article):
    """Prints CPU and queries of each kind of post, and returns whether all limits hold."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    parent = article.comments.filter(status="approved").first()
    ours, bare = reverse("comments:post", args=[article.slug]), f"/bare/{article.pk}/"
    poster = Poster(article, parent)
    kinds = {
        "bare form, one insert": lambda: (bare, poster.typed()),
        "comment": lambda: (ours, poster.typed()),
        "reply": lambda: (ours, poster.typed(parent=parent.pk)),
        "appears at once": lambda: (ours, poster.known()),
        "reply, at once, with mails": lambda: (ours, poster.known(parent=parent.pk, notify="on")),
    }
    for _ in range(5):
        for make in kinds.values():
            poster.send(*make())
    spent = collections.defaultdict(list)
    for _ in range(RUNS):
        for name, make in kinds.items():
            spent[name].append(poster.send(*make()))
    plain = statistics.median(spent["bare form, one insert"])
    print(f"{'post':30} {'CPU ms':>8} {'least':>8} {'queries':>8} {'x bare':>8}")
    is_fine, judged = True, {"comment", "reply"}
    for name, make in kinds.items():
        address, typed = make()
        with CaptureQueriesContext(connection) as captured:
            poster.send(address, typed)
        median, least = statistics.median(spent[name]), min(spent[name])
        print(f"{name:30} {median:8.2f} {least:8.2f} {len(captured):8} {median / plain:8.2f}")
        if name in judged:
            is_fine &= least <= MOST_MS and median / plain <= MOST_RATIO and len(captured) <= MOST_QUERIES
    print("within" if is_fine else "NOT within", f"{MOST_MS} ms, {MOST_RATIO} x bare, {MOST_QUERIES} queries")
    return is_fine


def main():
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--posts", type=int, default=0)
    posts = parser.parse_args().posts
    article = seed()
    bare_view()
    is_fine = measure(article)
    if posts:
        from posts_at_once import sent_at_once

        from comments.models import CommentPolicy

        CommentPolicy.objects.update(posts_an_hour=100_000)
        is_fine &= sent_at_once(article, posts)
    raise SystemExit(not is_fine)


if __name__ == "__main__":
    from own_site import own_site

    with own_site("testserver,127.0.0.1"):
        main()
