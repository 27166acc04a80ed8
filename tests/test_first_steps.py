"""What a new site still needs: read off what is there, for its owner, until all is done or it is hidden."""

import re

import pytest
from django.utils import timezone

from articles.models import Page, Publication
from mailing.models import Mail
from operations.models import RecurringTask
from tests.conftest import make_person
from tests.factories import make_category, picture_file, publish_article
from tests.phones import code_of, give_phone

pytestmark = pytest.mark.django_db
LIST = 'id="first-steps"'


def front(desk):
    return " ".join(desk.get("/admin/").content.decode().split())


def open_steps(desk):
    """The titles of what is not done yet."""
    page = front(desk).partition(LIST)[2].partition("</section>")[0]
    lines = re.findall(r"<li(.*?)</li>", page)
    return [re.search(r"<b>(.*?)</b>", line).group(1) for line in lines if "is-done" not in line]


def test_an_empty_site_asks_its_owner_for_everything(at_desk, administrator):
    assert open_steps(at_desk(administrator)) == [
        "Mail works",
        "Name and logo",
        "Privacy page",
        "First category",
        "Colleagues",
        "Work in the background goes on",
        "First article published",
        "Your second factor",
    ]


def test_each_step_is_done_by_what_is_there_and_the_list_goes_with_the_last(
    at_desk, administrator, client, time_machine
):
    time_machine.move_to("2026-05-05 12:00:00+00:00", tick=False)
    desk = at_desk(administrator)
    Mail.objects.create(key="reply-1", state=Mail.State.SENT, sent_at=timezone.now())
    Publication(name="Cold Open", logo=picture_file()).save()
    Page.objects.create(title="Privacy", slug="your-data", body="<p>We keep nothing.</p>")
    make_category()
    make_person("colleague", group="Writers")
    RecurringTask.objects.create(name="a task", last_run_at=timezone.now())
    assert open_steps(desk) == ["First article published", "Your second factor"]
    publish_article()
    key, _codes = give_phone(administrator)
    time_machine.shift(60)
    desk.post("/admin/second-factor/check/", {"code": code_of(key)})
    assert LIST not in front(desk) and "first steps" not in front(desk)
    time_machine.shift(2 * 60 * 60)
    assert open_steps(desk) == ["Work in the background goes on"], "a worker that is gone is told"


def test_a_test_mail_is_sent_to_oneself_and_the_list_says_how_it_went(at_desk, administrator, mailoutbox):
    desk = at_desk(administrator)
    assert "Send me a test mail" in front(desk)
    desk.post("/admin/first-steps/test-mail/")
    assert mailoutbox[0].to == ["admin@example.com"]
    assert "Mail works" not in open_steps(desk)
    desk.post("/admin/first-steps/test-mail/")
    assert len(mailoutbox) == 1, "not twice in a minute"


def test_a_test_mail_that_fails_says_why(at_desk, administrator):
    Mail.objects.create(key="test-mail-1-a", attempts=1, last_error="ConnectionRefusedError")
    assert "failed (ConnectionRefusedError) and is tried again" in front(at_desk(administrator))
    Mail.objects.update(state=Mail.State.GIVEN_UP, last_error="SMTPAuthenticationError 535")
    assert "was given up: SMTPAuthenticationError 535" in front(at_desk(administrator))


def test_mail_that_is_only_printed_is_no_mail(at_desk, administrator, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    Mail.objects.create(key="reply-1", state=Mail.State.SENT)
    desk = at_desk(administrator)
    assert "Mail works" in open_steps(desk) and "set MAIL_URL" in front(desk)


def test_the_list_is_hidden_in_one_browser_and_shown_again(at_desk, administrator):
    desk = at_desk(administrator)
    answer = desk.post("/admin/first-steps/hide/")
    cookie = answer.cookies["first-steps"]
    assert (cookie["path"], cookie["httponly"]) == ("/admin/", True)
    assert LIST not in front(desk) and "Show the first steps (0 of 8 done)" in front(desk)
    assert LIST in front(at_desk(administrator)), "another browser"
    desk.post("/admin/first-steps/hide/", {"again": "1"})
    assert LIST in front(desk)


def test_an_editor_is_shown_what_an_editor_can_do_and_others_nothing(at_desk, editor, writer, moderator):
    steps = [
        "Name and logo",
        "Privacy page",
        "First category",
        "First article published",
        "Your second factor",
    ]
    assert open_steps(at_desk(editor)) == steps
    for person in (writer, moderator):
        assert LIST not in front(at_desk(person))


def test_only_an_administrator_sends_test_mails(at_desk, editor, client, mailoutbox):
    assert at_desk(editor).post("/admin/first-steps/test-mail/").status_code == 403
    client.post("/admin/first-steps/test-mail/")
    assert not mailoutbox and not Mail.objects.exists()


def test_the_front_page_with_the_list_costs_the_same(at_desk, administrator, django_assert_max_num_queries):
    desk = at_desk(administrator)
    for number in range(3):
        make_category(f"Category {number}")
    with django_assert_max_num_queries(20):
        assert LIST in front(desk)
