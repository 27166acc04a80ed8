"""Many articles at once: published, unpublished, tagged and filed from their list, each by its own right."""

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Article
from logbook.models import Entry
from tests.factories import make_article, make_category, make_tag, publish_article
from tests.writing import rewrite

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def ask(desk, action, articles, **query):
    """The confirmation that "Run" leads to."""
    data = {"action": action, "_selected_action": [row.pk for row in articles], "index": 0}
    return desk.post(LIST, data, query_params=query)


def confirm(desk, action, articles, **fields):
    """Press the button of the confirmation, as it was drawn for these articles; what is said then."""
    asked = ask(desk, action, articles).content.decode()
    shown = [unescape(mark) for mark in re.findall(r'name="shown" value="([^"]*)"', asked)]
    data = {"action": action, "_selected_action": ids(articles), "_confirmed": "1", "shown": shown, **fields}
    return said(desk.post(LIST, data, follow=True))


def ids(articles):
    return [row.pk for row in articles]


def said(response):
    return [str(message) for message in response.context["messages"]]


def text_of(response):
    return " ".join(response.content.decode().split())


def log():
    return list(Entry.objects.order_by("pk").values_list("action", "object_id"))


def test_publishing_asks_with_what_stands_in_the_way_of_each(at_desk, editor):
    good, bad = make_article(headline="Good"), make_article(headline="Bad", text="", category=None)
    page = text_of(ask(at_desk(editor), "publish_many", [good, bad]))
    assert "Publish (1)" in page and "1 is left out" in page
    assert "Choose a category." in page and "Write at least one section" in page
    assert not Article.objects.published().exists()


def test_what_can_be_published_is_and_the_rest_is_named_with_its_reason(at_desk, editor):
    good = [make_article(), make_article()]
    bad = make_article(headline="Bad", category=None)
    assert confirm(at_desk(editor), "publish_many", [*good, bad]) == [
        "2 articles published.",
        "1 was left out. “Bad”: Choose a category.",
    ]
    assert set(Article.objects.published()) == set(good)
    assert {row.live_edition.published_by for row in good} == {editor}
    assert [line for line in log() if line[0] == "published"] == [("published", row.pk) for row in good]


def test_a_text_saved_after_the_question_is_not_published_unread(at_desk, editor):
    article = make_article()
    shown = f"{article.pk}:{article.saved_at.isoformat()} "
    rewrite(article, headline="Quite another")
    (nothing, why) = confirm(at_desk(editor), "publish_many", [article], shown=[shown])
    assert nothing == "0 articles published." and "after you were asked" in why
    assert not article.editions.exists()


def test_warnings_are_shown_and_published_anyway_which_is_logged(at_desk, editor):
    article = make_article(standfirst="")
    desk = at_desk(editor)
    page = text_of(ask(desk, "publish_many", [article]))
    assert "2 warnings: " in page and "There is no lead picture." in page
    confirm(desk, "publish_many", [article])
    assert log() == [("published", article.pk), ("answered", article.pk)]
    assert "Published anyway: 2 warnings: " in Entry.objects.get(action="answered").detail


def test_a_warning_that_was_not_shown_is_not_passed_over(at_desk, editor):
    article = make_article()
    shown = f"{article.pk}:{article.saved_at.isoformat()} "
    (nothing, why) = confirm(at_desk(editor), "publish_many", [article], shown=[shown])
    assert nothing == "0 articles published." and "found something since you were asked" in why


def test_publishing_tells_of_what_is_live_already_and_of_what_is_to_come(at_desk, editor):
    publish_article()
    article = publish_article(headline="Live")
    rewrite(article, standfirst="Later")
    article.publish(at=timezone.now() + timezone.timedelta(days=1))
    rewrite(article, standfirst="Now")
    page = text_of(ask(at_desk(editor), "publish_many", Article.objects.all()))
    assert "Readers see this text already." in page and "Version 2 is still to come" in page


def test_unpublishing_is_for_now_and_counts(at_desk, editor, client):
    live, draft = publish_article(), make_article(headline="Draft")
    desk = at_desk(editor)
    assert "publishing an article again brings it back" in text_of(ask(desk, "unpublish_many", [live, draft]))
    assert confirm(desk, "unpublish_many", [live, draft]) == [
        "1 article unpublished.",
        "1 was left out. “Draft”: It is not public.",
    ]
    assert client.get(live.get_absolute_url()).status_code == 404
    assert log() == [("unpublished", live.pk)]


def test_a_tag_is_added_and_removed_and_the_others_stay(at_desk, editor):
    one, two = make_article(), publish_article()
    tag, other = make_tag("renewals"), make_tag("other")
    one.tags.add(other, tag)
    desk = at_desk(editor)
    assert "Tag" in text_of(ask(desk, "add_tag", [one, two]))
    assert confirm(desk, "add_tag", [one, two], tags=tag.pk) == ["1 article filed. 1 was so already."]
    assert set(one.tags.all()) == {tag, other} and set(two.tags.all()) == {tag}
    assert confirm(desk, "remove_tag", [one, two], tags=tag.pk) == ["2 articles filed."]
    assert set(one.tags.all()) == {other} and not two.tags.exists()
    assert log() == [("filed", two.pk), ("filed", one.pk), ("filed", two.pk)]


def test_filing_changes_no_text_and_so_no_state(at_desk, editor):
    article, category = publish_article(), make_category("Cable")
    saved_at = article.saved_at
    confirm(at_desk(editor), "change_category", [article], category=category.pk)
    article.refresh_from_db()
    assert (article.category, article.saved_at) == (category, saved_at)
    assert Entry.objects.get().detail == "Category “Cable”, not “Streaming”."


@pytest.mark.parametrize("chosen", ["", "999999", "abc", "9" * 30])
def test_without_a_tag_chosen_it_is_asked_again(at_desk, editor, chosen):
    article = make_article()
    data = {"action": "add_tag", "_selected_action": [article.pk], "_confirmed": "1", "tags": chosen}
    response = at_desk(editor).post(LIST, data)
    assert response.status_code == 200 and "Please mend what is marked" in text_of(response)


def test_a_writer_files_own_drafts_only_and_publishes_nothing(at_desk, writer, editor):
    draft, live, foreign = make_article(owner=writer), publish_article(owner=writer), make_article()
    desk, tag = at_desk(writer), make_tag("renewals")
    page = desk.get(LIST).content.decode()
    assert "add_tag" in page and "publish_many" not in page and "delete_selected" not in page
    told = confirm(desk, "add_tag", [draft, live, foreign], tags=tag.pk)
    assert told[0] == "1 article filed." and "only who may publish files it" in told[1]
    assert list(tag.articles.all()) == [draft]
    confirm(desk, "publish_many", [draft])
    confirm(desk, "unpublish_many", [live])
    assert set(Article.objects.published()) == {live} and not draft.editions.exists()


def test_a_moderator_has_nothing_to_run(at_desk, moderator):
    article = make_article()
    desk = at_desk(moderator)
    assert 'name="action"' not in desk.get(LIST).content.decode()
    confirm(desk, "add_tag", [article], tags=make_tag().pk)
    assert not article.tags.exists()


@pytest.mark.parametrize("action", ["delete_selected", "publish_many"])
def test_forged_numbers_and_deletion_are_refused(at_desk, administrator, action):
    article = make_article()
    desk = at_desk(administrator)
    data = {"action": action, "_selected_action": ["abc", "9" * 40], "index": 0}
    assert desk.post(LIST, data).status_code == 400
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert Article.objects.exists()


def test_too_many_at_once_are_told_and_left_as_they_are(at_desk, editor, monkeypatch):
    monkeypatch.setattr("articles.bulk.Publishing.most_at_once", 2)
    articles = [make_article() for _ in range(3)]
    told = confirm(at_desk(editor), "publish_many", articles)
    assert set(told) == {"At most 2 articles at once: nothing was changed."}
    assert not Article.objects.published().exists()


def test_one_that_fails_undoes_no_other(at_desk, editor, monkeypatch):
    publish = Article.publish

    def publish_or_not(self, **kwargs):
        if self.headline == "Bad":
            raise ValidationError("Somebody was quicker.")
        return publish(self, **kwargs)

    monkeypatch.setattr(Article, "publish", publish_or_not)
    articles = [make_article(), make_article(headline="Bad"), make_article()]
    told = confirm(at_desk(editor), "publish_many", articles)
    assert told == ["2 articles published.", "1 was left out. “Bad”: Somebody was quicker."]
