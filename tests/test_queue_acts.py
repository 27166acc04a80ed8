"""What moderators do beside deciding: keep, answer, edit, give reasons, ban, destroy; and the way back."""

import re

import pytest
from django.contrib.auth.models import Permission

from articles.models import ArticleAuthor
from comments.mails import Writer
from comments.models import Ban, Comment, ModerationEvent, Report
from mailing.models import Mail
from tests.conftest import make_person
from tests.factories import make_author, publish_article
from tests.factories_comments import make_comment
from tests.queue_desk import QUEUE, bodies, complain, own_page, page_of, press, press_undo, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


@pytest.fixture
def desk(at_desk, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    return at_desk(moderator)


def typed(client, comment, act, **fields):
    """The form of an act as its page offers it, with `fields` typed in, sent."""
    address = own_page(comment, act)
    page = page_of(client, address)
    hidden = dict(re.findall(r'<input type="hidden" name="(was|version)" value="([^"]*)"', page))
    return client.post(address, {**hidden, **fields}, follow=True)


def text_of(response):
    return response.content.decode()


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def test_a_complaint_puts_a_comment_into_the_tab_and_keep_settles_it_for_good(desk, article):
    comment = say(article, "rude?", status="approved")
    report = complain(comment, details="He is rude")
    reported = f"{QUEUE}?status=reported"
    page = page_of(desk, reported)
    assert bodies(page) == ["rude?"] and "Insulting or hateful" in page and "He is rude" in page
    page = press(desk, "Keep", comment, reported)
    assert "1 comment kept." in page and bodies(page) == []
    assert fresh(comment).is_kept and fresh(comment).status == "approved"
    page = press_undo(desk, page, reported)
    assert bodies(page) == ["rude?"] and not fresh(comment).is_kept
    assert Report.objects.get(pk=report.pk).settled_at is None


def test_to_approve_what_is_approved_and_complained_about_is_to_keep_it(desk, article):
    comment = say(article, "rude?", status="approved")
    complain(comment)
    data = {"action": "mark_approved", "_selected_action": [comment.pk], "index": 0}
    assert "1 comment kept." in text_of(desk.post(f"{QUEUE}?status=reported", data, follow=True))
    assert fresh(comment).is_kept


def test_a_decision_settles_complaints_and_undo_opens_only_those(desk, article):
    comment = say(article, "rude", status="approved")
    complain(comment)
    page = press(desk, "Reject", comment, f"{QUEUE}?status=reported")
    later = complain(comment, key="two")
    press_undo(desk, page)
    assert Report.objects.filter(settled_at=None).count() == 2
    page = press(desk, "Reject", comment, f"{QUEUE}?status=reported")
    assert not Report.objects.filter(settled_at=None).exists()
    assert later.comment == comment


def test_a_staff_reply_stands_at_once_under_the_moderators_name_and_approves_what_it_answers(desk, article):
    comment = say(article, "Is there news?")
    response = typed(desk, comment, "reply", body="Not yet.")
    assert "Reply posted, comment approved." in text_of(response)
    answer = comment.replies.get()
    assert (answer.name, answer.email, answer.badge, answer.status) == ("Moderator", "", "staff", "approved")
    assert fresh(comment).status == "approved"
    press_undo(desk, text_of(response))
    assert (fresh(comment).status, fresh(answer).status) == ("pending", "rejected")
    assert "Reply posted" in text_of(typed(desk, comment, "reply", body="Not yet."))
    assert list(Comment.objects.approved().filter(parent=comment).values_list("body", flat=True)) == [
        "Not yet."
    ]


def test_an_author_of_the_article_answers_with_the_authors_badge_and_byline(desk, moderator, article):
    author = make_author("Mona B.", user=moderator)
    ArticleAuthor.objects.create(article=article, author=author, position=5)
    comment = make_comment(article)
    typed(desk, comment, "reply", body="It was us.")
    assert (comment.replies.get().name, comment.replies.get().badge) == ("Mona B.", "author")


def test_the_name_that_staff_log_in_with_is_never_shown_to_readers(at_desk, article):
    person = make_person("secret-login", group="Moderators", first_name="")
    comment = make_comment(article)
    typed(at_desk(person), comment, "reply", body="Hello.")
    assert "secret" not in comment.replies.get().name


def test_the_same_reply_sent_twice_stands_once(desk, article):
    comment = make_comment(article)
    typed(desk, comment, "reply", body="Not yet.")
    response = typed(desk, comment, "reply", body="Not yet.")
    assert response.status_code == 422 and "stands there already" in text_of(response)
    assert comment.replies.count() == 1


def test_a_reply_to_what_somebody_else_has_taken_off_is_kept_on_the_page(desk, article):
    comment = say(article, "hello")
    Comment.objects.all().moderate("spam", by=make_person("theo"))
    response = desk.post(own_page(comment, "reply"), {"was": "pending", "body": "A long thought"})
    assert response.status_code == 422
    assert text_of(response).count("Meanwhile somebody else has changed this comment") == 1
    assert re.search(
        r"<textarea[^>]*>\s*A long thought</textarea>", text_of(response)
    ) and 'name="was" value="spam"' in text_of(response)
    assert not comment.replies.exists() and fresh(comment).status == "spam"


def test_an_edit_keeps_what_was_first_posted_and_shows_the_difference(desk, article):
    comment = say(article, "call me at 555 tonight", status="approved")
    response = typed(desk, comment, "edit", body="call me tonight")
    assert "1 comment edited." in text_of(response)
    typed(desk, comment, "edit", body="call me")
    edited = fresh(comment)
    assert (edited.body, edited.original_body, edited.edited_by) == (
        "call me",
        "call me at 555 tonight",
        "moderator",
    )
    page = page_of(desk, own_page(comment, "change"))
    assert "<del>at 555 </del>" in page and "call me at 555 tonight" in page


def test_an_edit_is_undone_to_the_letter(desk, article):
    comment = say(article, "as it was")
    page = text_of(typed(desk, comment, "edit", body="as it is"))
    press_undo(desk, page)
    undone = fresh(comment)
    assert (undone.body, undone.original_body, undone.edited_by) == ("as it was", "", "")


def test_an_edit_of_a_text_that_changed_meanwhile_overwrites_nothing(desk, article):
    comment = say(article, "first")
    page = page_of(desk, own_page(comment, "edit"))
    version = re.search(r'name="version" value="([^"]*)"', page)[1]
    Comment.objects.update(body="second")
    response = desk.post(own_page(comment, "edit"), {"was": "pending", "version": version, "body": "my text"})
    assert response.status_code == 422 and "my text" in text_of(response)
    assert fresh(comment).body == "second"


def test_an_empty_edit_is_refused(desk, article):
    comment = say(article, "hello")
    assert "cannot be without a text" in text_of(typed(desk, comment, "edit", body=" "))
    assert fresh(comment).body == "hello"


def test_a_reason_for_rejecting_stands_in_the_record(desk, article):
    comment = say(article, "hello")
    assert "Please choose a reason." in text_of(typed(desk, comment, "reject"))
    assert "Please say what it is." in text_of(typed(desk, comment, "reject", reason="other"))
    typed(desk, comment, "reject", reason="personal", words="his street")
    assert comment.events.get().why == "Personal data: his street"
    assert fresh(comment).status == "rejected"


def test_a_spoiler_is_hidden_and_shown_again(desk, article):
    comment = say(article, "she dies", status="approved")
    tab = f"{QUEUE}?status=approved"
    assert "1 comment hidden as a spoiler." in press(desk, "Hide as a spoiler", comment, tab)
    assert fresh(comment).is_spoiler and fresh(comment).status == "approved"
    page = press(desk, "No spoiler after all", comment, tab)
    assert not fresh(comment).is_spoiler
    press_undo(desk, page, tab)
    assert fresh(comment).is_spoiler


def test_a_ban_takes_what_waits_with_it_and_undo_lifts_it(desk, moderator, article):
    comment = say(article, "buy", email="Bot@Spam.example")
    other = say(article, "buy more", email="bot@spam.example")
    friend = say(article, "hello", email="friend@spam.example")
    page = text_of(typed(desk, comment, "ban", kind="email", until="2040-01-01", rejects_waiting="on"))
    assert "Sender banned, 2 comments rejected." in page
    ban = Ban.objects.get()
    assert (ban.kind, ban.value, str(ban.until), ban.created_by) == (
        "email",
        "bot@spam.example",
        "2040-01-01",
        moderator,
    )
    assert [fresh(c).status for c in (comment, other, friend)] == ["rejected", "rejected", "pending"]
    press_undo(desk, page)
    assert not Ban.objects.exists()
    assert [fresh(c).status for c in (comment, other)] == ["pending", "pending"]


def test_a_domain_is_banned_but_not_one_that_half_the_world_is_at(desk, article):
    comment = say(article, "buy", email="a@spam.example", status="approved")
    typed(desk, comment, "ban", kind="domain")
    assert (Ban.objects.get().kind, Ban.objects.get().value) == ("domain", "spam.example")
    assert fresh(comment).status == "approved"
    common = say(article, "buy", email="a@gmail.com")
    assert "Very many people are at gmail.com" in text_of(typed(desk, common, "ban", kind="domain"))
    assert "This day has passed." in text_of(typed(desk, common, "ban", kind="email", until="2001-01-01"))


def test_without_the_right_to_ban_there_is_neither_link_nor_page(at_desk, article):
    person = make_person("helper")
    person.user_permissions.set(Permission.objects.filter(codename__in=["view_comment", "moderate_comment"]))
    comment = say(article, "buy", email="a@spam.example")
    desk = at_desk(person)
    assert "/ban/" not in page_of(desk)
    assert desk.get(own_page(comment, "ban")).status_code == 403
    assert desk.get(own_page(comment, "destroy")).status_code == 403
    assert desk.post(own_page(comment, "destroy"), {"was": "pending"}).status_code == 403


def test_deleting_for_good_leaves_nothing_but_the_record(at_desk, administrator, desk, article):
    comment = say(article, "secret one", email="mara@reader.example")
    typed(desk, comment, "edit", body="secret two")
    complain(comment, details="it tells a secret")
    boss = at_desk(administrator)
    page = page_of(boss, own_page(comment, "destroy"))
    assert "This cannot be undone." in page and "nothing of it stays on the site" in page
    page = text_of(typed(boss, comment, "destroy"))
    assert f"Comment {comment.pk} is deleted for good." in page and 'name="_undo"' not in page
    assert not Comment.objects.exists() and not Report.objects.exists()
    assert not any("secret" in str(event.changes) for event in ModerationEvent.objects.all())
    record = page_of(boss, f"/admin/comments/moderationevent/?q={comment.pk}")
    assert "Deleted for good" in record and "Admin" in record and f">{comment.pk}<" in record


def test_deleting_for_good_takes_back_the_mails_that_would_still_quote_it(at_desk, administrator, article):
    comment = say(article, "an unlawful text", email="mara@reader.example")
    other = say(article, "harmless")
    for told in (comment, other):
        mail = Writer().held(administrator, told)
        Mail.objects.create(key=f"held-{told.pk}-1", recipient=mail["to"], text=mail["text"])
    typed(at_desk(administrator), comment, "destroy")
    states = {mail.key.split("-")[1]: (mail.state, mail.text) for mail in Mail.objects.all()}
    assert states[str(comment.pk)] == ("cancelled", "")
    assert states[str(other.pk)][0] == "waiting" and "harmless" in states[str(other.pk)][1]


def test_deleting_for_good_what_was_answered_leaves_an_empty_place(at_desk, administrator, client, article):
    comment = make_comment(article, body="unlawful", name="Mara", email="mara@reader.example")
    make_comment(article, parent=comment, body="an answer")
    boss = at_desk(administrator)
    assert "an empty place stays" in page_of(boss, own_page(comment, "destroy"))
    typed(boss, comment, "destroy")
    shell = fresh(comment)
    assert (shell.body, shell.name, shell.email, shell.folded_email, shell.status) == (
        "",
        "",
        "",
        "",
        "rejected",
    )
    page = client.get(article.get_absolute_url()).content.decode()
    assert "This comment was removed." in page and "unlawful" not in page
    page = page_of(boss, f"{QUEUE}?status=rejected")
    assert "deleted for good" in page and 'value="approved.' not in page
    boss.post(QUEUE, {"_moderate": f"approved.{comment.pk}.rejected"})
    assert fresh(comment).status == "rejected"


def test_django_s_own_ways_of_deleting_are_switched_off(at_desk, administrator, article):
    comment = say(article, "hello")
    boss = at_desk(administrator)
    assert boss.post(f"{QUEUE}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    boss.post(
        QUEUE, {"action": "delete_selected", "_selected_action": [comment.pk], "index": 0, "post": "yes"}
    )
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_a_thousand_are_one_press_and_one_undo(desk, article):
    fields = {"article": article, "name": "Bot", "body": "buy", "email": "b@s.example"}
    Comment.objects.bulk_create(Comment(**fields) for _ in range(1000))
    data = {
        "action": "mark_spam",
        "_selected_action": [Comment.objects.first().pk],
        "select_across": 1,
        "index": 0,
    }
    page = text_of(desk.post(QUEUE, data, follow=True))
    assert "1000 comments marked as spam." in page
    assert Comment.objects.filter(status="spam").count() == 1000
    assert "1000 changes undone." in press_undo(desk, page)
    assert Comment.objects.pending().count() == 1000


def test_the_script_is_told_of_the_card_the_counts_and_the_way_back(desk, article):
    comment = say(article, "hello")
    answer = send(desk, {"_moderate": f"spam.{comment.pk}.pending", "seen": f"{comment.pk}.pending"})
    told = answer.json()
    assert "no-store" in answer["Cache-Control"]
    assert told["said"] == "1 comment marked as spam." and told["level"] == "success"
    assert told["counts"]["pending"] == "0" and told["counts"]["spam"] == "1"
    assert "card-done" in told["cards"][str(comment.pk)]
    told = send(desk, {"_undo": told["undo"], "seen": f"{comment.pk}.spam"}).json()
    assert told["said"] == "1 change undone." and "undo" not in told
    assert "card-done" not in told["cards"][str(comment.pk)]
    told = send(desk, {"_undo": told["redo"]}).json()
    assert told["said"] == "1 change made again." and "redo" not in told
    assert fresh(comment).status == "spam"


def test_the_script_of_the_second_moderator_is_told_and_overturns_nothing(desk, article):
    one, two = say(article, "one"), say(article, "two", 1)
    Comment.objects.filter(pk=one.pk).moderate("rejected", by=make_person("theo"))
    stale = [f"{one.pk}.pending", f"{two.pk}.pending"]
    told = send(desk, {"_moderate": f"approved.{one.pk}.pending", "seen": stale}).json()
    assert told["level"] == "warning" and "left as it is" in told["said"] and "undo" not in told
    assert "Rejected" in told["cards"][str(one.pk)]
    bulk = {"action": "mark_approved", "_selected_action": [one.pk, two.pk], "seen": stale, "index": 0}
    told = send(desk, bulk).json()
    assert told["said"].startswith("1 comment approved. 1 comment was left as it is")
    assert (fresh(one).status, fresh(two).status) == ("rejected", "approved")


@pytest.mark.parametrize("act", ["reply", "edit", "reject", "ban", "destroy"])
def test_looking_at_a_page_of_an_act_changes_nothing_and_no_stranger_sees_it(
    desk, client, editor, at_desk, act, article
):
    comment = say(article, "hello")
    if act != "destroy":
        assert 'name="was" value="pending"' in page_of(desk, own_page(comment, act))
    assert client.get(own_page(comment, act)).status_code == 302
    assert at_desk(editor).get(own_page(comment, act)).status_code == 403
    assert not ModerationEvent.objects.exists()
    assert desk.get(own_page(comment, act).replace(str(comment.pk), "9" * 17)).status_code in {403, 404}


def test_history_of_the_reader_and_the_way_to_all_of_theirs(desk, article):
    for status in ("approved", "approved", "rejected"):
        make_comment(article, email="Mara@reader.example", status=status)
    make_comment(article, email="other@reader.example", body="by another")
    comment = say(article, "new", email="mara@reader.example", is_confirmed=True)
    page = page_of(desk)
    assert "2 approved, 1 rejected" in page and "confirmed" in page
    theirs = page_of(desk, f"{QUEUE}?status=all&reader={comment.pk}")
    assert len(bodies(theirs)) == 4 and "by another" not in theirs


def test_reasons_and_score_are_told_in_words(desk, article):
    reasons = [
        {"check": "score", "score": 0.97, "words": ["free", "click"]},
        {"check": "a check of tomorrow"},
    ]
    say(article, "buy", reasons=reasons, spam_score=0.97)
    page = page_of(desk)
    assert "97" in page and "because of: free, click" in page and "a check of tomorrow" in page


def test_the_score_sorts_and_does_nothing_else(desk, article):
    for n, score in enumerate([0.5, None, 0.9, 0.1]):
        say(article, f"{score}", n, spam_score=score)
    assert bodies(page_of(desk)) == ["0.5", "None", "0.9", "0.1"]
    assert bodies(page_of(desk, f"{QUEUE}?order=suspicious-first")) == ["0.9", "0.5", "0.1", "None"]
    assert bodies(page_of(desk, f"{QUEUE}?order=suspicious-last")) == ["0.1", "0.5", "0.9", "None"]


def test_the_policy_is_one_so_its_page_offers_no_other(desk):
    page = desk.get("/admin/comments/commentpolicy/add/").content.decode()
    assert 'name="_save"' in page and 'name="_addanother"' not in page
