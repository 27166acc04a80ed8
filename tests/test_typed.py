"""What is typed into the form and not saved, composed as publishing it would."""

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.test import RequestFactory

from articles.models import Article, ArticleAuthor, Edition, Embed, Panel, Picture, PullQuote, Section
from articles.typed import Typed, as_plain_data, as_query_dict
from shows.models import Show
from tests.factories import (
    make_article,
    make_author,
    make_category,
    make_image,
    make_section,
    make_tag,
    publish_article,
)
from tests.writing import with_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(editor):
    """The editor's request, as far as a form asks for one."""
    request = RequestFactory().get("/")
    request.user = editor
    return request


def desk():
    return admin.site.get_model_admin(Article)


def sent(request, article):
    """What the untouched form would send, by name; the form itself says it faster than its page."""
    formsets = [
        formset_class(instance=article, queryset=inline.get_queryset(request))
        for formset_class, inline in desk().get_formsets_with_inlines(request, article)
    ]
    forms = [desk().get_form(request, article, change=True)(instance=article)]
    for formset in formsets:
        forms += [formset.management_form, *formset.initial_forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: value for name, value in values.items() if not (value is None or value is False or value == [])
    }


def query_of(data):
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(
            name,
            [str(getattr(each, "pk", each)) for each in value] if isinstance(value, list) else [str(value)],
        )
    return query


@pytest.fixture
def compose(asked):
    """A function that composes an article's form with these changes: a Typed."""

    def compose(article, change=None, /, **changes):
        data = sent(asked, Article.objects.get(pk=article.pk)) | changes
        if change:
            change(data)
        return Typed(desk(), asked, Article.objects.get(pk=article.pk), query_of(data))

    return compose


def row_name(data, kind, nth, field):
    return f"articles_{kind}_set-{nth}-{field}"


def texts(edition):
    return [block.get("html") or block.get("quote") or block["type"] for block in edition.blocks]


def test_an_untouched_form_is_the_draft(compose):
    article = make_article(lead_image=make_image(), authors=("Ada", "Ben"))
    PullQuote.objects.create(parent=article, quote="No more", ordering=999)
    as_typed = compose(article)
    assert as_typed.edition.digest == Edition.compose(article).digest
    assert as_typed.problems == []


def test_typed_text_is_shown_and_nothing_of_it_is_stored(compose):
    article = make_article(headline="As saved", kicker="As saved")
    image = make_image()
    as_typed = compose(article, headline="As typed", kicker="", lead_image=str(image.pk))
    assert as_typed.edition.headline == "As typed" and as_typed.edition.kicker == ""
    assert as_typed.edition.lead.image == image
    stored = Article.objects.get()
    assert (stored.headline, stored.kicker, stored.lead_image) == ("As saved", "As saved", None)


def test_new_moved_and_deleted_blocks_are_in_their_typed_order(compose):
    article = make_article(text="")
    for number, text in enumerate(("<p>One</p>", "<p>Two</p>", "<p>Three</p>")):
        make_section(article, body=text, ordering=number * 10)

    def change(data):
        data[row_name(data, "section", 0, "ordering")] = "35"
        data[row_name(data, "section", 1, "DELETE")] = "on"
        with_block(data, "section", body="<p>New</p>", ordering="5")
        with_block(data, "pullquote", quote="Said", ordering="25")

    edition = compose(article, change).edition
    assert texts(edition) == ["<p>New</p>", "<p>Three</p>", "Said", "<p>One</p>"]
    assert Section.objects.count() == 3 and not PullQuote.objects.exists()


def test_the_byline_is_in_its_typed_order_without_the_removed_and_with_the_new(compose):
    article = make_article(authors=("Ada", "Ben"))
    new = make_author("Cleo")

    def change(data):
        data["article_authors-0-position"] = "3"
        data["article_authors-1-DELETE"] = "on"
        with_block(data, "article_authors", author=str(new.pk), position="1")

    assert compose(article, change).edition.byline == "Cleo and Ada"
    assert ArticleAuthor.objects.count() == 2


def test_an_author_named_twice_is_a_problem_and_the_page_is_shown(compose):
    article = make_article(authors=("Ada",))
    again = make_author("Ada")
    as_typed = compose(
        article, lambda data: with_block(data, "article_authors", author=str(again.pk), position="2")
    )
    assert "Ada" in as_typed.edition.byline
    assert as_typed.problems


def test_several_fields_that_are_no_good_keep_what_is_stored_and_each_is_named(compose):
    article = make_article(headline="Stored", text="")
    section = make_section(article, body="<p>Text</p>", sources="A list https://example.org/", ordering=1)
    panel = Panel.objects.create(parent=article, kind="facts", season_number=1, ordering=2)

    def change(data):
        data["headline"] = "  "
        data["search_title"] = "x" * 71
        data[row_name(data, "section", 0, "sources")] = "Good https://example.com/a\nBad http://\nWords alone"
        data[row_name(data, "panel", 0, "season_number")] = "many"
        with_block(data, "embed", url="http://user:secret@example.org/", ordering="3")

    as_typed = compose(article, change)
    shown = as_typed.edition
    assert shown.headline == "Stored" and shown.search_title == ""
    text, facts = shown.blocks[:2]
    assert [source["title"] for source in text["sources"]] == ["Good", "Words alone"]
    assert facts["season"] == panel.season_number
    assert len(shown.blocks) == 2
    labels = [label for label, _sentence in as_typed.problems]
    assert labels == [
        "Headline",
        "Search title",
        "Section · Sources",
        "Panel from the record · Season",
        "Embed · Address",
    ]
    section.refresh_from_db()
    assert section.sources == "A list https://example.org/"


def test_a_picture_block_without_a_picture_is_named_and_left_out(compose):
    article = make_article()
    as_typed = compose(article, lambda data: with_block(data, "picture", caption="Which?", ordering="9999"))
    assert [label for label, _ in as_typed.problems] == ["Picture · Picture"]
    assert [block["type"] for block in as_typed.edition.blocks if block.get("image")] == []


def test_a_stored_picture_block_keeps_its_picture_while_another_is_being_chosen(compose):
    article = make_article()
    picture = Picture.objects.create(parent=article, image=make_image(), ordering=9999)
    as_typed = compose(article, lambda data: data.update({row_name(data, "picture", 0, "image"): ""}))
    assert as_typed.edition.blocks[-1]["image"] == picture.image_id


def test_an_embed_whose_date_is_half_typed_is_shown_without_it(compose):
    article = make_article()
    Embed.objects.create(parent=article, url="https://example.org/x", title="Kept", ordering=9999)
    as_typed = compose(article, lambda data: data.update({row_name(data, "embed", 0, "posted_on"): "2026-1"}))
    assert as_typed.edition.blocks[-1]["title"] == "Kept" and as_typed.problems[0][0] == "Embed · Posted"


def test_typed_filing_is_the_articles_own_for_reading_only(compose):
    article = make_article(category=make_category("Cable"))
    article.tags.add(make_tag("old"))
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    category, tag = make_category("Streaming"), make_tag("new")
    as_typed = compose(article, show=str(show.pk), category=str(category.pk), tags=[str(tag.pk)])
    assert as_typed.article.show == show and as_typed.article.category == category
    assert [str(each) for each in as_typed.article.tags.all()] == ["new"]
    stored = Article.objects.get()
    assert stored.show is None and stored.category.name == "Cable"
    assert [str(each) for each in stored.tags.all()] == ["old"]


def test_tags_that_were_all_taken_away_are_gone_from_the_page(compose):
    article = make_article()
    article.tags.add(make_tag("old"))
    as_typed = compose(article, lambda data: data.pop("tags"))
    assert list(as_typed.article.tags.all()) == [] and article.tags.count() == 1


def test_a_private_copy_leaves_filing_out_and_the_page_keeps_what_is_stored(asked):
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    article = make_article(show=show, owner=asked.user)
    article.tags.add(make_tag("kept"))
    data = sent(asked, article) | {"headline": "As typed", "csrfmiddlewaretoken": "x"}
    copy = as_plain_data(query_of(data))
    assert not {"show", "category", "tags", "slug", "owner", "seen_at", "csrfmiddlewaretoken"} & copy.keys()
    as_typed = Typed(desk(), asked, Article.objects.get(), as_query_dict(copy))
    assert as_typed.problems == [] and as_typed.edition.headline == "As typed"
    assert as_typed.article.show == show and as_typed.article.category == article.category
    assert [str(tag) for tag in as_typed.article.tags.all()] == ["kept"]


def test_corrections_of_the_live_version_stay_above_what_is_typed(compose):
    article = publish_article()
    article.publish(correction="It was nine weeks.")
    assert compose(article, headline="Other").edition.corrections[0]["text"] == "It was nine weeks."


@pytest.mark.parametrize(
    "change",
    [
        {"articles_section_set-TOTAL_FORMS": "many"},
        {"articles_section_set-0-ordering": "9" * 40},
        {"lead_image": "9" * 30},
        {"show": "\0"},
        {"category": "x", "slug": "../.."},
        {"headline": "NUL\0"},
        {"articles_section_set-0-kind": "nonsense"},
        {"article_authors-0-author": "9" * 30},
    ],
)
def test_a_forged_form_has_problems_and_a_page(compose, change):
    article = make_article()
    as_typed = compose(article, **change)
    assert as_typed.edition.headline == article.headline
    assert as_typed.problems


def test_a_forged_number_of_rows_breaks_nothing(compose):
    article = make_article()
    as_typed = compose(article, **{"articles_section_set-TOTAL_FORMS": "-1"})
    assert as_typed.edition.headline == article.headline
