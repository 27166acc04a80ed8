"""Inviting people by mail: who may, into what, and what becomes of an invitation."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from articles.models import Publication
from logbook.models import Entry
from mailing.models import Mail
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
INVITATIONS = "/admin/invitations/"
NEW = "a much newer horse battery"


def group(name="Writers"):
    return Group.objects.get(name=name)


def invite(desk, **typed):
    form = {"name": "Ada Newcomer", "email": "ada@example.org", "group": group().pk, **typed}
    return desk.post(INVITATIONS, form, follow=True)


def choose_password(link):
    """What the invited person does with the link of the mail; the client that did it, and the last page."""
    client = Client()
    form = client.get(link, follow=True)
    typed = {"new_password1": NEW, "new_password2": NEW}
    return client, client.post(form.request["PATH_INFO"], typed, follow=True).content.decode()


def link_in(mail, settings):
    return re.search(re.escape(settings.SITE_URL) + r"(/admin/password_reset/\S+)", mail.body).group(1)


def test_somebody_invited_chooses_a_password_and_is_in(at_desk, administrator, mailoutbox, settings):
    Publication.objects.create(name="Stage & Screen")
    page = invite(at_desk(administrator)).content.decode()
    assert "An invitation is on its way to Ada Newcomer." in page and "Send again" in page
    [mail] = mailoutbox
    assert mail.subject == "Your login for Stage & Screen"
    assert "invites you to the newsroom of Stage & Screen." in mail.body
    assert mail.to == ["ada@example.org"] and "Your user name is: ada.newcomer" in mail.body
    person = User.objects.get(username="ada.newcomer")
    assert person.is_staff and not person.is_superuser and not person.has_usable_password()
    client, page = choose_password(link_in(mail, settings))
    assert "Your new password is set" in page
    client.post("/admin/login/", {"username": "ada.newcomer", "password": NEW})
    assert "New article" in client.get("/admin/").content.decode()
    assert "everybody who was invited has come" in at_desk(administrator).get(INVITATIONS).content.decode()
    assert Entry.objects.about(person).get().detail == "Invited into the group Writers."


def test_a_withdrawn_invitation_opens_nothing_and_leaves_no_login(
    at_desk, administrator, mailoutbox, settings
):
    desk = at_desk(administrator)
    invite(desk)
    person = User.objects.get(username="ada.newcomer")
    desk.post(f"{INVITATIONS}{person.pk}/withdraw/")
    assert not User.objects.filter(username="ada.newcomer").exists()
    page = Client().get(link_in(mailoutbox[0], settings), follow=True).content.decode()
    assert "no longer works" in page


def test_a_mail_that_was_not_sent_yet_goes_with_its_invitation(at_desk, administrator):
    desk = at_desk(administrator)
    invite(desk)
    Mail.objects.update(state=Mail.State.WAITING, recipient="ada@example.org", text="The link")
    desk.post(f"{INVITATIONS}{User.objects.get(username='ada.newcomer').pk}/withdraw/")
    assert (Mail.objects.get().state, Mail.objects.get().text) == ("cancelled", "")


def test_who_has_come_cannot_be_withdrawn(at_desk, administrator, writer):
    page = at_desk(administrator).post(f"{INVITATIONS}{writer.pk}/withdraw/", follow=True).content.decode()
    assert "Too late" in page and User.objects.filter(pk=writer.pk).exists()


def test_an_invitation_is_sent_again_with_a_fresh_link(
    at_desk, administrator, mailoutbox, settings, time_machine
):
    time_machine.move_to("2026-05-05 12:00:00+00:00", tick=False)
    desk = at_desk(administrator)
    invite(desk)
    person = User.objects.get(username="ada.newcomer")
    time_machine.shift(settings.PASSWORD_RESET_TIMEOUT + 60)
    assert "no longer works" in Client().get(link_in(mailoutbox[0], settings), follow=True).content.decode()
    at_desk(administrator).post(f"{INVITATIONS}{person.pk}/send/")
    assert "Your new password is set" in choose_password(link_in(mailoutbox[1], settings))[1]
    assert at_desk(administrator).post(f"{INVITATIONS}{person.pk}/send/").status_code == 404


def test_a_name_that_is_taken_gets_a_number_and_any_script_is_fine(at_desk, administrator):
    desk = at_desk(administrator)
    invite(desk)
    invite(desk, email="other@example.org")
    invite(desk, name="Анна", email="anna.k@example.org")
    names = User.objects.exclude(pk=administrator.pk).order_by("pk").values_list("username", flat=True)
    assert list(names) == ["ada.newcomer", "ada.newcomer2", "annak"]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "x" * 151},
        {"name": "Ada\0"},
        {"email": "nobody"},
        {"email": "WRITER@example.com"},
        {"group": ""},
        {"group": "9" * 30},
        {"group": "x"},
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(at_desk, administrator, writer, typed):
    answer = invite(at_desk(administrator), **typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "errorlist" in page
    assert ("name" in typed) or 'value="Ada Newcomer"' in page
    assert User.objects.count() == 2


def test_only_who_may_add_users_invites(at_desk, editor, moderator, client):
    for person in (editor, moderator):
        desk = at_desk(person)
        assert desk.get(INVITATIONS).status_code == 403
        assert invite(desk).status_code == 403
    assert client.get(INVITATIONS).url.startswith("/admin/login/")
    assert not User.objects.filter(email="ada@example.org").exists()


def test_nobody_gives_rights_that_they_have_not(at_desk):
    chief = make_person("chief", group="Writers")
    chief.user_permissions.add(Permission.objects.get(codename="add_user"))
    desk = at_desk(chief)
    page = desk.get(INVITATIONS).content.decode()
    assert "Writers" in page and "Editors" not in page
    invite(desk, group=group("Editors").pk)
    assert not User.objects.filter(email="ada@example.org").exists()
    invite(desk)
    assert User.objects.get(email="ada@example.org").groups.get() == group()


def test_the_page_costs_the_same_however_many_are_invited(
    at_desk, administrator, django_assert_max_num_queries
):
    desk = at_desk(administrator)
    for number in range(5):
        invite(desk, email=f"ada{number}@example.org")
    with django_assert_max_num_queries(12):
        assert desk.get(INVITATIONS).content.decode().count("Send again") == 5
