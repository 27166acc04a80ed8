"""Many comments: pages of threads, pages of one thread, and permalinks that find the right one."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from comments.models import Comment, CommentPolicy
from comments.threads import Discussion
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


@pytest.fixture(autouse=True)
def policy(db):
    """Five threads a page."""
    policy = CommentPolicy(threads_per_page=5)
    policy.save()
    return policy


def bodies(page):
    """The words of the comments on a page, in order."""
    return re.findall(r'<div class="said" dir="auto"><p>([^<]*)</p>', page)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    return response.content.decode()


def walk(client, address):
    """The pages that a reader sees who follows "More" from an address to the end."""
    pages = [read(client, address)]
    while following := re.search(r'<a rel="next" href="([^"]*)"', pages[-1]):
        pages.append(read(client, following[1]))
        assert len(pages) < 50
    return pages


def say(article, body, parent=None, *, second=0, **fields):
    at = NOON + timedelta(seconds=second)
    return make_comment(article, parent=parent, body=body, created_at=at, **fields)


def follow(client, comment, pages):
    """Where a permalink leads: the page, after a look that the comment is there; `pages` keeps those read."""
    location = client.get(comment.get_absolute_url())["Location"]
    path, _hash, anchor = location.partition("#")
    assert anchor == f"comment-{comment.pk}"
    if path not in pages:
        pages[path] = read(client, path)
    assert f'id="{anchor}"' in pages[path]
    return path


@pytest.mark.parametrize("apart", [0, 1, 7])
@pytest.mark.parametrize("first_page", ["oldest", "newest"])
def test_every_thread_stands_on_one_page_also_where_many_are_of_one_moment(
    client, article, policy, first_page, apart
):
    policy.first_page = first_page
    policy.save()
    for n in range(17):
        say(article, f"thread {n}", second=n // 4 * apart)
    pages = walk(client, article.get_absolute_url())
    expected = [f"thread {n}" for n in range(17)]
    if first_page == "newest":
        expected.reverse()
    assert [bodies(page) for page in pages] == [expected[n : n + 5] for n in range(0, 17, 5)]


@pytest.mark.parametrize("apart", [0, 1])
def test_a_thread_shows_twenty_replies_below_the_article_and_all_on_pages_of_its_own(client, article, apart):
    root = say(article, "root")
    replies = [say(article, f"reply {n}", root, second=1 + n * apart) for n in range(120)]
    say(article, "next thread", second=500)
    page = read(client, article.get_absolute_url())
    assert bodies(page) == ["root", *(f"reply {n}" for n in range(20)), "next thread"]
    assert "122 comments" in page
    address = re.search(r'<a href="([^"]*)">Show all 120 replies</a>', page)[1]
    pages = walk(client, address)
    assert [bodies(page)[0] for page in pages] == ["root"] * 3
    assert [body for page in pages for body in bodies(page)[1:]] == [reply.body for reply in replies]
    assert [len(bodies(page)) - 1 for page in pages] == [50, 50, 20]
    assert all("A comment with 120 replies" in page for page in pages)


def test_further_pages_are_light_and_kept_from_search_engines(client, article):
    for n in range(6):
        say(article, f"thread {n}", second=n)
    first, second = walk(client, article.get_absolute_url())
    assert 'rel="canonical"' in first and "noindex" not in first
    assert '<meta name="robots" content="noindex, follow">' in second and 'rel="canonical"' not in second
    assert "6 comments" in second and "One season and out" in second
    assert f'{article.get_absolute_url()}#respond">Leave a Comment</a>' in second
    assert "What is known so far." not in second and "<form" not in second
    thread = read(client, reverse("comments:thread", args=[article.slug, Comment.objects.first().pk]))
    assert 'rel="canonical"' in thread and "noindex" not in thread


@pytest.mark.parametrize("cursor", ["", "x", "1-", "-1", "9" * 30 + "-1", "1-" + "9" * 30, "٣-٣", "1-1-1"])
def test_a_cursor_that_is_none_leads_to_the_beginning(client, article, cursor):
    root = say(article, "root")
    response = client.get(reverse("comments:post", args=[article.slug]), {"after": cursor})
    assert response.status_code == 302
    assert response["Location"] == f"{article.get_absolute_url()}#comments"
    thread = client.get(reverse("comments:thread", args=[article.slug, root.pk]), {"after": cursor})
    assert bodies(thread.content.decode()) == ["root"]


def test_a_reply_whose_parent_stands_on_another_page_says_whom_it_answers(client, article):
    root = say(article, "root")
    first = say(article, "first", root, second=1, name="Theo")
    for n in range(60):
        say(article, f"reply {n}", root, second=2 + n)
    say(article, "late answer", first, second=100)
    page = walk(client, reverse("comments:thread", args=[article.slug, root.pk]))[-1]
    assert bodies(page)[-1] == "late answer" and "first" not in bodies(page)
    assert f'<a href="{first.get_absolute_url()}">In reply to Theo</a>' in page
    Comment.objects.filter(pk=first.pk).moderate("rejected")
    page = walk(client, reverse("comments:thread", args=[article.slug, root.pk]))[-1]
    assert "This comment was removed." in page and "Theo" not in page


def test_a_removed_comment_stays_as_a_gap_while_a_reply_stands(client, article):
    for n in range(4):
        say(article, f"thread {n}", second=n)
    insult = say(article, "an insult", second=10)
    answer = say(article, "an answer", insult, second=11)
    say(article, "the last", second=12)
    Comment.objects.filter(pk=insult.pk).moderate("spam")
    first, second = walk(client, article.get_absolute_url())
    assert "This comment was removed." in first and bodies(first)[-1] == "an answer"
    assert bodies(second) == ["the last"] and "6 comments" in first
    thread = reverse("comments:thread", args=[article.slug, insult.pk])
    assert "an insult" not in read(client, thread)
    Comment.objects.filter(pk=answer.pk).moderate("rejected")
    assert "removed" not in read(client, article.get_absolute_url())
    assert client.get(thread).status_code == 404


def test_a_permalink_leads_to_the_page_that_holds_the_comment(client, article):
    roots = [say(article, f"thread {n}", second=n) for n in range(12)]
    replies = [say(article, f"reply {n}", roots[1], second=100 + n // 3) for n in range(120)]
    elsewhere = say(article, "a reply", roots[9], second=300)
    home, pages = article.get_absolute_url(), {}
    assert {follow(client, comment, pages) for comment in (*roots[:5], *replies[:20])} == {home}
    thread = reverse("comments:thread", args=[article.slug, roots[1].pk])
    assert {follow(client, comment, pages) for comment in replies[20:50]} == {thread}
    for comment in replies[50:]:
        assert follow(client, comment, pages).startswith(f"{thread}?after=")
    thread = reverse("comments:thread", args=[article.slug, roots[9].pk])
    assert follow(client, roots[9], pages) == follow(client, elsewhere, pages) == thread
    CommentPolicy(threads_per_page=5, first_page="newest").save()
    pages = {}
    assert follow(client, roots[9], pages) == home and follow(client, roots[5], pages) != home


def test_the_number_of_a_reply_leads_from_a_threads_address_to_its_place(client, article):
    root = say(article, "root")
    reply = say(article, "reply", root, second=1)
    response = client.get(reverse("comments:thread", args=[article.slug, reply.pk]))
    assert response["Location"] == reply.get_absolute_url()
    held = say(article, "held", status="pending")
    assert client.get(reverse("comments:thread", args=[article.slug, held.pk])).status_code == 404
    other = publish_article()
    assert client.get(reverse("comments:thread", args=[other.slug, root.pk])).status_code == 404


def test_the_number_above_the_comments_is_right_after_every_decision(client, article):
    comments = [say(article, f"thread {n}", second=n) for n in range(8)]
    assert "8 comments" in read(client, article.get_absolute_url())
    batch = Comment.objects.filter(pk__in=[comments[0].pk, comments[7].pk]).moderate("spam")
    assert "6 comments" in read(client, article.get_absolute_url())
    Comment.objects.undo(batch.id)
    assert "8 comments" in read(client, article.get_absolute_url())
    say(article, "one more", second=9)
    assert "9 comments" in read(client, article.get_absolute_url())


def test_comments_are_closed_by_their_age_also_on_further_pages(client, article):
    for n in range(6):
        say(article, f"thread {n}", second=n)
    CommentPolicy(threads_per_page=5, close_after_days=1).save()
    article.published_at = NOON
    article.save()
    for page in walk(client, article.get_absolute_url()):
        assert "Comments are closed." in page and "Leave a Comment" not in page and ">Reply<" not in page


def fill(article, threads, replies):
    """`threads` threads, the first of which has `replies` replies and every other three."""
    moments = (NOON + timedelta(seconds=n // 2) for n in range(10**6))
    fields = {"article": article, "status": "approved", "body": "Words.", "name": "Mara"}
    roots = Comment.objects.bulk_create([Comment(created_at=next(moments), **fields) for _ in range(threads)])
    hosts = [roots[0]] * replies + roots[1:] * 3
    Comment.objects.bulk_create(
        [Comment(parent=r, thread=r, depth=1, created_at=next(moments), **fields) for r in hosts]
    )
    return roots


def plans(address, client):
    """What the database does for each query about comments of a page, as lines of text."""
    found = []

    def explain(execute, sql, params, many, context):
        # The newest comment of the site is looked up at the end of its table.
        if '"comments_comment"' in sql and "comments_moderationevent" not in sql:
            how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            execute(f"{how} {sql}", params, many, context)
            found.extend(str(row[-1]) for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        client.get(address)
    assert found
    return found


def test_a_page_of_many_comments_costs_the_queries_of_a_page_of_few(
    client, article, django_assert_num_queries, django_assert_max_num_queries
):
    few = publish_article()
    fill(few, 4, 16)
    roots = fill(article, 400, 800)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # So small a table is read whole; what counts is that there is a way around it.
            cursor.execute("ANALYZE comments_comment")
            cursor.execute("SET LOCAL enable_seqscan = off")
    further = re.search(r'<a rel="next" href="([^"]*)"', read(client, article.get_absolute_url()))[1]
    thread = reverse("comments:thread", args=[article.slug, roots[0].pk])
    late = re.search(r'<a rel="next" href="([^"]*)"', read(client, thread))[1]
    for address in (article.get_absolute_url(), further, thread, late, roots[300].get_absolute_url()):
        with django_assert_max_num_queries(12):
            client.get(address)
        for line in plans(address, client):
            assert "Seq Scan on comments_comment" not in line, (address, line)
            assert not line.startswith("SCAN comments_comment"), (address, line)
    policy = CommentPolicy.current()
    with django_assert_num_queries(2):
        assert Discussion(few, policy=policy).html
    with django_assert_num_queries(3):
        discussion = Discussion(article, policy=policy)
        assert discussion.html and discussion.count == 400 + 800 + 399 * 3
