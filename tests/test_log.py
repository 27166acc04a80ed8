"""The newsroom's log: who reads it, how it is filtered, and what writes into it."""

import csv
import re

import pytest
from django.contrib.auth.models import Group, Permission, User

from articles.models import Publication
from comments.models import CommentPolicy
from logbook.models import Entry
from tests.factories import make_article, publish_article
from tests.writing import _Fields

pytestmark = pytest.mark.django_db
LOG = "/admin/logbook/entry/"
Action = Entry.Action


def read_log(desk, **query):
    """The lines that the list shows, as (who, did what, to what)."""
    entries = desk.get(LOG, query).context["cl"].result_list
    return [(entry.actor_name, entry.action, entry.subject_name) for entry in entries]


@pytest.fixture
def log(editor, writer):
    """Two people, two articles and a decision about a policy."""
    first, second = publish_article(headline="First story"), publish_article(headline="Second story")
    Entry.objects.record(editor, Action.PUBLISHED, first, "Version 1")
    Entry.objects.record(editor, Action.UNPUBLISHED, second, "A legal claim")
    Entry.objects.record(writer, Action.SUBMITTED, second)
    Entry.objects.record(None, Action.CHANGED, CommentPolicy.objects.create())
    return first, second


def test_days_to_choose_from_stand_over_a_log_with_lines_only(at_desk, editor):
    desk = at_desk(editor)
    assert "Filter by when" not in desk.get(LOG).content.decode()
    Entry.objects.record(editor, Action.PUBLISHED, publish_article(), "Version 1")
    assert "Filter by when" in desk.get(LOG).content.decode()


def test_the_log_is_filtered_by_person_action_and_thing(at_desk, editor, log):
    desk = at_desk(editor)
    first, _second = log
    assert [line[2] for line in read_log(desk)][1:] == ["Second story", "Second story", "First story"]
    assert read_log(desk, who="Writer") == [("Writer", "submitted", "Second story")]
    assert read_log(desk, action="unpublished") == [("Editor", "unpublished", "Second story")]
    assert len(read_log(desk, about="articles.article")) == 3
    assert {line[2] for line in read_log(desk, about=f"articles.article:{first.pk}")} == {"First story"}
    assert read_log(desk, q="legal claim") == [("Editor", "unpublished", "Second story")]


def test_who_left_the_newsroom_can_still_be_asked_for(at_desk, editor, writer, log):
    writer.delete()
    desk = at_desk(editor)
    assert "?who=Writer" in desk.get(LOG).content.decode()
    assert read_log(desk, who="Writer") == [("Writer", "submitted", "Second story")]


def test_a_thing_is_linked_while_it_is_there_and_to_whom_may_see_it(at_desk, editor, writer):
    theirs = make_article(headline="A draft of the editor's", owner=editor)
    gone = make_article(headline="Thrown away")
    for article in (theirs, gone):
        Entry.objects.record(editor, Action.FILED, article)
    link = f'<a href="/admin/articles/article/{theirs.pk}/change/">'
    gone_link = f'"/admin/articles/article/{gone.pk}/change/"'
    gone.delete()
    page = at_desk(editor).get(LOG).content.decode()
    assert link in page and gone_link not in page and "Thrown away" in page
    writer.user_permissions.add(Permission.objects.get(codename="view_entry"))
    page = at_desk(writer).get(LOG).content.decode()
    assert "A draft of the editor" in page and link not in page, "a writer finds their own only"


def test_the_log_costs_the_same_however_long_it_is(at_desk, editor, django_assert_max_num_queries):
    for number in range(30):
        Entry.objects.record(editor, Action.PUBLISHED, make_article(headline=f"Story {number}"))
    desk = at_desk(editor)
    with django_assert_max_num_queries(20):
        assert len(read_log(desk)) == 30


def test_what_the_list_shows_is_taken_along_as_a_table(at_desk, editor, log):
    Entry.objects.record(editor, Action.CHANGED, log[0], "=HYPERLINK(1)")
    answer = at_desk(editor).get(f"{LOG}table/", {"who": "Editor"})
    rows = list(csv.reader(answer.content.decode().splitlines()))
    assert rows[0][1:3] == ["who", "did what"]
    assert [row[4] for row in rows[1:]] == ["First story", "Second story", "First story"]
    assert rows[1][5] == "'=HYPERLINK(1)", "no spreadsheet takes it for a formula"


@pytest.mark.parametrize(
    "query", ["about=x", "about=articles.article:x", "about=:::", "about=a.b:%C2%B2", "who=%22"]
)
def test_an_odd_filter_finds_nothing_and_breaks_nothing(at_desk, editor, log, query):
    answer = at_desk(editor).get(f"{LOG}?{query}")
    assert answer.status_code in (200, 302)


def test_the_log_is_not_for_everybody_and_changes_by_nobodys_hand(
    at_desk, writer, moderator, administrator, log
):
    for person in (writer, moderator):
        for address in (LOG, f"{LOG}table/"):
            assert at_desk(person).get(address).status_code == 403
    entry = Entry.objects.first()
    desk = at_desk(administrator)
    assert desk.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{LOG}{entry.pk}/change/", {"detail": "x"}).status_code == 403
    desk.post(LOG, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"})
    assert Entry.objects.count() == 4


# What writes into it.


def fields_of(desk, address):
    """What the form at an address would send, unchanged."""
    page, fields = desk.get(address).content.decode(), _Fields()
    fields.feed(page)
    fields.data |= dict.fromkeys(re.findall(r'type="checkbox" name="(\w+)"[^>]* checked', page), "on")
    return {name: value for name, value in fields.data.items() if name and value != []}


def test_a_change_of_the_comment_policy_is_kept_from_what_to_what(at_desk, moderator):
    CommentPolicy.objects.create()
    address = "/admin/comments/commentpolicy/1/change/"
    desk = at_desk(moderator)
    form = fields_of(desk, address)
    desk.post(address, form)
    assert not Entry.objects.exists(), "nothing changed"
    words = form["moderation_words"] + "\none more\nand another"
    desk.post(address, form | {"close_after_days": "30", "moderation_words": words})
    entry = Entry.objects.get()
    assert entry.actor == moderator and entry.action == Action.CHANGED
    assert "→ “30”." in entry.detail and "2 lines added" in entry.detail


def test_a_change_of_the_publication_is_kept_with_its_menu(at_desk, editor):
    Publication.objects.create(name="The Daily Finale")
    address = "/admin/articles/publication/1/change/"
    desk = at_desk(editor)
    form = fields_of(desk, address) | {"name": "Cold Open", "menu-TOTAL_FORMS": 1}
    desk.post(address, form | {"menu-0-position": 1, "menu-0-location": "header", "menu-0-place": "shows"})
    detail = Entry.objects.get().detail
    assert "Name: “The Daily Finale” → “Cold Open”." in detail and "Menu: changed." in detail


def test_it_is_kept_who_made_somebody_an_administrator(at_desk, administrator, writer):
    address = f"/admin/auth/user/{writer.pk}/change/"
    desk = at_desk(administrator)
    editors = Group.objects.get(name="Editors")
    form = fields_of(desk, address) | {"is_superuser": "on", "groups": [editors.pk]}
    assert desk.post(address, form).status_code == 302
    entry = Entry.objects.about(writer).get()
    assert entry.actor == administrator
    assert entry.detail == "Administrator: yes. Groups given: Editors. Groups taken: Writers."
    desk.post(address, form)
    assert Entry.objects.about(writer).count() == 1, "what stays as it is makes no line"


def test_it_is_kept_who_made_a_login_and_who_deleted_it(at_desk, administrator):
    desk = at_desk(administrator)
    password = "correct horse battery staple"
    form = {"username": "newcomer", "password1": password, "password2": password, "usable_password": "true"}
    desk.post("/admin/auth/user/add/", form)
    newcomer = User.objects.get(username="newcomer")
    assert "Made." in Entry.objects.about(newcomer).get().detail
    desk.post(f"/admin/auth/user/{newcomer.pk}/delete/", {"post": "yes"})
    assert [entry.action for entry in Entry.objects.filter(subject_name="newcomer")] == ["deleted", "changed"]


def test_it_is_kept_which_rights_a_group_was_given(at_desk, administrator):
    group = Group.objects.get(name="Writers")
    address = f"/admin/auth/group/{group.pk}/change/"
    right = Permission.objects.get(codename="publish_article")
    desk = at_desk(administrator)
    form = fields_of(desk, address)
    desk.post(address, form | {"permissions": [*form["permissions"], right.pk]})
    detail = Entry.objects.about(group).get().detail
    assert detail.startswith("Rights given: ") and "Can publish and unpublish articles" in detail
