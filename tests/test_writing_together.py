"""Two people write one article: what each changed is kept, and what both changed is asked about."""

import pytest
from django.contrib.messages import get_messages

from articles.merging import Record
from articles.models import Article, ArticleAuthor, PullQuote, Section
from tests.factories import make_article, make_author, make_category, make_image, make_section, make_tag
from tests.quick_form import opened, undone
from tests.writing import change_url, fields_of, rewrite, with_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(at_desk, editor):
    return at_desk(editor)


@pytest.fixture
def theirs(at_desk, administrator):
    administrator.first_name = "Ada"
    administrator.save()
    return at_desk(administrator)


def save(desk, article, data):
    """The page after pressing Save where it was refused, else what the desk is told on the next page."""
    response = desk.post(change_url(article), data)
    if response.status_code == 302:
        return " ".join(map(str, get_messages(response.wsgi_request)))
    return " ".join(response.content.decode().split())


def again(page, **choices):
    """The refused form as the page holds it, with choices for what it asks."""
    asked = fields_of(page)
    return asked | {f"_choice-{key}": choice for key, choice in choices.items()}


def number_of(data, section):
    """The row of a section in a form."""
    return next(
        name.split("-")[1]
        for name, value in data.items()
        if name.startswith("articles_section_set-") and name.endswith("-id") and value == str(section.pk)
    )


def rewritten(data, section, **fields):
    row = f"articles_section_set-{number_of(data, section)}"
    return data | {f"{row}-{name}": value for name, value in fields.items()}


def test_what_only_one_of_two_changed_is_taken_from_that_one_and_told(mine, theirs):
    article = make_article(headline="Before", standfirst="Before")
    form = opened(mine, article)
    data = form | {"headline": "Mine"}
    save(theirs, article, form | {"standfirst": "Theirs"})
    page = save(mine, article, data)
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Mine", "Theirs")
    assert "Taken from what Ada saved at" in page and "Standfirst (summary under the headline)." in page


def test_what_both_changed_is_shown_with_both_texts_and_nothing_is_saved_until_one_is_chosen(mine, theirs):
    article = make_article(headline="The old headline")
    form = opened(mine, article)
    save(theirs, article, form | {"headline": "The old headlines"})
    page = save(mine, article, form | {"headline": "The new headline", "kicker": "Kicked"})
    assert "Ada saved this article at" in page and "after you opened this page" in page
    assert "<del>old headlines</del>" in page and "<ins>new headline</ins>" in page
    assert "Changed by both of you" in save(mine, article, again(page))
    article.refresh_from_db()
    assert article.headline == "The old headlines" and article.kicker == ""
    # All else that was typed is kept, whatever is chosen.
    for choice, kept in [("mine", "The new headline"), ("theirs", "The old headlines")]:
        with undone():
            save(mine, article, again(page, headline=choice))
            article.refresh_from_db()
            assert (article.headline, article.kicker) == (kept, "Kicked")


def test_a_choice_counts_for_the_state_that_was_shown_and_no_newer_one(mine):
    article = make_article(headline="Before")
    form = opened(mine, article)
    rewrite(article, headline="Theirs")
    shown = save(mine, article, form | {"headline": "Mine"})
    rewrite(article, headline="Theirs, once more")
    for choice in ("mine", "theirs"):
        page = save(mine, article, again(shown, headline=choice))
        assert "Changed by both of you" in page and "once more" in page, choice
        assert Article.objects.get().headline == "Theirs, once more", choice


def test_two_people_write_two_sections_and_both_are_kept(mine, theirs):
    article = make_article(text="")
    one, two = (make_section(article, heading=name, body=f"<p>{name}</p>") for name in ("One", "Two"))
    form = opened(mine, article)
    data = rewritten(form, one, body="<p>Mine.</p>")
    save(theirs, article, rewritten(form, two, body="<p>Theirs.</p>"))
    page = save(mine, article, data)
    assert "Section: Two · Text" in page
    assert [section.body for section in Section.objects.order_by("ordering")] == [
        "<p>Mine.</p>",
        "<p>Theirs.</p>",
    ]


def test_two_people_write_one_section_and_are_shown_both_texts(mine):
    article = make_article(text="")
    section = make_section(article, heading="The decision", body="<p>It was renewed.</p>")
    data = rewritten(opened(mine, article), section, body="<p>It was cancelled.</p>")
    rewrite(section, body="<p>It was renewed twice.</p>")
    page = save(mine, article, data)
    assert "Section: The decision · Text" in page
    assert "<del>renewed twice.</del>" in page and "<ins>cancelled.</ins>" in page
    save(mine, article, again(page, **{f"articles_section_set:{section.pk}:body": "mine"}))
    assert Section.objects.get().body == "<p>It was cancelled.</p>"


def test_a_section_that_they_removed_and_i_rewrote_is_neither_lost_nor_back_unasked(mine, theirs):
    article = make_article(text="")
    section = make_section(article, body="<p>Before.</p>")
    form = opened(mine, article)
    save(theirs, article, rewritten(form, section, DELETE="on"))
    page = save(mine, article, rewritten(form, section, body="<p>Rewritten for an hour.</p>"))
    assert "Rewritten for an hour.</ins>" in page
    assert not Section.objects.exists()
    page = save(mine, article, again(page))
    assert "Changed by both of you" in page and not Section.objects.exists()
    for choice, kept in [("mine", ["<p>Rewritten for an hour.</p>"]), ("theirs", [])]:
        with undone():
            save(mine, article, again(page, **{f"articles_section_set:{section.pk}": choice}))
            assert [section.body for section in Section.objects.all()] == kept


def test_a_section_that_they_removed_and_i_left_alone_stays_removed(mine):
    article = make_article()
    section = make_section(article, heading="Old news")
    data = opened(mine, article, headline="Mine")
    section.delete()
    page = save(mine, article, data)
    assert "Section: Old news (removed)" in page
    assert Article.objects.get().headline == "Mine" and Section.objects.count() == 1


def test_a_section_that_i_removed_and_they_rewrote_is_asked_about(mine):
    article = make_article(text="")
    section = make_section(article, body="<p>Before.</p>")
    data = rewritten(opened(mine, article), section, DELETE="on")
    rewrite(section, body="<p>Rewritten.</p>")
    page = save(mine, article, data)
    assert "Rewritten.</del>" in page and Section.objects.get().body == "<p>Rewritten.</p>"
    for choice, count in [("mine", 0), ("theirs", 1)]:
        with undone():
            save(mine, article, again(page, **{f"articles_section_set:{section.pk}": choice}))
            assert Section.objects.count() == count


def test_blocks_that_both_add_stay_where_each_was_put(mine, theirs):
    article = make_article(text="")
    for place, name in enumerate(("One", "Two"), start=1):
        make_section(article, heading=name, body=f"<p>{name}</p>", ordering=place * 10)
    form = opened(mine, article)
    data = with_block({**form}, "section", heading="Mine", body="<p>M</p>", ordering=15)
    their_data = with_block({**form}, "pullquote", quote="Theirs", ordering=30)
    save(theirs, article, their_data)
    save(mine, article, data)
    blocks = [getattr(block, "heading", None) or block.quote for block in Article.objects.get().blocks()]
    assert blocks == ["One", "Mine", "Two", "Theirs"]


def test_a_block_moved_by_one_and_written_by_the_other_is_moved_and_written(mine):
    article = make_article(text="")
    one, two = (
        make_section(article, heading=name, body=f"<p>{name}</p>", ordering=place)
        for place, name in ((10, "One"), (20, "Two"))
    )
    data = rewritten(opened(mine, article), one, body="<p>Mine.</p>")
    rewrite(one, ordering=30)
    save(mine, article, data)
    assert [block.body for block in Article.objects.get().blocks()] == ["<p>Two</p>", "<p>Mine.</p>"]
    assert two.pk


def test_two_orders_of_the_blocks_are_a_choice(mine):
    article = make_article(text="")
    one, two, three = (
        make_section(article, heading=name, body=f"<p>{name}</p>", ordering=place)
        for place, name in ((10, "One"), (20, "Two"), (30, "Three"))
    )
    data = rewritten(opened(mine, article), one, ordering="40")
    rewrite(three, ordering=5)
    page = save(mine, article, data)
    assert "Order of the blocks" in page
    save(mine, article, again(page, **{"order:blocks": "mine"}))
    assert [block.heading for block in Article.objects.get().blocks()] == ["Two", "Three", "One"]
    assert two.pk


def test_names_that_both_add_to_the_byline_are_both_there_and_one_name_once(mine, theirs):
    article = make_article(authors=("Ada",))
    ben, cid = make_author("Ben"), make_author("Cid")
    form = opened(mine, article)
    data = with_block({**form}, "article_authors", author=ben.pk, position=2)
    their_data = with_block({**form}, "article_authors", author=cid.pk, position=2)
    with_block(their_data, "article_authors", author=ben.pk, position=3)
    save(theirs, article, their_data)
    save(mine, article, data)
    assert sorted(str(row) for row in ArticleAuthor.objects.all()) == ["Ada", "Ben", "Cid"]


def test_the_lead_picture_and_the_filing_are_asked_about_by_name(mine, theirs):
    article = make_article()
    pictures = make_image(caption="Harbour"), make_image(caption="Lighthouse")
    tags = make_tag("mine"), make_tag("theirs")
    changes = [
        {"lead_image": str(picture.pk), "tags": [str(tag.pk)], "category": str(make_category(tag.name).pk)}
        for picture, tag in zip(pictures, tags, strict=True)
    ]
    form = opened(mine, article)
    data = form | changes[0]
    save(theirs, article, form | changes[1])
    page = save(mine, article, data)
    for words in ("<del>Lighthouse</del>", "<ins>Harbour</ins>", "Lead picture", "Tags", "Category"):
        assert words in page
    save(mine, article, again(page, lead_image="theirs", tags="mine", category="theirs"))
    article.refresh_from_db()
    assert article.lead_image == pictures[1] and article.category.name == "theirs"
    assert list(article.tags.all()) == [tags[0]]


def test_a_press_of_publish_is_asked_first_too(mine):
    article = make_article(headline="Before")
    data = opened(mine, article, headline="Mine", _publish="1")
    rewrite(article, headline="Theirs")
    response = mine.post(change_url(article), data)
    assert response.status_code == 200 and "Changed by both of you" in response.content.decode()


def test_the_same_form_sent_twice_adds_its_blocks_once(mine):
    article = make_article(text="")
    form = opened(mine, article)
    data = with_block({**form}, "pullquote", quote="Nobody told us", ordering=10)
    save(mine, article, data)
    save(mine, article, data)
    assert PullQuote.objects.count() == 1


def test_a_save_from_another_window_of_mine_is_told_as_my_own(mine):
    article = make_article(headline="Before")
    form = opened(mine, article)
    data = form | {"headline": "One"}
    save(mine, article, form | {"headline": "Other"})
    page = save(mine, article, data)
    assert "You saved this article at" in page and "Changed in both windows" in page


NO_BASES = ["", "nonsense", "[1,2,3]", "[{},{},[]]", '[{"headline":1},{},{}]', "[" * 100_000, "\0", "{}"]


def test_a_form_that_does_not_know_how_it_was_opened_is_asked_about(mine):
    assert [base for base in NO_BASES if Record.read(base) != Record()] == []
    article = make_article(headline="Before")
    form = opened(mine, article, headline="After")
    for base in ("", "\0"):
        page = save(mine, article, form | {"_base": base})
        assert "choose for each, then press Save again" in page, base
    assert Article.objects.get().headline == "Before"


FORGED = [
    {"_held": ["nonsense", '["articles_section_set:1", 5, {"body": 7}]', '["nowhere:1", "", {}]']},
    {"_asked": "nowhere:1:x", "_choice-nowhere:1:x": "mine"},
    {"articles_section_set-TOTAL_FORMS": "9" * 50},
    {"articles_section_set-0-id": "9" * 400},
    {"articles_section_set-0-id": "x", "articles_section_set-0-ordering": "-5"},
]


def test_a_forged_form_breaks_nothing(mine):
    article = make_article(headline="Before")
    form = opened(mine, article)
    rewrite(article, headline="Theirs", kicker="Theirs")
    for forged in FORGED:
        with undone():
            response = mine.post(change_url(article), form | {"headline": "Mine"} | forged)
            assert response.status_code in (200, 302), forged
            assert Article.objects.get().kicker == "Theirs", forged


def test_an_error_elsewhere_keeps_what_was_put_together(mine, theirs):
    article = make_article(headline="Before", text="")
    section = make_section(article, body="<p>Before.</p>")
    form = opened(mine, article)
    data = rewritten(form | {"headline": ""}, section, body="<p>Mine.</p>")
    their_data = with_block({**form}, "section", body="<p>Theirs.</p>", ordering=5)
    save(theirs, article, their_data)
    page = save(mine, article, data)
    assert "Mine." in page and "Theirs." in page
    save(mine, article, fields_of(page) | {"headline": "Mended"})
    assert [block.body for block in Article.objects.get().blocks()] == ["<p>Theirs.</p>", "<p>Mine.</p>"]
    assert Article.objects.get().headline == "Mended"
