"""A passage that must go on a legal claim goes from everywhere, and nothing else does."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from articles.models import BLOCK_MODELS, Article, Note, PrivateCopy, PullQuote, Takedown
from articles.passages import Passage
from logbook.models import Entry
from tests.conftest import make_person
from tests.factories import make_section, publish_article
from tests.quick_form import opened
from tests.writing import change_url, rewrite

LIBEL = "Jane Doe stole the script"
CLAIM = "Doe v. Cold Open, 12 O 34/26"


@pytest.fixture
def counsel(db):
    person = make_person("counsel", group="Editors")
    person.user_permissions.add(Permission.objects.get(codename="take_down"))
    return person


@pytest.fixture
def article(db, editor):
    """It stands in two versions, the draft, somebody's typing, a note and the log."""
    article = publish_article(
        headline=f"{LIBEL}, says a lawyer",
        slug="a-lawyer-says",
        standfirst=f"Was it so? “{LIBEL}.”",
        text="<p><strong>Jane</strong>  Doe\nstole <a href='https://a.example/'>the script</a> early.</p>",
        owner=editor,
    )
    make_section(article, heading=LIBEL, body="<p>Kept.</p>", sources=f"{LIBEL} https://example.org/a")
    PullQuote.objects.create(parent=article, quote=f"Well, {LIBEL}!", ordering=900)
    rewrite(article, kicker="Second").publish(by=editor, note=LIBEL)
    rewrite(article, search_title=LIBEL)
    PrivateCopy.objects.create(
        article=article,
        user=editor,
        data={"headline": [LIBEL], "articles_section_set-0-body": [f"<p>{LIBEL}</p>"]},
    )
    Note.objects.create(article=article, text=f"Is “{LIBEL}” safe?")
    Entry.objects.record(editor, Entry.Action.PUBLISHED, article, "Version 2")
    LogEntry.objects.log_actions(
        editor.pk, Article.objects.filter(pk=article.pk), 2, "Saved", single_object=True
    )
    return article


def url(article):
    return f"/admin/articles/article/{article.pk}/takedown/"


def ask(desk, article, **fields):
    """Look for it, then press the button of the page that says where it stands."""
    data = {"passage": LIBEL, "instead": "[…]", "reason": CLAIM, **fields}
    page = desk.post(url(article), data)
    form = page.context["form"]
    return desk.post(url(article), data | {"found": form.data.get("found", ""), "sure": "on"})


def everything_about(article):
    rows = [Article.objects.get(pk=article.pk), *article.editions.all(), *PrivateCopy.objects.all()]
    rows += [row for model in BLOCK_MODELS for row in model.objects.all()]
    rows += [*Note.objects.all(), *Entry.objects.all(), *LogEntry.objects.all()]
    return json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False)


def test_it_is_gone_from_every_version_the_draft_and_all_that_quotes_them(at_desk, counsel, article, client):
    response = ask(at_desk(counsel), article)
    (said,) = get_messages(response.wsgi_request)
    assert "Taken down from: Version 2, Version 1, The draft, What Editor typed" in str(said)
    left = everything_about(article)
    assert "stole" not in left and "Doe" not in left.replace(CLAIM, "")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "stole" not in page and "[…], says a lawyer" in page and "early." in page and "Kept." in page


def test_it_is_recorded_with_its_claim_and_not_with_its_words(at_desk, counsel, article):
    ask(at_desk(counsel), article)
    takedown = Takedown.objects.get()
    assert (takedown.reason, takedown.done_by_name) == (CLAIM, "Counsel")
    entry = Entry.objects.filter(action=Entry.Action.TAKEN_DOWN).get()
    assert CLAIM in entry.detail and entry.subject_name == "[…], says a lawyer"


def test_afterwards_the_article_can_be_written_and_published_on(at_desk, counsel, article):
    ask(at_desk(counsel), article)
    desk = at_desk(counsel)
    assert desk.post(change_url(article), opened(desk, article, kicker="Third")).status_code == 302
    article.refresh_from_db()
    assert article.publish().number == 3
    assert not Article.objects.get(pk=article.pk).has_unpublished_changes()


def test_nothing_changes_before_it_was_said_where_it_stands(at_desk, counsel, article):
    before = everything_about(article)
    desk = at_desk(counsel)
    page = desk.post(url(article), {"passage": LIBEL, "instead": "[…]", "reason": CLAIM, "sure": "on"})
    assert "It stands in:" in page.content.decode() and "Version 1" in page.content.decode()
    assert everything_about(article) == before and not Takedown.objects.exists()


def test_where_it_came_to_stand_elsewhere_meanwhile_it_is_asked_again(at_desk, counsel, article):
    desk = at_desk(counsel)
    data = {"passage": LIBEL, "instead": "[…]", "reason": CLAIM}
    shown = desk.post(url(article), data).context["form"].data["found"]
    Note.objects.create(article=article, text=LIBEL)
    desk.post(url(article), data | {"found": shown, "sure": "on"})
    assert not Takedown.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"passage": "Nobody wrote this"}, "It stands nowhere in this article"),
        ({"passage": "Ja"}, "at least 3 characters"),
        ({"reason": ""}, "This field is required."),
        ({"passage": "Jane", "instead": "[removed on a claim]"}, "This is longer than the passage."),
        ({"passage": "  \n  "}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(at_desk, counsel, article, fields, sentence):
    before = everything_about(article)
    assert sentence in ask(at_desk(counsel), article, **fields).content.decode()
    assert everything_about(article) == before


def test_it_takes_a_permission_of_its_own(at_desk, editor, writer, article):
    for person in (editor, writer):
        assert at_desk(person).get(url(article)).status_code in (403, 404)
        assert at_desk(person).post(url(article), {"passage": LIBEL}).status_code in (403, 404)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>One two three four.</p>", "<p>One [x] four.</p>"),
        ("<p>One <em>two</em> three four.</p>", "<p>One <em>[x]</em> four.</p>"),
        ("<p>One two</p><p>three four.</p>", "<p>One [x]</p><p> four.</p>"),
        ("<ul><li>two</li><li>three</li></ul>", "<ul><li>[x]</li></ul>"),
        ("<p>TWO&nbsp;three</p>", "<p>[x]</p>"),
        ("<p>twofold three, two threefold</p>", "<p>twofold three, two threefold</p>"),
        ("<p>a &lt; b two three &amp; c</p>", "<p>a &lt; b [x] &amp; c</p>"),
    ],
)
def test_a_passage_is_found_however_it_is_marked_up(html, left):
    assert Passage("two three").removed_from_html(html, "[x]") == left


@given(st.text(alphabet="ab <>&é“\n", max_size=40), st.text(alphabet="ab é", min_size=1, max_size=6))
def test_what_was_removed_is_not_there_any_more(text, words):
    passage = Passage(words)
    assert not passage.is_in(passage.removed_from(text, "_"))
