"""A site with articles that have as many comments as wanted, and what readers and a moderator ask of it."""

import io
import logging
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2024, 1, 1, tzinfo=UTC)
BODIES = [
    "Two sentences, as most of them are. And a second one, which says why.",
    "It deserved better.\n\nThe last episode alone was worth the month, whatever the numbers say about it.",
    "I stopped watching after the third one. Does it get better, or is that all there is to it?",
    "The figures are at https://figures.example/weeks/2024-01, for whoever doubts them.",
    "I did not see it coming that ||the doctor was the killer|| at all.",
]


def body(n):
    """Of a hundred comments three have a link and three a spoiler; each is a little different."""
    kind = {7: 3, 17: 4}.get(n % 33, n % 3)
    return f"{BODIES[kind]} ({n})"


def comment(article, n, status="approved", **fields):
    from comments.models import Comment

    reader = n * 7919 % 5000
    return Comment(
        article=article,
        name=f"Reader O'{reader}",
        email=f"reader{reader}@example.org",
        folded_email=f"reader{reader}@example.org",
        website="https://reader.example/" if n % 10 == 0 else "",
        body=body(n),
        status=status,
        # Every fourth shares its moment with the one before.
        created_at=START + timedelta(seconds=30 * (n - (n % 4 == 3))),
        **fields,
    )


def fill(article, threads, comments, largest):
    """Approved comments in so many threads, the fourth of which has `largest` replies; and some others."""
    from comments.models import Comment

    roots = Comment.objects.bulk_create([comment(article, n) for n in range(threads)], batch_size=2000)
    others = ["pending", "spam", "rejected"]
    Comment.objects.bulk_create(
        [comment(article, n, status=others[n // 20 % 3]) for n in range(0, threads, 20)], batch_size=2000
    )
    small = [root for root in roots if root is not roots[3]]
    hosts = [roots[3]] * largest + [small[n // 2 % len(small)] for n in range(comments - threads - largest)]
    number = iter(range(threads, comments))
    first = [
        comment(article, n, parent=host, thread=host, depth=1)
        for host, n in zip(hosts[::2], number, strict=False)
    ]
    first = Comment.objects.bulk_create(first, batch_size=2000)
    second = [
        comment(article, n, parent=above, thread_id=above.thread_id, depth=2)
        for above, n in zip(first, number, strict=False)
    ]
    Comment.objects.bulk_create(second, batch_size=2000)
    return roots


def copy_of_story(slug):
    """The sample's story once more, with its text and pictures and without its show."""
    from articles.models import Article

    story = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    blocks = [block for block in story.blocks() if block._meta.model_name != "panel"]
    authors = list(story.article_authors.all())
    story.pk, story.slug, story.show, story.published_at, story._state.adding = None, slug, None, None, True
    story.save()
    for row, owner in [*((block, "parent") for block in blocks), *((row, "article") for row in authors)]:
        row.pk, row._state.adding = None, True
        setattr(row, owner, story)
        row.save()
    story.publish()
    return story


class Site:
    """What readers and a moderator ask of it."""

    def __init__(self):
        from django.test import Client

        self.reader, self.desk, self.numbers = Client(), Client(), count(1)

    def get(self, address):
        response = self.reader.get(address)
        assert response.status_code == 200, (address, response.status_code)  # noqa: S101

    def queue(self):
        assert self.desk.get("/admin/comments/comment/").status_code == 200  # noqa: S101

    def change(self, comment):
        """Say one of the comments otherwise, as its writer may."""
        comment.body = body(next(self.numbers))
        comment.save()

    def post(self, article, parent):
        n = next(self.numbers)
        typed = {"comment": f"A thought of my own, the {n}th.", "name": f"Poster {n}", "website": ""}
        typed |= {"email": f"poster{n}@example.org", "parent": parent.pk}
        response = self.reader.post(
            f"/articles/{article.slug}/comments/",
            typed,
            headers={"sec-fetch-site": "same-origin"},
            REMOTE_ADDR=f"10.{n // 65536}.{n // 256 % 256}.{n % 256}",
        )
        assert response.status_code == 303, response.status_code  # noqa: S101


def prepared():
    """A site with the sample, a moderator at the desk, and 100 comments that wait."""
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)

    from django.contrib.auth.models import User

    from comments.models import Comment

    site = Site()
    moderator = User.objects.create_superuser("benchmark", "benchmark@example.org")
    site.desk.force_login(moderator, backend="logins.backend.LoginBackend")
    other = copy_of_story("other")
    Comment.objects.bulk_create([comment(other, n, status="pending") for n in range(100)])
    return site
