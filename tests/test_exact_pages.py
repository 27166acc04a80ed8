"""What readers get is never older than what is stored, whoever changed it and by whatever way."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Edition, FrontPage, FrontStory, Tag
from comments.models import Comment, CommentPolicy
from pagestore import generations, triggers
from shows.models import Decision, Show
from tests.factories import make_article, make_publication, make_tag, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_show
from tests.page_store import Readers

pytestmark = pytest.mark.django_db(transaction=True)
PENDING, APPROVED = Comment.Status.PENDING, Comment.Status.APPROVED


@pytest.fixture
def article(client):
    article = publish_article(headline="Cancelled", text="<p>Why it ended.</p>", show=make_show())
    make_comment(article, status=APPROVED, body="I miss it.")
    make_comment(article, status=PENDING, body="A second voice.")
    return article


@pytest.fixture
def story(article):
    return article.get_absolute_url()


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


def load(tmp_path, *rows):
    path = tmp_path / "rows.json"
    path.write_text(serialize("json", rows))
    call_command("loaddata", path, verbosity=0)


def republish(article):
    article.headline = "Not cancelled after all"
    article.save()
    article.publish()


def of(rows, **changes):
    """A row with changes, which nobody has saved."""
    row = rows.first()
    vars(row).update(changes)
    return row


CHANGES = {
    "a moderator approves": lambda article, _: Comment.objects.pending().moderate(APPROVED),
    "a bulk update approves": lambda article, _: Comment.objects.update(status=APPROVED),
    "SQL approves": lambda article, _: sql("UPDATE comments_comment SET status = 'approved'"),
    "a fixture approves": lambda article, tmp: load(tmp, of(Comment.objects.pending(), status=APPROVED)),
    "a comment is edited": lambda article, _: Comment.objects.update(body="I miss it very much."),
    "a comment is rejected": lambda article, _: Comment.objects.approved().moderate("rejected"),
    "a comment is deleted": lambda article, _: Comment.objects.approved().delete(),
    "SQL deletes comments": lambda article, _: sql("DELETE FROM comments_comment"),
    "comments are closed": lambda article, _: Article.objects.update(comments_mode="closed"),
    "the policy changes": lambda article, _: CommentPolicy.objects.update_or_create(
        pk=1, defaults={"show_avatars": False, "thread_depth": 1, "close_after_days": 1}
    ),
    "a version is published": lambda article, _: republish(article),
    "SQL rewrites a version": lambda article, _: sql("UPDATE articles_edition SET headline = 'By hand'"),
    "a fixture rewrites a version": lambda article, tmp: load(
        tmp, of(Edition.objects, headline="From a fixture")
    ),
    "the article is taken off": lambda article, _: article.unpublish(),
    "its address moves": lambda article, _: Article.objects.update(slug="elsewhere"),
    "it is tagged": lambda article, _: article.tags.add(make_tag("endings")),
    "its show is renamed": lambda article, _: Show.objects.update(title="Another name"),
    "a decision is recorded": lambda article, _: make_decision(article.show),
    "decisions come in bulk": lambda article, _: Decision.objects.bulk_create(
        [Decision(show=article.show, outcome="cancelled", announced_on="2022-11-08", source_name="A paper")]
    ),
    "the publication is named": lambda article, _: make_publication("Another paper"),
    "another article about the show": lambda article, _: publish_article(
        headline="More of it", show=article.show
    ),
}


@pytest.mark.parametrize("way", CHANGES)
def test_the_next_reader_gets_what_has_changed(readers, client, article, story, way, tmp_path):
    before = readers.get(story)
    CHANGES[way](article, tmp_path)
    after = readers.get(story)
    assert after.said != "hit" and after.body != before.body
    assert (after.status, after.body) == (client.get(story).status_code, client.get(story).content)


def save_the_draft(article):
    article.headline, article.lead_image = "A better headline, later", None
    article.save()
    article.blocks()[0].delete()


def file_a_draft(article):
    draft = make_article(headline="Only begun", show=article.show)
    draft.tags.add(Tag.objects.get())
    draft.also_about.add(article.show)
    draft.delete()


def post_many(article):
    for number in range(20):
        make_comment(article, status=PENDING, body=f"Waiting {number}")
    Comment.objects.filter(body="Waiting 3").update(status="spam", spam_score=0.99)
    Comment.objects.filter(body="Waiting 4").delete()


NO_CHANGES = {
    "a draft is saved": save_the_draft,
    "a draft is filed and thrown away": file_a_draft,
    "comments come in and wait": post_many,
    "a comment is scored": lambda article: Comment.objects.update(spam_score=0.5, learned_as="ham"),
    "another article's comment": lambda article: make_comment(
        make_article(pk=article.pk + 1, headline="Other"), status=APPROVED
    ),
    "the same is written again": lambda article: Article.objects.update(slug=article.slug),
}


@pytest.mark.parametrize("way", NO_CHANGES)
def test_what_readers_cannot_see_loses_no_page(readers, client, article, story, way):
    make_tag("endings")
    before = readers.get(story)
    NO_CHANGES[way](article)
    after = readers.get(story)
    assert after.said == "hit"
    assert after.body == before.body == client.get(story).content


def test_what_is_rolled_back_leaves_the_page_as_it_was(readers, article, story):
    before = readers.get(story)
    with pytest.raises(RuntimeError), transaction.atomic():
        Comment.objects.update(status=APPROVED)
        raise RuntimeError
    after = readers.get(story)
    assert after.body == before.body
    Comment.objects.update(status=APPROVED)
    assert "A second voice." in readers.get(story).text


def test_a_savepoint_that_is_rolled_back_forgets_nothing_that_comes_after_it(readers, article, story):
    readers.get(story)
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            Comment.objects.update(status=APPROVED)
            raise RuntimeError
        Comment.objects.update(status=APPROVED)
    assert "A second voice." in readers.get(story).text


def test_a_change_while_the_page_is_rendered_is_seen_by_the_next_reader(article, story):
    readers = Readers()
    django = readers.store.application

    def slow(environ, start_response):
        chunks = b"".join(django(environ, start_response))
        Comment.objects.pending().moderate(APPROVED)
        return [chunks]

    readers.store.application = slow
    assert "A second voice." not in readers.get(story).text
    assert "A second voice." in readers.get(story).text


def test_a_reading_is_believed_for_a_moment_and_no_longer(article, story, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("pagestore.readings.time.monotonic", lambda: clock[0])
    readers = Readers(believed_for=0.25)
    readers.get(story)
    Comment.objects.pending().moderate(APPROVED)
    clock[0] += 0.24
    assert readers.get(story).said == "hit"
    clock[0] += 0.02
    assert "A second voice." in readers.get(story).text


def test_one_page_is_rendered_once_for_each_state(article, story, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("pagestore.readings.time.monotonic", lambda: clock[0])
    readers = Readers(believed_for=0.25)
    for _state in range(3):
        for _reader in range(5):
            readers.get(story)
            clock[0] += 0.1
        Comment.objects.update(body=timezone.now().isoformat())
        clock[0] += 0.26
    assert readers.renders == [story] * 3


# After the articles of the tests are published, which is now.
NOON = "2101-05-20 12:01:00+00:00"


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("what", "later"),
    [
        ("a version that was planned", timedelta(minutes=40)),
        ("a withdrawal that was planned", timedelta(minutes=40)),
        ("the day after which comments close", timedelta(hours=12)),
        ("a day of waiting", timedelta(hours=12)),
    ],
)
def test_the_clock_alone_makes_a_page_old(readers, client, article, story, what, later):
    at = timezone.now() + timedelta(minutes=40)
    if what == "a version that was planned":
        article.headline = "What comes later"
        article.save()
        article.publish(at=at)
    elif what == "a withdrawal that was planned":
        article.unpublish(at=at)
    elif what == "the day after which comments close":
        CommentPolicy.objects.update_or_create(pk=1, defaults={"close_after_days": 1})
        Article.objects.update(published_at=timezone.now() - timedelta(days=1))
        Edition.objects.update(published_at=timezone.now() - timedelta(days=1))
    else:
        article.show.seasons.create(number=1, premiered_on="2101-01-01", finale_on="2101-05-01")
    before = readers.get(story)
    with time_machine.travel(timezone.now() + later - timedelta(minutes=2), tick=False):
        assert readers.get(story).said == "hit"
    with time_machine.travel(timezone.now() + later, tick=False):
        after = readers.get(story)
        assert after.said != "hit" and after.body != before.body
        assert after.body == client.get(story).content


@time_machine.travel(NOON, tick=False)
def test_a_story_stands_on_top_until_its_time_is_over(readers, client, article):
    front = FrontPage.objects.create(pk=1)
    old = publish_article(headline="The older one", at=timezone.now() - timedelta(days=9))
    publish_article(headline="The newer one")
    FrontStory.objects.create(front=front, article=old, until=timezone.now() + timedelta(minutes=2))
    before = readers.get("/")
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        after = readers.get("/")
        assert after.body != before.body and after.body == client.get("/").content


def test_numbers_are_never_those_of_another_state(article):
    seen = {tuple(sorted(generations.values().items()))}
    for status in (APPROVED, PENDING) * 3:
        Comment.objects.update(status=status)
        seen.add(tuple(sorted(generations.values().items())))
    assert len(seen) == 7


def test_a_number_that_is_missing_keeps_nothing(readers, article, story):
    readers.get(story)
    sql("DELETE FROM pagestore_generation WHERE name = 'articles_edition'")
    assert readers.get(story).said == "bypass; no number for articles_edition"
    generations.renew()
    assert [readers.get(story).said for _ in range(2)] == ["miss", "hit"]


def test_a_table_that_is_emptied_loses_its_pages(readers, article, story):
    readers.get(story)
    sql(
        "DELETE FROM comments_comment"
        if connection.vendor == "sqlite"
        else "TRUNCATE comments_comment CASCADE"
    )
    after = readers.get(story)
    assert after.said != "hit" and "I miss it." not in after.text


def test_a_flushed_database_serves_nothing_of_before(readers, article, story):
    readers.get(story)
    call_command("flush", interactive=False, verbosity=0)
    assert readers.get(story).status == 404
    assert triggers.missing() == set()


def test_a_missing_trigger_is_told_and_made_again_by_migrate():
    from pagestore.checks import triggers_are_there

    name = min(trigger.name for trigger in triggers.wanted().values() if trigger.table == "shows_show")
    sql(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON shows_show"))
    assert triggers.missing() == {name}
    (warning,) = triggers_are_there(None, databases=["default"])
    assert warning.id == "pagestore.W001" and name in warning.msg
    # As from the command line, where an error would keep it from doing anything.
    call_command("migrate", verbosity=0, skip_checks=False)
    assert triggers.missing() == set()


def test_before_the_tables_are_there_nothing_is_told_and_nothing_keeps_migrate_from_making_them(monkeypatch):
    from pagestore import checks

    monkeypatch.setattr(triggers, "missing", lambda: pytest.fail("asked too early"))
    monkeypatch.setattr(checks, "is_migrated", lambda: False)
    assert checks.triggers_are_there(None, databases=["default"]) == []
