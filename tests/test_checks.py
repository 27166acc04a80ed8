"""The checks before publishing: what is found in a draft, the confirmation that asks about it, the panel."""

import pytest

from articles.checks.readability import reading_ease, syllables
from articles.checks.report import Report
from articles.models import Article, CheckAnswer, Embed, Picture
from logbook.models import Entry
from tests.factories import make_article, make_image, make_section, picture_file, publish_article
from tests.factories_shows import make_decision, make_the_imperfects
from tests.writing import change_url, confirm, page_of, press_publish, publish_url, rewrite, typed, with_block

pytestmark = pytest.mark.django_db

FALSE = "It fell out of the top 10 in week three."
TRUE = "In week three it fell to ninth."


def url(article, name):
    return f"/admin/articles/article/{article.pk}/{name}"


def said(article, level):
    return [finding.text for finding, _place in getattr(Report.of_saved(article), level)]


def wrong_article(**fields):
    """A draft about The Imperfects with one false sentence, complete but for that."""
    if "show" not in fields:
        fields["show"] = make_the_imperfects()
    fields = {"standfirst": "Why.", "text": f"<p>{FALSE}</p>", **fields}
    wide = make_image(file=picture_file((1200, 675), colour="#224466"))
    return make_article(lead_image=fields.pop("lead_image", wide), search_description="Why.", **fields)


# What is found.


def test_errors_name_what_is_missing():
    article = make_article(text="", authors=(), category=None, headline=" ")
    assert said(article, "errors") == [
        "Give it a headline.",
        "Write at least one section with text.",
        "Say who wrote it: choose an author.",
        "Choose a category.",
    ]


@pytest.mark.parametrize("place", ["block", "lead", "poster", "social"])
def test_a_picture_that_is_not_described_is_an_error_wherever_it_stands(place):
    image = make_image(alt_text="", caption="Four flasks")
    article = make_article(
        lead_image=image if place == "lead" else None, social_image=image if place == "social" else None
    )
    if place == "block":
        Picture.objects.create(parent=article, ordering=900, image=image)
    if place == "poster":
        Embed.objects.create(parent=article, ordering=900, url="https://example.com/a", poster=image)
    assert said(article, "errors") == [
        "Give the picture “Four flasks” alternative text, or mark it decorative."
    ]
    image.is_decorative = True
    image.save()
    assert said(Article.objects.get(), "errors") == []


def test_warnings_name_what_is_seldom_meant():
    article = make_article(lead_image=make_image())
    make_section(article, heading="Nothing yet")
    assert said(article, "warnings") == [
        "There is no standfirst.",
        "The lead picture is 64 pixels wide; 1200 are wanted.",
        "The section “Nothing yet” has a heading and no text: readers will not see it.",
    ]
    assert "There is no lead picture." in said(make_article(), "warnings")


@pytest.mark.parametrize(
    ("href", "is_broken"),
    [
        ("/-/article/999/", True),
        ("/-/show/999/", True),
        ("/articles/never-was/", True),
        ("/shows/never-was/", True),
        ("#nowhere", True),
        ("#s-the-end", False),
        ("#comments", False),
        ("/articles/elsewhere/", False),
        ("/shows/the-imperfects/", False),
        ("/shows/?status=renewed", False),
        ("https://example.com/articles/never-was/", False),
        ("mailto:a@example.com", False),
    ],
)
def test_links_to_our_own_pages_are_followed(href, is_broken):
    publish_article(slug="elsewhere")
    article = wrong_article(text=f'<p>See <a href="{href}">what was said</a>.</p>')
    make_section(article, heading="The end", body="<p>Done.</p>")
    assert said(article, "warnings") == ([f"A link leads nowhere: {href}"] if is_broken else [])


def test_a_link_to_an_article_that_readers_do_not_see_leads_nowhere():
    draft = make_article()
    article = wrong_article(text=f'<p>See <a href="/-/article/{draft.pk}/">what was said</a>.</p>')
    assert said(article, "warnings") == [f"A link leads nowhere: /-/article/{draft.pk}/"]


def test_advice_is_about_length_paragraphs_links_and_the_description():
    long = " ".join(["Cats saw dogs."] * 60)
    link = '<p><a href="https://example.com/">Click here</a> or <a href="https://example.com/">www.example.com</a>.</p>'
    article = make_article(text=f"<p>{long}</p>{link}")
    assert said(article, "advice") == [
        "There is no search description; search engines will show the standfirst.",
        "The link “Click here” does not say where it leads.",
        "The link “www.example.com” does not say where it leads.",
        "A paragraph of 180 words: two would be easier to read.",
    ]
    assert "5 words: short for this kind of story." in said(make_article(), "advice")
    assert "900 words: long for this kind of story." in said(make_article(text=f"<p>{long} " * 5), "advice")


def test_reading_ease_tells_plain_words_from_long_ones():
    plain = "The cat sat on the mat and saw the dog run by. " * 10
    hard = (
        "Notwithstanding considerable international administrative reorganisation, executives capitulated. "
        * 20
    )
    assert [syllables(word) for word in ("cat", "cancelled", "international")] == [1, 2, 5]
    assert reading_ease(plain) > 90 and reading_ease(hard) < 0
    assert reading_ease("Too short to tell.") is None


def test_the_language_of_a_text_that_is_not_english_is_not_judged(settings):
    hard = (
        "Notwithstanding considerable international administrative reorganisation, executives capitulated. "
    )
    article = make_article(text=f"<p>{hard * 20}</p>")
    assert "Flesch" in " ".join(said(article, "advice"))
    settings.LANGUAGE_CODE = "de"
    assert "Flesch" not in " ".join(said(article, "advice"))


def test_what_the_record_says_of_a_show_that_it_is_also_about_is_found_too():
    article = wrong_article(show=None, text="<p>The Imperfects has been renewed for a second season.</p>")
    assert said(article, "warnings") == []
    article.also_about.add(make_the_imperfects())
    assert said(article, "warnings") == ["The text says that it was renewed, and the record does not."]


# The confirmation.


def test_the_confirmation_lists_the_warnings_and_publish_anyway_answers_them(at_desk, editor, client):
    article = wrong_article()
    desk = at_desk(editor)
    page = page_of(desk, article, "publish")
    assert FALSE in page and "Netflix Top 10, week ending 25 Sep 2022: 9th, 12,760,000 hours" in page
    assert 'value="Publish anyway"' in page and 'value="Publish"' not in page
    confirm(desk, article, when="now")
    assert client.get(article.get_absolute_url()).status_code == 200
    logged = Entry.objects.about(article).filter(action=Entry.Action.ANSWERED).get()
    assert logged.detail.startswith("Published anyway: Netflix Top 10, week ending 25 Sep 2022: 9th")


def test_without_warnings_it_is_simply_published(at_desk, editor):
    article = wrong_article(text=f"<p>{TRUE}</p>")
    page = page_of(at_desk(editor), article, "publish")
    assert 'value="Publish"' in page and "Publish anyway" not in page
    confirm(at_desk(editor), article, when="now")
    assert Article.objects.get().is_published
    assert not Entry.objects.filter(action=Entry.Action.ANSWERED).exists()


def test_a_warning_that_is_newer_than_the_page_is_shown_and_not_passed_over(at_desk, editor):
    article = wrong_article(text="<p>No decision has been made yet.</p>")
    article.show.decisions.all().delete()
    desk = at_desk(editor)
    shown = desk.get(publish_url(article)).context["checks"].fingerprints
    make_decision(article.show, "cancelled", "2022-11-08")
    response = desk.post(publish_url(article), {"when": "now", "shown": shown, "note": "Kept"})
    page = response.content.decode()
    assert "Not published yet: something was found that this page had not shown." in page
    assert "No decision has been made yet." in page and 'value="Kept"' in page
    assert not Article.objects.get().is_published


@pytest.mark.parametrize("shown", [None, "", "nonsense", "a,b,c\0", "0" * 5000])
def test_a_forged_confirmation_that_has_shown_nothing_publishes_nothing(at_desk, editor, shown):
    article = wrong_article()
    terms = {"when": "now"} | ({} if shown is None else {"shown": shown})
    assert at_desk(editor).post(publish_url(article), terms).status_code == 200
    assert not Article.objects.get().is_published


def test_errors_still_stand_in_the_way_of_a_forged_press(at_desk, editor):
    article = wrong_article(category=None)
    confirm(at_desk(editor), article, when="now")
    assert not Article.objects.get().is_published


def test_a_reason_given_on_the_confirmation_settles_its_finding_and_keeps_the_terms(at_desk, editor):
    article = wrong_article()
    desk = at_desk(editor)
    (finding, _place), *_rest = desk.get(publish_url(article)).context["checks"].warnings
    key = finding.fingerprint
    terms = {"when": "now", "note": "Kept", "answer": key, f"reason-{key}": "By the daily list."}
    page = desk.post(publish_url(article), terms).content.decode()
    assert 'value="Kept"' in page and 'value="Publish"' in page and FALSE not in page
    assert CheckAnswer.objects.get().answered_by == editor
    assert not Article.objects.get().is_published


# The panel and its own page.


def test_the_form_opens_with_what_can_be_said_at_once(at_desk, editor):
    page = " ".join(at_desk(editor).get(change_url(wrong_article(standfirst=""))).content.decode().split())
    assert "There is no standfirst." in page and 'href="#id_standfirst"' in page
    assert "Checks" in page and FALSE not in page.split('id="desk-checks"')[1].split("</section>")[0]


def test_the_panel_is_about_what_is_typed_and_nothing_is_saved(at_desk, editor):
    article = wrong_article(text=f"<p>{TRUE}</p>")
    desk = at_desk(editor)
    data = typed(desk, article, headline="")
    data = with_block(data, "section", heading="Viewers", body=f"<p>{FALSE}</p>", ordering=9000)
    page = " ".join(desk.post(url(article, "checks/"), data).content.decode().split())
    assert FALSE in page and "<b>Viewers</b>" in page and 'href="#articles_section_set-1"' in page
    article.refresh_from_db()
    assert article.headline and len(article.blocks()) == 1
    assert desk.post(url(article, "checks/"), typed(desk, article)).content.decode().count(FALSE) == 0


def test_a_reason_is_kept_listed_and_can_be_taken_back(at_desk, editor, writer):
    article = wrong_article(owner=writer)
    desk = at_desk(writer)
    (finding, _place), *_rest = Report.of_saved(article).warnings
    key = finding.fingerprint
    data = {"answer": key, f"reason-{key}": "  By Netflix’s\n daily list. "}
    assert desk.post(url(article, "checks/answer/"), data).url == url(article, "checks/")
    page = page_of(desk, article, "checks")
    assert "“By Netflix’s daily list.”" in page and "Writer, <time" in page and "Take it back" in page
    assert "All clear" in page or "Will be asked" not in page
    detail = Entry.objects.about(article).get(action=Entry.Action.ANSWERED).detail
    assert FALSE in detail and "9th" in detail and "By Netflix’s daily list." in detail
    assert "Publish anyway" not in page_of(at_desk(editor), article, "publish")
    desk.post(url(article, f"checks/answers/{CheckAnswer.objects.get().pk}/take-back/"))
    assert "Will be asked" in page_of(desk, article, "checks")
    assert Entry.objects.about(article).filter(action=Entry.Action.ANSWERED).count() == 2


def test_a_reason_for_one_sentence_is_none_for_another(at_desk, editor):
    article = wrong_article()
    (finding, _place), *_rest = Report.of_saved(article).warnings
    key = finding.fingerprint
    at_desk(editor).post(url(article, "checks/answer/"), {"answer": key, f"reason-{key}": "So."})
    article.blocks()[0].__class__.objects.update(body="<p>By week three it was out of the top 10.</p>")
    assert len(said(Article.objects.get(), "warnings")) == 1


@pytest.mark.parametrize(
    ("reason", "problem"),
    [("", "Say why"), (" \0 ", "Say why"), ("x" * 301, "301 characters; 300 are the most")],
)
def test_a_reason_that_is_none_is_refused_with_a_sentence(at_desk, editor, reason, problem):
    article = wrong_article()
    desk = at_desk(editor)
    key = Report.of_saved(article).warnings[0][0].fingerprint
    page = desk.post(url(article, "checks/answer/"), {"answer": key, f"reason-{key}": reason}, follow=True)
    assert problem in page.content.decode()
    panel = desk.post(
        url(article, "checks/answer/"), typed(desk, article, answer=key, **{f"reason-{key}": reason})
    )
    assert problem in panel.content.decode() and not CheckAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "0" * 64, "\0", "x" * 500])
def test_a_finding_that_is_not_there_cannot_be_answered(at_desk, editor, key):
    article = wrong_article(standfirst="")
    page = at_desk(editor).post(
        url(article, "checks/answer/"), {"answer": key, f"reason-{key}": "So."}, follow=True
    )
    assert "nothing to answer any more" in page.content.decode()
    # What is missing is mended and not argued with.
    key = next(f.fingerprint for f, _place in Report.of_saved(article).warnings if not f.row)
    at_desk(editor).post(url(article, "checks/answer/"), {"answer": key, f"reason-{key}": "So."})
    assert not CheckAnswer.objects.exists()


FORGED = [
    {},
    {"headline": ["a", "b"], "articles_section_set-TOTAL_FORMS": "99999999999"},
    {
        "headline": "\0",
        "articles_section_set-TOTAL_FORMS": "x",
        "articles_section_set-INITIAL_FORMS": "-1",
    },
    {"show": "9" * 40, "also_about": ["x", "9" * 40], "lead_image": "\0", "category": "-1"},
]


def test_a_forged_form_is_answered(at_desk, editor):
    article = wrong_article()
    desk = at_desk(editor)
    opened = typed(desk, article)
    for forged in FORGED:
        for data in (forged, opened | forged):
            assert desk.post(url(article, "checks/"), data).status_code == 200, forged


def test_only_who_may_change_the_article_may_check_and_answer(at_desk, writer, moderator, editor):
    article = wrong_article(owner=editor)
    key = Report.of_saved(article).warnings[0][0].fingerprint
    made = CheckAnswer.objects.create(
        article=article, check_name="x", fingerprint="y", finding="z", reason="So."
    )
    for person, status in ((writer, 404), (moderator, 403)):
        desk = at_desk(person)
        assert desk.get(url(article, "checks/")).status_code == status
        for name in ("checks/", "checks/answer/", f"checks/answers/{made.pk}/take-back/"):
            data = {"answer": key, f"reason-{key}": "So."}
            assert desk.post(url(article, name), data).status_code == status
    for name in ("checks/answer/", f"checks/answers/{made.pk}/take-back/"):
        assert at_desk(editor).get(url(article, name)).status_code == 405
    assert CheckAnswer.objects.get() == made


def test_an_answer_of_another_article_cannot_be_taken_back_here(at_desk, editor):
    article, other = wrong_article(), make_article()
    made = CheckAnswer.objects.create(
        article=other, check_name="x", fingerprint="y", finding="z", reason="So."
    )
    assert at_desk(editor).post(url(article, f"checks/answers/{made.pk}/take-back/")).status_code == 404


def test_a_show_that_was_just_chosen_is_the_one_that_is_meant(at_desk, editor):
    show = make_the_imperfects()
    article = wrong_article(show=None)
    desk = at_desk(editor)
    assert FALSE not in desk.post(url(article, "checks/"), typed(desk, article)).content.decode()
    assert FALSE in desk.post(url(article, "checks/"), typed(desk, article, show=show.pk)).content.decode()


def test_publishing_from_the_form_asks_about_the_false_sentence(at_desk, editor):
    article = rewrite(wrong_article(), kicker="Figures")
    press_publish(at_desk(editor), article)
    assert Article.objects.get().is_published


@pytest.mark.parametrize("sections", [1, 12])
def test_the_panel_costs_the_same_queries_however_long_the_text_is(
    at_desk, editor, sections, django_assert_max_num_queries
):
    article = wrong_article()
    for number in range(sections):
        make_section(article, heading=f"Part {number}", body=f"<p>{TRUE}</p>")
    desk = at_desk(editor)
    desk.get(change_url(article))
    with django_assert_max_num_queries(30):
        desk.get(change_url(article))
    with django_assert_max_num_queries(20):
        Report.of_saved(Article.objects.get())
