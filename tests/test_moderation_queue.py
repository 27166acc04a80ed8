"""The queue in the newsroom, as a moderator uses it; nothing here needs a script."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from comments.models import Comment, CommentPolicy, ModerationEvent
from comments.own import edit
from tests.conftest import make_person
from tests.factories import publish_article
from tests.factories_comments import make_comment
from tests.queue_desk import QUEUE, bodies, page_of, press, press_undo, say
from visitors.networks import Network

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


@pytest.fixture
def desk(at_desk, moderator):
    return at_desk(moderator)


def test_what_waits_longest_comes_first_and_is_whole(desk, article):
    parent = make_comment(article, name="Theo", body="What came before")
    long = "word " * 3000 + "the very end"
    say(article, "second", 2)
    say(article, long, 1, parent=parent, name="Mara", email="m@reader.example", website="https://m.example/")
    page = page_of(desk)
    assert bodies(page) == [long, "second"]
    for shown in (
        "One season and out",
        "Mara",
        "m@reader.example",
        "https://m.example/",
        "What came before",
        "10 Nov 2022, 12:01",
    ):
        assert shown in page
    assert 'href="https://m.example' not in page


def test_readers_text_is_escaped(desk, article):
    say(article, "<script>alert(1)</script>", 1, name="<b>Eve</b>", website="https://a.example/<i>")
    page = page_of(desk)
    assert "<script>alert" not in page and "<b>Eve" not in page and "example/<i>" not in page


@pytest.mark.parametrize(
    ("label", "status", "said"),
    [
        ("Approve", "approved", "1 comment approved."),
        ("Reject", "rejected", "1 comment rejected."),
        ("Spam", "spam", "1 comment marked as spam."),
    ],
)
def test_one_press_decides_and_another_undoes(desk, article, moderator, label, status, said):
    comment = say(article, "hello", 1)
    page = press(desk, label, comment)
    comment.refresh_from_db()
    assert (comment.status, comment.moderated_by) == (status, moderator)
    assert said in page
    page = press_undo(desk, page)
    comment.refresh_from_db()
    assert comment.status == "pending"
    assert "1 change undone." in page and bodies(page) == ["hello"]


def test_a_decided_comment_can_be_put_back_and_tells_who_decided(desk, article):
    comment = say(article, "hello", 1)
    press(desk, "Approve", comment)
    page = page_of(desk, f"{QUEUE}?status=approved")
    assert "Approved by Moderator, " in page
    press(desk, "Back to pending", comment, f"{QUEUE}?status=approved")
    assert bodies(page_of(desk)) == ["hello"]


def test_an_empty_queue_says_so(desk):
    assert "Nothing waits. Good work." in page_of(desk)
    assert "No comments here." in page_of(desk, f"{QUEUE}?status=spam")
    assert "Nothing matches this search." in page_of(desk, f"{QUEUE}?q=zebra")


def test_the_tabs_count_and_filter(desk, article):
    for n, status in enumerate(["pending", "pending", "approved", "spam", "rejected"]):
        say(article, f"{n} {status}", n, status=status)
    page = page_of(desk)
    tabs = re.findall(r'>(\w+) <span class="count" data-tab="\w+">(\d+)<', page)
    assert tabs == [
        ("Pending", "2"),
        ("Reported", "0"),
        ("Approved", "1"),
        ("Spam", "1"),
        ("Rejected", "1"),
        ("All", "5"),
    ]
    assert bodies(page) == ["0 pending", "1 pending"]
    assert bodies(page_of(desk, f"{QUEUE}?status=spam")) == ["3 spam"]
    newest_first = ["4 rejected", "3 spam", "2 approved", "1 pending", "0 pending"]
    assert bodies(page_of(desk, f"{QUEUE}?status=all")) == newest_first
    assert bodies(page_of(desk, f"{QUEUE}?status=nonsense")) == ["0 pending", "1 pending"]


def test_the_queue_can_be_of_one_article(desk, article):
    say(article, "here", 1)
    other = publish_article(headline="Another story")
    say(other, "there", 2)
    assert bodies(page_of(desk, f"{QUEUE}?article={other.pk}")) == ["there"]
    assert "Another story (1)" in page_of(desk)
    assert bodies(page_of(desk, f"{QUEUE}?article=nonsense")) == []


@pytest.mark.parametrize("query", ["needle", "mara.vane", "vane@reader", "season+out"])
def test_search_finds_text_names_addresses_and_headlines(desk, article, query):
    say(article, "a needle in the hay", 1, name="mara.vane", email="vane@reader.example")
    say(publish_article(headline="Elsewhere"), "hay", 2, name="Theo")
    assert bodies(page_of(desk, f"{QUEUE}?q={query}")) == ["a needle in the hay"]


def test_bulk_actions_count_and_can_be_undone(desk, article):
    comments = [say(article, f"{n}", n) for n in range(4)]
    ticked = [comment.pk for comment in comments[:3]]
    page = desk.post(
        QUEUE, {"action": "mark_spam", "_selected_action": ticked, "index": 0}, follow=True
    ).content.decode()
    assert "3 comments marked as spam." in page and bodies(page) == ["3"]
    page = press_undo(desk, page)
    assert "3 changes undone." in page and bodies(page) == ["0", "1", "2", "3"]


def test_a_bulk_action_can_take_all_that_the_tab_and_search_show(desk, article):
    for n in range(30):
        say(article, f"buy {n}", n)
    kept = say(article, "a thought", 40)
    address = f"{QUEUE}?q=buy"
    ticked = list(Comment.objects.values_list("pk", flat=True)[:2])
    data = {"action": "mark_spam", "_selected_action": ticked, "select_across": 1, "index": 0}
    assert "30 comments marked as spam." in desk.post(address, data, follow=True).content.decode()
    assert list(Comment.objects.pending()) == [kept]


def test_nobody_approves_a_text_that_its_writer_has_slipped_in(desk, article):
    comment, other = say(article, "A kind word.", 1), say(article, "Another.", 2)
    shown = re.findall(r'name="seen" value="([^"]+)"', desk.get(QUEUE).content.decode())
    edit(comment, "Buy my watches.", CommentPolicy.current(), Network("203.0.113.7"))
    one = {"_moderate": f"approved.{comment.pk}.pending", "seen": shown}
    page = desk.post(QUEUE, one, follow=True).content.decode()
    assert "1 comment was left as it is" in page and "its writer has edited it" in page
    both = {"action": "mark_approved", "_selected_action": [comment.pk, other.pk], "seen": shown, "index": 0}
    page = desk.post(QUEUE, both, follow=True).content.decode()
    assert list(Comment.objects.approved()) == [other]
    shown = re.findall(r'name="seen" value="([^"]+)"', page)
    desk.post(QUEUE, one | {"seen": shown})
    assert set(Comment.objects.approved()) == {comment, other}


def test_the_second_moderator_is_told_and_overturns_nothing(desk, article):
    comment = say(article, "hello", 1)
    stale = f"approved.{comment.pk}.pending"
    Comment.objects.all().moderate("spam", by=make_person("theo"))
    page = desk.post(QUEUE, {"_moderate": stale}, follow=True).content.decode()
    assert "1 comment was left as it is: somebody else has decided on it meanwhile." in page
    page = desk.post(
        QUEUE,
        {
            "action": "mark_approved",
            "_selected_action": [comment.pk],
            "seen": [f"{comment.pk}.pending"],
            "index": 0,
        },
        follow=True,
    ).content.decode()
    assert "1 comment was left as it is" in page
    comment.refresh_from_db()
    assert comment.status == "spam"


def test_a_decision_leads_back_to_the_same_list(desk, article):
    for n in range(30):
        say(article, f"{n}", n)
    address = f"{QUEUE}?status=all&p=2&q=2"
    comment = Comment.objects.get(body="2")
    response = desk.post(address, {"_moderate": f"spam.{comment.pk}.pending"})
    assert response["Location"] == address


def test_after_a_decision_reading_goes_on_with_the_next_comment(desk, article):
    one, two, three = (say(article, f"{n}", n).pk for n in range(3))
    seen = [f"{pk}.pending" for pk in (one, two, three)]
    response = desk.post(QUEUE, {"_moderate": f"spam.{two}.pending", "seen": seen})
    assert response["Location"] == f"{QUEUE}#card-{three}"
    assert f'id="card-{three}"' in page_of(desk)
    response = desk.post(QUEUE, {"_moderate": f"spam.{three}.pending", "seen": seen})
    assert response["Location"] == QUEUE


def test_deciding_on_the_last_page_shows_the_new_last_page(desk, article):
    comments = [say(article, f"{n}", n) for n in range(51)]
    page = press(desk, "Approve", comments[50], f"{QUEUE}?p=3")
    assert bodies(page) == [str(n) for n in range(25, 50)]


def test_the_page_of_a_comment_is_read_only_and_has_its_history(desk, article):
    comment = say(article, "hello", 1)
    press(desk, "Spam", comment)
    press(desk, "Approve", comment, f"{QUEUE}?status=spam")
    own = re.search(
        r'href="(/admin/comments/comment/\d+/change/[^"]*)"', page_of(desk, f"{QUEUE}?status=all")
    )
    address = own[1].replace("&amp;", "&")
    page = page_of(desk, address)
    history = re.findall(r"<b>(\w+ → \w+)</b> by <bdi>Moderator</bdi>", page)
    assert history == ["Pending → Spam", "Spam → Approved"]
    assert "<textarea" not in page and 'name="_save"' not in page and "card-done" not in page
    assert "hello" in page
    response = desk.post(address, {"_moderate": f"rejected.{comment.pk}.approved"})
    assert response["Location"] == f"{QUEUE}?status=all"
    comment.refresh_from_db()
    assert comment.status == "rejected"


def test_moderators_neither_write_nor_edit_nor_delete_comments(desk, article):
    comment = say(article, "hello", 1)
    assert desk.get(f"{QUEUE}add/").status_code == 403
    assert desk.post(f"{QUEUE}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{QUEUE}{comment.pk}/change/", {"body": "changed"}).status_code == 403
    desk.post(
        QUEUE, {"action": "delete_selected", "_selected_action": [comment.pk], "index": 0, "post": "yes"}
    )
    assert Comment.objects.get().body == "hello"


def test_nobody_else_sees_the_queue(client, at_desk, writer, editor, article):
    say(article, "hello", 1)
    assert client.get(QUEUE).status_code == 302
    for person in (writer, editor):
        assert at_desk(person).get(QUEUE).status_code == 403


def test_who_may_only_look_gets_no_buttons_and_cannot_press_any(at_desk, article):
    from django.contrib.auth.models import Permission

    comment = say(article, "hello", 1)
    person = make_person("looker")
    person.user_permissions.add(Permission.objects.get(codename="view_comment"))
    desk = at_desk(person)
    assert bodies(page_of(desk)) == ["hello"] and "_moderate" not in page_of(desk)
    for data in (
        {"_moderate": f"approved.{comment.pk}.pending"},
        {"_undo": "0" * 32},
    ):
        assert desk.post(QUEUE, data).status_code == 403
        assert desk.post(f"{QUEUE}{comment.pk}/change/", data).status_code == 403
    desk.post(QUEUE, {"action": "mark_approved", "_selected_action": [comment.pk], "index": 0})
    assert Comment.objects.get().status == "pending"


@pytest.mark.parametrize("value", ["", "approved", "approved.x.pending", "lost.1.pending", "a.b.c.d"])
def test_a_forged_button_is_refused(desk, value):
    assert desk.post(QUEUE, {"_moderate": value}).status_code == 400
    assert desk.post(QUEUE, {"_undo": value}).status_code == 400


def test_the_queue_costs_the_same_queries_however_long(desk, article, django_assert_max_num_queries):
    page_of(desk)
    for n in range(25):
        say(article, f"{n}", n, parent=make_comment(article))
    # Session, person, permissions, publication and menu; tabs, articles, the list's keys, comments, reports.
    with django_assert_max_num_queries(12):
        assert len(bodies(page_of(desk))) == 25


def test_nothing_inline_stands_in_the_queue(desk, article):
    comment = say(article, "hello", 1)
    for address in (QUEUE, f"{QUEUE}{comment.pk}/change/"):
        page = page_of(desk, address)
        assert " style=" not in page and "onclick" not in page


def test_the_front_page_says_what_waits(article):
    assert "No comment waits" in render_to_string("comments/_newsroom.html")
    say(article, "hello", 1)
    waits = render_to_string("comments/_newsroom.html")
    assert "1 comment waits for moderation" in waits
    assert f'href="{reverse("admin:comments_comment_changelist")}"' in waits


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "-1", "x", "\u00b2"])
def test_a_number_that_no_comment_and_no_article_has_is_no_error(desk, article, number):
    make_comment(article)
    assert desk.get(QUEUE, {"article": number}).status_code in {200, 400}
    ticked = {"action": "mark_spam", "_selected_action": [number], "seen": [f"{number}.pending"]}
    assert desk.post(QUEUE, ticked).status_code == 400
    assert not ModerationEvent.objects.exists()


@pytest.mark.parametrize("status", ["\0", "lost", ""])
def test_a_status_that_no_card_can_have_shown_decides_nothing(desk, article, status):
    comment = make_comment(article, status="pending")
    assert desk.post(QUEUE, {"_moderate": f"spam.{comment.pk}.{status}"}).status_code == 400
    ticked = {"action": "mark_spam", "_selected_action": [comment.pk], "seen": [f"{comment.pk}.{status}"]}
    assert desk.post(QUEUE, ticked).status_code == 302
