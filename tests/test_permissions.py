"""`docs/permissions.md` is true: its table, tried verb by verb, everywhere in the newsroom, by every role."""

from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from model_bakery import baker

from articles.models import Article, Author, Category, FrontPage, Page, Publication, Series, Tag
from comments.models import Ban, Comment, CommentPolicy, Erasure, ModerationEvent
from logbook.models import Entry
from mailing.models import Mail
from shows.models import (
    ChartEntry,
    ChartImport,
    ChartTitle,
    Company,
    Decision,
    Genre,
    Network,
    Outlook,
    Person,
    Season,
    Show,
)
from tests.conftest import make_person
from tests.factories import make_article, make_image, publish_article
from tests.writing import confirm

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parent.parent / "docs" / "permissions.md"
KIND_VERBS = ("list", "add", "choose")
VERBS = (*KIND_VERBS, "view", "preview", "change", "delete", "moderate", "destroy", "publish", "unpublish")
PUBLISHING = {"preview", "publish", "unpublish"}


def table():
    """The document's rows as {what: {role: set of verbs}}."""
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("|")]
    heads, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {
        row[0]: {role: set(cell.split()) - {"-"} for role, cell in zip(heads[1:], row[1:], strict=True)}
        for row in rows
    }


TABLE = table()


def show():
    return Show.objects.create(title="The Imperfects", slug="the-imperfects")


MAKERS = {
    "articles.article: an own draft": lambda owner: make_article(owner=owner),
    "articles.article: an own published article": lambda owner: publish_article(owner=owner),
    "articles.article: somebody else's draft": lambda owner: make_article(owner=make_person("else")),
    "articles.image: an own picture": lambda owner: make_image(uploaded_by=owner),
    "articles.image: somebody else's picture": lambda owner: make_image(),
    "articles.author": lambda owner: Author.objects.create(name="Ada", slug="ada"),
    "articles.category": lambda owner: Category.objects.create(name="Cable", slug="cable"),
    "articles.tag": lambda owner: Tag.objects.create(name="renewals", slug="renewals"),
    "articles.series": lambda owner: Series.objects.create(name="Finales", slug="finales"),
    "articles.page": lambda owner: Page.objects.create(title="About", slug="about", body="<p>Us</p>"),
    "articles.publication": lambda owner: Publication.objects.create(name="The Daily Finale"),
    "articles.frontpage": lambda owner: FrontPage.objects.get(),
    "shows.show": lambda owner: show(),
    "shows.season": lambda owner: Season.objects.create(show=show(), number=1),
    "shows.decision": lambda owner: Decision.objects.create(
        show=show(), outcome="cancelled", announced_on="2022-11-08", precision="day"
    ),
    "shows.outlook": lambda owner: Outlook.objects.create(show=show(), step=6, reason="It leads its list."),
    "shows.chartentry": lambda owner: baker.make(ChartEntry, rank=1, week_ending="2022-09-11"),
    "shows.chartimport": lambda owner: ChartImport.objects.create(name="all-weeks-global.tsv"),
    "shows.charttitle": lambda owner: ChartTitle.objects.create(show_title="The Imperfects"),
    "shows.network": lambda owner: Network.objects.create(name="Netflix", slug="netflix", kind="streamer"),
    "shows.company": lambda owner: Company.objects.create(name="Nomadic", slug="nomadic"),
    "shows.person": lambda owner: Person.objects.create(name="Dennis Heaton", slug="dennis-heaton"),
    "shows.genre": lambda owner: Genre.objects.create(name="Science fiction", slug="science-fiction"),
    "comments.comment": lambda owner: Comment.objects.create(
        article=publish_article(), name="Mara", email="mara@example.com", body="Why?"
    ),
    "comments.moderationevent": lambda owner: baker.make(ModerationEvent, number=1),
    "comments.erasure": lambda owner: Erasure.objects.create(email_key="e" * 64),
    "logbook.entry": lambda owner: baker.make(Entry, action="published", subject_name="A story"),
    "mailing.mail": lambda owner: baker.make(Mail, key="reply-1"),
    "django_tasks_database.dbtaskresult": lambda owner: baker.make(DBTaskResult, run_after=timezone.now()),
    "auth.user": lambda owner: User.objects.create_user("somebody"),
    "comments.commentpolicy": lambda owner: CommentPolicy.objects.create(),
    "comments.ban": lambda owner: Ban.objects.create(kind="domain", value="spam.example"),
    "auth.group": lambda owner: Group.objects.create(name="Interns"),
}


def address(row, verb):
    name = {"list": "changelist", "view": "change"}.get(verb, verb)
    arguments = [] if verb in KIND_VERBS else [row.pk]
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=arguments)


def choosing_query(model):
    """The query of an autocomplete whose answers are rows of `model`, or None where there is none."""
    fields = [relation.field for relation in model._meta.related_objects if not relation.field.auto_created]
    if not fields or not admin.site.get_model_admin(model).search_fields:
        return None
    meta = fields[0].model._meta
    return {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": fields[0].name}


def is_open(response):
    """Whether the answer is a page or leads on to one, not to the login or (for what is hidden) the front."""
    leads_on = response.status_code == 302 and response.url != "/admin/" and "/login/" not in response.url
    return response.status_code == 200 or leads_on


def looking_at(what, verb, role):
    """Pages are drawn where they differ: all for administrators, and for others what they may only read.

    Whether a page opens is decided before it is drawn, which is most of the work. "Publish" reads its page.
    """
    is_only_read = verb == "view" and "change" not in TABLE[what][role]
    if role == "Administrators" or verb == "publish" or is_only_read:
        return nullcontext()
    return patch.object(SimpleTemplateResponse, "rendered_content", "")


def may(desk, row, verb):
    """Try it, as a browser would."""
    if verb == "choose":
        return desk.get("/admin/autocomplete/", choosing_query(type(row))).status_code == 200
    if verb == "change":
        return is_open(desk.post(address(row, "change"), {}))
    if verb == "publish":
        return publishes(desk, row)
    if verb == "moderate":
        desk.post(address(row, "list"), {"action": "mark_approved", "_selected_action": row.pk})
        return Comment.objects.get(pk=row.pk).status == Comment.Status.APPROVED
    if verb == "view":
        history = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
        answers = {is_open(desk.get(address(row, "view"))), is_open(desk.get(history))}
        assert len(answers) == 1, "view and history differ"
        return answers.pop()
    return is_open(desk.get(address(row, verb)))


def publishes(desk, article):
    Article.objects.filter(pk=article.pk).update(headline="Changed since")
    before = article.editions.count()
    confirm(desk, article, when="now")
    return article.editions.count() > before


def verbs_of(row):
    """The verbs that there are for a row, in an order in which none spoils the next."""
    without = set() if isinstance(row, Article) else set(PUBLISHING)
    if not isinstance(row, Comment):
        without |= {"moderate", "destroy"}
    if choosing_query(type(row)) is None:
        without.add("choose")
    return [verb for verb in VERBS if verb not in without]


def person_for(role):
    return (
        make_person("boss", is_superuser=True) if role == "Administrators" else make_person("one", group=role)
    )


def test_the_table_speaks_of_everything_in_the_newsroom():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert {what.partition(":")[0] for what in TABLE} == registered
    assert set(MAKERS) == set(TABLE)


def test_the_table_names_the_groups_that_there_are():
    (roles,) = {tuple(row) for row in TABLE.values()}
    assert set(roles) == {*Group.objects.values_list("name", flat=True), "Administrators"}


@pytest.mark.parametrize("role", ["Writers", "Editors", "Moderators", "Administrators"])
@pytest.mark.parametrize("what", TABLE)
def test_everybody_may_do_what_the_table_says_and_nothing_else(at_desk, what, role):
    person = person_for(role)
    row = MAKERS[what](person)
    desk = at_desk(person)
    allowed = set()
    for verb in verbs_of(row):
        with looking_at(what, verb, role):
            if may(desk, row, verb):
                allowed.add(verb)
    assert allowed == TABLE[what][role]


@pytest.mark.parametrize("what", TABLE)
def test_who_is_not_logged_in_is_led_to_the_login_everywhere(client, what):
    row = MAKERS[what](None)
    for verb in verbs_of(row):
        if verb in ("choose", "publish", "moderate"):
            continue
        response = client.get(address(row, verb))
        assert response.status_code == 302 and response.url.startswith("/admin/login/"), verb
    assert client.get("/admin/autocomplete/", choosing_query(type(row)) or {}).status_code == 302
    assert client.post(address(row, "change"), {"_publish": "1"}).url.startswith("/admin/login/")
