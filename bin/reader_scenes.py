"""What must happen before a picture of a reader's page can be taken: posting, a link in a mail, a failure.

Each scene takes the Desk of `screenshots.py`, a width and a colour scheme, and gives the page to show.
"""

import itertools
import json
from functools import cache

STORY = "/articles/the-imperfects-cancelled-one-season/"
# Rows that the sample lacks, and the addresses of links that people get by mail.
LINKS = """
import json
from datetime import timedelta
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from articles.models import Article, PreviewLink, Series
from articles.previews import signer
from comments.models import Comment, CommentPolicy, Subscription
from comments.privacy.links import token_for
from comments.tokens import mail_token
from follows.models import Follow
from follows.tokens import mail_token as follow_token
from shows.models import Show

series, _ = Series.objects.get_or_create(
    slug="how-it-ended", defaults={"name": "How it ended", "description": "Last seasons, one by one."}
)
Article.objects.filter(pk__in=[1, 6, 7]).update(series=series)
CommentPolicy.objects.update(posts_an_hour=1000)
comment = Comment.objects.approved().filter(article=6, parent=None).exclude(folded_email="").first()
waiting = Comment.objects.filter(status="pending").first()
reader = {"thread": comment, "folded_email": comment.folded_email}
subscription, _ = Subscription.objects.get_or_create(
    **reader, defaults={"email": comment.email, "comment": comment}
)
follow, _ = Follow.objects.get_or_create(show=Show.objects.get(pk=1), email="reader@example.org")
moderator = User.objects.get(username="moderator")
preview, _ = PreviewLink.objects.get_or_create(
    article_id=6, for_whom="The lawyer", defaults={"expires_at": timezone.now() + timedelta(days=7)}
)
links = {
    "preview": ("articles:shared_preview", signer().sign(preview.pk)),
    "confirm": ("comments:confirm", mail_token("confirm", comment.pk)),
    "unsubscribe": ("comments:unsubscribe", mail_token("unsubscribe", subscription.pk)),
    "personal": ("comments:your_data_of", token_for(comment.folded_email)),
    "decide": ("comments:decide", mail_token("decide", f"{waiting.pk}.{moderator.pk}")),
    "follow": ("follows:confirm", follow_token("confirm", follow.pk)),
    "unfollow": ("follows:unsubscribe", follow_token("unsubscribe", follow.pk)),
}
print(json.dumps({name: reverse(view, args=[token]) for name, (view, token) in links.items()}))
"""
NAMES = (f"Nora Vance {number}" for number in itertools.count(1))


@cache
def links(desk):
    """The addresses that `LINKS` makes, by name."""
    return json.loads(desk.site.manage("shell", "--verbosity", "0", "--command", LINKS))


def pressed(page, name):
    """The page that pressing its button leads to."""
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name=name, exact=True).first.click()
    return page


def reader(desk, width, scheme, address):
    page = desk.page(width, scheme, None)
    page.goto(address, wait_until="networkidle")
    return page


# Posting a comment.


def posted(desk, width, scheme, text="The chart says it all. Thank you for keeping the links.", name=""):
    links(desk)
    page = reader(desk, width, scheme, STORY)
    page.locator("#respond textarea").fill(text)
    page.get_by_label("Name").first.fill(name or next(NAMES))
    page.get_by_label("Email").first.fill(f"{next(NAMES).replace(' ', '.').lower()}@example.org")
    return pressed(page, "Post Comment")


def held(desk, width, scheme):
    """The page after posting: held, seen by its reader alone."""
    return posted(desk, width, scheme)


def own(desk, width, scheme):
    """The reader's own comment, to be edited."""
    page = posted(desk, width, scheme)
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("link", name="Edit", exact=True).click()
    return page


def deleting(desk, width, scheme):
    page = posted(desk, width, scheme)
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("link", name="Delete", exact=True).click()
    return page


def refused(desk, width, scheme):
    """A comment without text and with half an address: refused, everything kept."""
    page = reader(desk, width, scheme, STORY)
    page.locator("#respond form").evaluate("form => form.noValidate = true")
    page.get_by_label("Name").first.fill("Nora")
    page.get_by_label("Email").first.fill("nora@")
    return pressed(page, "Post Comment")


# Links in mails.


def confirming(desk, width, scheme):
    return reader(desk, width, scheme, links(desk)["confirm"])


def confirmed(desk, width, scheme):
    page = confirming(desk, width, scheme)
    return pressed(page, page.locator("main button").first.inner_text())


def subscription(desk, width, scheme):
    return reader(desk, width, scheme, links(desk)["unsubscribe"])


def personal(desk, width, scheme):
    return reader(desk, width, scheme, links(desk)["personal"])


def erasing(desk, width, scheme):
    return pressed(personal(desk, width, scheme), "Erase…")


def deciding(desk, width, scheme):
    """A waiting comment, by the link in a mail to its moderator."""
    return reader(desk, width, scheme, links(desk)["decide"])


def following(desk, width, scheme):
    return reader(desk, width, scheme, links(desk)["follow"])


def followed(desk, width, scheme):
    page = following(desk, width, scheme)
    return pressed(page, page.locator("main button").first.inner_text())


def unfollowing(desk, width, scheme):
    return reader(desk, width, scheme, links(desk)["unfollow"])


def imported(desk, *lines):
    """Charts that the sample lacks, as the import takes them."""
    path = desk.site.folder / "chart.tsv"
    path.write_text("".join("\t".join(map(str, line)) + "\n" for line in lines))
    desk.site.manage("import_netflix_top10", str(path), "--as-of", "2023-01-10")


def all_time(desk, width, scheme):
    """The most popular of all time."""
    shows = ("Wednesday", "Stranger Things", "The Sandman", "Fate: The Winx Saga", "The Imperfects")
    columns = ("category", "rank", "show_title", "season_title", "hours_viewed_first_28_days")
    lines = [
        ("TV (English)", rank, show, f"{show}: Season 1", 1_237_150_000 - rank * 61_230_000)
        for rank, show in enumerate(shows, start=1)
    ]
    imported(desk, columns, *lines)
    return reader(desk, width, scheme, "/top10/all-time/")


def country(desk, width, scheme):
    """A week's lists in one country."""
    shows = ("Cobra Kai", "The Imperfects", "Devil in Ohio", "Partner Track", "A Title of Nobody's")
    columns = ("country_name", "country_iso2", "week", "category", "weekly_rank", "show_title")
    columns += ("season_title", "cumulative_weeks_in_top_10")
    lines = [
        (name, code, "2022-09-18", "TV", rank, show, f"{show}: Season 1", 1 + rank % 3)
        for name, code in (("Canada", "CA"), ("Sweden", "SE"))
        for rank, show in enumerate(shows, start=1)
    ]
    imported(desk, columns, *lines)
    return reader(desk, width, scheme, "/top10/2022-09-18/ca/")


def series(desk, width, scheme):
    links(desk)
    return reader(desk, width, scheme, "/series/how-it-ended/")


# What goes wrong.


def gone(desk, width, scheme):
    """An article that was taken off for good."""
    desk.site.manage("shell", "--verbosity", "0", "--command", GONE)
    return reader(desk, width, scheme, "/articles/wu-assassins-neither-renewed-nor-cancelled/")


GONE = """
from articles.models import Article
article = Article.objects.get(pk=12)
article.unpublish(absence=Article.Absence.FOR_GOOD)
"""


def failure(desk, width, scheme):
    """The page for our own mistakes, as the proxy in front of the site has it."""
    return written(desk, width, scheme, "500.html")


def maintenance(desk, width, scheme):
    return written(desk, width, scheme, "maintenance.html")


def written(desk, width, scheme, name):
    folder = desk.site.folder / "errors"
    desk.site.manage("write_error_pages", str(folder))
    page = desk.page(width, scheme, None)
    page.goto((folder / name).as_uri())
    return page


def closed(desk, width, scheme):
    """The newsroom's door after many wrong passwords."""
    page = desk.page(width, scheme, None)
    for _ in range(12):
        answer = page.goto("/admin/login/")
        if answer.status == 429:
            break
        page.fill("[name=username]", "nobody")
        page.fill("[name=password]", "wrong")
        page.click("[type=submit]")
        page.wait_for_load_state("networkidle")
        if "429" in page.content():
            break
    return page


def shared(desk, width, scheme):
    """A draft as whoever was given its link sees it."""
    return reader(desk, width, scheme, links(desk)["preview"])


READERS = (
    shared,
    held,
    own,
    deleting,
    refused,
    confirming,
    confirmed,
    subscription,
    personal,
    erasing,
    deciding,
)
READERS += (following, followed, unfollowing, series, all_time, country, gone, failure, maintenance, closed)
