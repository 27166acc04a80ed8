"""What a process remembers of a page: never anything that the database does not say any more."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.template import Context, Template
from django.test import Client

from articles.models import Edition, Panel, Series
from queries.remembered import Remembered, parts_of_pages
from queries.rows import Rows
from shows.models import ChartRun, Rating, Season, Show
from tests.factories import (
    make_article,
    make_category,
    make_image,
    make_publication,
    make_section,
    make_tag,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import (
    make_decision,
    make_outlook,
    make_rating,
    make_season,
    make_show,
    make_the_imperfects,
)

pytestmark = pytest.mark.django_db
# What a change of these would do is no question of memory: the page is another, or none.
LEFT_ALONE = {"slug", "file", "logo", "poster", "status", "digest", "page", "anchor"}
PUBLIC = (
    *("articles.Edition", "articles.Article", "articles.Category", "articles.Tag", "articles.Author"),
    *("articles.Series", "articles.Image", "articles.EditionImage", "articles.Publication"),
    *("articles.MenuEntry", "shows.Show", "shows.Network", "shows.Season", "shows.Decision"),
    *(
        "shows.Outlook",
        "shows.Rating",
        "shows.ChartEntry",
        "shows.ChartRun",
        "shows.Person",
        "comments.Comment",
    ),
)


@pytest.fixture(autouse=True)
def _one_afternoon():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        yield


@pytest.fixture
def whole_article():
    """An article with all that a page can draw, and everything around it."""
    make_publication(tagline="Shows, and what becomes of them", house_rules="Be kind.")
    show = make_the_imperfects()
    make_rating(show, season=show.seasons.get(), source="rt_critics", score="71.5", scale=100)
    make_outlook(show, 5, dated_on="2026-11-01", season_number=2)
    make_decision(show, "ordered", "2021-05-05", network=show.network, source_name="A paper")
    series = Series.objects.create(name="One season", slug="one-season")
    filed = {"show": show, "category": make_category(), "series": series}
    article = make_article(lead_image=make_image(credit="A photographer"), standfirst="In short.", **filed)
    article.tags.add(make_tag("one"))
    article.also_about.add(make_show("Another"))
    for number in range(4):
        make_section(article, heading=f"Part {number}")
    for number, kind in enumerate(Panel.Kind.values):
        Panel.objects.create(parent=article, ordering=600 + number, kind=kind)
    article.publish()
    publish_article(headline="More of it", **filed).tags.add(make_tag("one"))
    answered = make_comment(article, name="Ada", website="https://ada.example/")
    make_comment(article, parent=answered, name="Ben")
    return article


def read(article):
    return Client().get(article.get_absolute_url()).content.decode()


def otherwise(field, value):
    """Another value for a field, or None where this one cannot have one."""
    if field.primary_key or field.choices or field.name in LEFT_ALONE or field.is_relation or field.unique:
        return None
    if isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField):
        return f"{value[:20]}~" if field.max_length is None or field.max_length > 21 else None
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField) and value:
        return value - timedelta(days=1)
    if isinstance(field, models.IntegerField | models.DecimalField) and value is not None:
        return value + 1
    return None


def changes():
    """Every change of one value of a public row, as (row's model, name, value)."""
    for label in PUBLIC:
        model = apps.get_model(label)
        for row in model.objects.all()[:1]:
            for field in model._meta.concrete_fields:
                if (value := otherwise(field, getattr(row, field.attname))) is not None:
                    yield model.objects.filter(pk=row.pk), field.attname, value


def test_after_any_change_of_any_value_the_page_is_the_one_that_would_be_drawn_anew(whole_article):
    tried, before = 0, read(whole_article)
    for row, name, value in changes():
        with suppress(IntegrityError), transaction.atomic():
            row.update(**{name: value})
            tried += 1
        remembered = read(whole_article)
        parts_of_pages.clear()
        assert remembered == read(whole_article), (row.model, name)
    assert tried > 80 and remembered != before


def test_a_part_is_drawn_again_only_where_its_key_is_another():
    template = Template("{% load remembering %}{% remember key %}{{ said }}{% endremember %}")
    said = [template.render(Context({"key": key, "said": n})) for n, key in enumerate("aabba")]
    assert said == ["0", "0", "2", "2", "0"]


def test_without_a_key_nothing_is_remembered():
    template = Template("{% load remembering %}{% remember key %}{{ said }}{% endremember %}")
    assert [template.render(Context({"key": "", "said": n})) for n in range(3)] == ["0", "1", "2"]


def test_while_templates_are_worked_on_nothing_is_remembered(settings):
    settings.DEBUG = True
    template = Template("{% load remembering %}{% remember key %}{{ said }}{% endremember %}")
    assert [template.render(Context({"key": "a", "said": n})) for n in range(2)] == ["0", "1"]


def test_what_was_not_used_for_longest_goes_when_there_is_too_much():
    kept = Remembered(most=10)
    for key in "abc":
        kept.keep(key, "1234")
        kept.get("a")
    assert (kept.get("a"), kept.get("b"), kept.get("c"), kept.size) == ("1234", None, "1234", 8)
    kept.keep("d", "longer than all that fits")
    assert kept.get("d") is None and kept.size == 0


def test_rows_in_a_column_are_the_rows_of_a_query_of_their_own():
    show = make_the_imperfects()
    make_rating(show, source="metacritic_users", score=None)
    make_season(show, 2, premiered_on=None, finale_on=None)
    run = make_chart_run(show.seasons.get(number=1), nearest=[{"fate": "renewed", "drop": 41.5}])
    for model, narrowed in ((Season, {}), (Rating, {}), (ChartRun, {"pk": run.pk}), (ChartRun, {"pk": 0})):
        rows, expected = Rows(model), model.objects.filter(**narrowed).order_by("pk")
        text = Show.objects.annotate(text=rows.column(expected)).values_list("text", flat=True).get()
        fields = [field.attname for field in model._meta.concrete_fields]
        values = [[getattr(row, name) for name in fields] for row in rows.read(text)]
        assert values == [list(row) for row in expected.values_list(*fields)]


def make_chart_run(season, **fields):
    day = date(2022, 9, 11)
    weeks = {"began_on": day, "first_week_ending": day, "last_week_ending": day, "weeks": 1, "best_rank": 1}
    return ChartRun.objects.create(season=season, category="tv_english", show_title="A", **weeks, **fields)


def test_previews_leave_nothing_behind(client, whole_article):
    from articles.story import Story

    assert Story(Edition.compose(whole_article)).key == ""
