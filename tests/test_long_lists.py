"""Lists of many rows in the newsroom."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Permission
from django.test.html import parse_html
from django.utils import translation

from shows.long_lists import LongList
from shows.models import Show
from tests.factories import publish_article
from tests.factories_shows import make_show

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en-gb", "de"])
def test_their_boxes_are_djangos(language):
    shows, show = admin.site.get_model_admin(Show), Show(pk=7, title='A <b>"quoted"</b> show & more')
    with translation.override(language):
        ours, djangos = shows.action_checkbox(show), admin.ModelAdmin.action_checkbox(shows, show)
    assert parse_html(ours) == parse_html(djangos)


@pytest.mark.parametrize("asked", ["", "?q=order", "?format=series&o=-1.2", "?q=%26+%C3%A4&p=1", "?_popup=1"])
def test_their_rows_lead_where_djangos_do(asked, at_desk, editor, monkeypatch):
    for n in range(3):
        make_show(f"The Order & ä {n}")
    at, desk = "/admin/shows/show/" + asked, at_desk(editor)
    ours = desk.get(at).content.decode()
    monkeypatch.setattr(LongList, "get_changelist", lambda self, request, **kwargs: ChangeList)
    links = re.findall(r'<th class="field-title">.*?</th>', ours)
    assert links == re.findall(r'<th class="field-title">.*?</th>', desk.get(at).content.decode())
    assert len(links) == 3


def sidebar(client, address="/admin/shows/show/"):
    """(the models that the sidebar leads to, the one that is marked)."""
    nav = re.search(
        r'<nav class="sticky" id="nav-sidebar".*?</nav>', client.get(address).content.decode(), re.S
    )[0]
    marked = re.findall(r'class="(?:app|model)-(\w+)[^"]* current-', nav)
    return set(re.findall(r'<tr class="model-(\w+)', nav)), marked


def test_the_sidebar_is_of_the_page_and_of_what_somebody_may(at_desk, editor, writer):
    desks = at_desk(editor), at_desk(writer)
    (of_editor, marked), (of_writer, _) = map(sidebar, desks)
    assert marked == ["shows", "show"] and "frontpage" in of_editor and "frontpage" not in of_writer
    assert sidebar(desks[0], "/admin/shows/network/") == (of_editor, ["shows", "network"])
    assert sidebar(desks[0]) == (of_editor, ["shows", "show"])
    assert sidebar(desks[0], "/admin/password_change/") == (of_editor, [])
    assert sidebar(desks[0], "/admin/shows/season/") == (of_editor, ["shows"])


def test_a_right_is_in_the_sidebar_once_it_is_given(at_desk, writer):
    before, _ = sidebar(at_desk(writer))
    writer.user_permissions.add(Permission.objects.get(codename="view_moderationevent"))
    after, _ = sidebar(at_desk(writer))
    assert after - before == {"moderationevent"}


def test_the_filters_of_articles_keep_each_other(at_desk, editor):
    article = publish_article(headline="One", show=make_show("The Order"))
    desk = at_desk(editor)
    for _ in range(2):
        for asked, kept in (("", []), ("?q=One", ["q"]), (f"?show={article.show_id}", ["show"])):
            page = desk.get(f"/admin/articles/article/{asked}").content.decode()
            authors = page.partition('name="author"')[0].rpartition("<form")[2]
            assert re.findall(r'type="hidden" name="(\w+)"', authors) == kept
            assert ("The Order (" in page or ">The Order</option>" in page) == ("show" in kept)
