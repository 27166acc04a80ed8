"""The newsroom as a place: its name, its policy, its front page, its library and its standing things."""

import re

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.models import Article, Image, MenuEntry, Page, Publication
from comments.models import Comment
from tests.factories import (
    make_article,
    make_author,
    make_category,
    make_image,
    make_tag,
    picture_file,
    publish_article,
)
from tests.writing import sentences

pytestmark = pytest.mark.django_db


def front_page(desk):
    return desk.get("/admin/").content.decode()


# Name and policy.


def test_the_newsroom_bears_the_publications_name(at_desk, editor):
    Publication.objects.create(name="The Daily Finale")
    page = front_page(at_desk(editor))
    assert "<title>Newsroom | The Daily Finale newsroom</title>" in page


PAGES = [
    "/admin/",
    "/admin/articles/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/image/add/?_popup=1",
    "/admin/articles/publication/add/",
    "/admin/password_change/",
    "/admin/jsi18n/",
    "/admin/auth/user/add/",
]


@pytest.mark.parametrize("url", PAGES)
def test_every_page_has_the_nonce_policy_without_unsafe_words(at_desk, administrator, url):
    response = at_desk(administrator).get(url)
    policy = response["Content-Security-Policy"]
    assert response.status_code == 200
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_no_page_holds_inline_style_or_a_script_without_its_nonce(at_desk, administrator):
    desk = at_desk(administrator)
    article = publish_article(lead_image=make_image())
    for url in [*PAGES[:-2], reverse("admin:articles_article_change", args=[article.pk])]:
        page = desk.get(url).content.decode()
        assert " style=" not in page, url
        for tag in page.split("<script")[1:]:
            opening = tag.partition(">")[0]
            assert "nonce=" in opening or 'type="application/json"' in opening, f"{url}: <script{opening}>"


# The front page.


def test_the_machinery_stands_last_in_the_menu_under_names_that_say_what_it_is(at_desk, administrator):
    page = at_desk(administrator).get("/admin/").content.decode()
    assert re.findall(r"<h2>(.+)</h2>", page)[-3:] == ["Logins", "Mail", "Work in the background"]
    tasks = at_desk(administrator).get("/admin/django_tasks_database/dbtaskresult/").content.decode()
    assert "Work in the background" in tasks and "Tasks Database" not in tasks


def test_the_front_page_shows_a_writer_their_own_drafts_only(at_desk, writer, editor):
    make_article(headline="My own draft", owner=writer)
    make_article(headline="Somebody else's draft", owner=editor)
    page = front_page(at_desk(writer))
    assert "My own draft" in page and "Somebody else" not in page
    assert "New article" in page and "Queue" not in page


def test_the_front_page_shows_an_editor_what_is_live_and_what_has_changed_since(at_desk, editor):
    article = publish_article(headline="Live and changed")
    publish_article(headline="Live as it is")
    article.headline = "Live and changed, in the draft"
    article.save()
    desk = at_desk(editor).get("/admin/").context["desk"]
    assert [row.headline for row in desk["ahead"]] == ["Live and changed, in the draft"]
    assert len(desk["published"]) == 2


def test_the_front_page_shows_a_moderator_what_waits_and_no_writing(at_desk, moderator):
    article = publish_article()
    Comment.objects.create(article=article, name="Mara", email="m@example.com", body="Why?")
    page = front_page(at_desk(moderator))
    assert "1 comment waits for moderation" in page and "Queue" in page
    assert "New article" not in page and "My drafts" not in page


def test_the_front_page_costs_the_same_whatever_lies_on_the_desk(
    at_desk, editor, django_assert_max_num_queries
):
    desk = at_desk(editor)
    for number in range(10):
        make_article(owner=editor, category=make_category(f"Category {number}"))
        publish_article()
    with django_assert_max_num_queries(16):
        desk.get("/admin/")


def test_without_the_comments_app_there_is_no_queue_on_the_front_page(at_desk, administrator, monkeypatch):
    monkeypatch.setattr("articles.newsroom.QUEUE_TEMPLATE", "comments/_nowhere.html")
    assert "waits for moderation" not in front_page(at_desk(administrator))


# The library.


def test_an_added_picture_remembers_who_added_it_and_asks_what_it_shows(at_desk, writer):
    desk = at_desk(writer)
    form = {"file": picture_file(), "alt_text": "", "caption": "", "credit": ""}
    page = desk.post("/admin/articles/image/add/", form, follow=True).content.decode()
    assert Image.objects.get().uploaded_by == writer
    assert "Say what the picture shows" in page


def test_what_is_no_picture_is_refused_beside_its_field(at_desk, editor):
    from django.core.files.base import ContentFile

    form = {"file": ContentFile(b"<svg/>", name="drawing.svg")}
    response = at_desk(editor).post("/admin/articles/image/add/", form)
    assert response.status_code == 200
    assert "file" in response.context["adminform"].form.errors


def test_a_writer_mends_the_texts_of_an_own_picture_only(at_desk, writer):
    own, foreign = make_image(uploaded_by=writer), make_image()
    desk = at_desk(writer)
    texts = {"alt_text": "A harbour", "caption": "", "credit": "", "focal_x": 50, "focal_y": 50}
    assert desk.post(reverse("admin:articles_image_change", args=[own.pk]), texts).status_code == 302
    assert desk.post(reverse("admin:articles_image_change", args=[foreign.pk]), texts).status_code == 403
    assert set(Image.objects.values_list("alt_text", flat=True)) == {"A harbour", "A lighthouse at dusk"}


def test_a_pictures_file_never_changes(at_desk, editor):
    image = make_image()
    url = reverse("admin:articles_image_change", args=[image.pk])
    form = {"file": picture_file(colour="#ffffff"), "alt_text": "x", "focal_x": 50, "focal_y": 50}
    assert b"<img" in at_desk(editor).get(url).content
    at_desk(editor).post(url, form)
    assert Image.objects.get().file.name == image.file.name


def test_the_library_lists_thumbnails_and_finds_the_undescribed(
    at_desk, editor, django_assert_max_num_queries
):
    for number in range(6):
        make_image(caption=f"Caption {number}")
    make_image(alt_text="", caption="Bare")
    make_image(alt_text="", is_decorative=True, caption="Ornament")
    desk = at_desk(editor)
    with django_assert_max_num_queries(11):
        page = desk.get("/admin/articles/image/").content.decode()
    assert page.count('class="thumbnail"') == 8
    assert {"No alternative text", "Decorative", "A lighthouse at dusk"} == set(
        sentences(page, "field-described")
    )
    page = desk.get("/admin/articles/image/?described=no").content.decode()
    assert page.count('class="thumbnail"') == 1 and "Bare" in page


def test_a_picture_chooser_gets_thumbnails_and_other_choosers_do_not(at_desk, writer):
    make_image(caption="Harbour")
    make_tag("harbours")
    desk = at_desk(writer)
    query = {"app_label": "articles", "model_name": "article", "field_name": "lead_image", "term": "harb"}
    (found,) = desk.get("/admin/autocomplete/", query).json()["results"]
    assert found["text"] == "Harbour" and found["thumbnail"].endswith(".webp")
    (found,) = desk.get("/admin/autocomplete/", query | {"field_name": "tags"}).json()["results"]
    assert set(found) == {"id", "text"}


def test_a_picture_that_an_article_shows_is_not_deleted(at_desk, editor):
    image = make_image()
    publish_article(lead_image=image)
    url = reverse("admin:articles_image_delete", args=[image.pk])
    at_desk(editor).post(url, {"post": "yes"})
    assert Image.objects.exists()


# Filing and standing things.


@pytest.mark.parametrize("model", ["author", "category", "tag"])
def test_filing_lists_count_what_readers_find_there(at_desk, editor, model):
    article = publish_article(authors=("Ada",), category=make_category("Streaming"))
    draft = make_article(authors=("Ada",), category=make_category("Streaming"))
    for row in (article, draft):
        row.tags.add(make_tag())
    page = at_desk(editor).get(f"/admin/articles/{model}/").content.decode()
    assert sentences(page, "field-published_count") == ["1"]


def test_an_author_may_be_tied_to_somebody_who_logs_in(at_desk, editor, writer):
    author = make_author("Ada")
    url = reverse("admin:articles_author_change", args=[author.pk])
    assert "Writer" in at_desk(editor).get(url).content.decode()
    at_desk(editor).post(url, {"name": "Ada", "slug": "ada", "bio": "", "user": writer.pk})
    author.refresh_from_db()
    assert author.user == writer


def test_the_publication_is_one_row_that_its_list_leads_to(at_desk, editor):
    desk = at_desk(editor)
    assert desk.get("/admin/articles/publication/").url == "/admin/articles/publication/add/"
    assert "Cliffhanger" in desk.get("/admin/articles/publication/add/").content.decode()
    form = {"name": "The Daily Finale", "menu-TOTAL_FORMS": 1, "menu-INITIAL_FORMS": 0}
    form |= {"menu-0-position": 1, "menu-0-location": "header", "menu-0-place": "shows"}
    desk.post("/admin/articles/publication/add/", form)
    assert Publication.objects.get().name == "The Daily Finale"
    assert MenuEntry.objects.get().text == "Shows"
    for page in ("", "add/"):
        assert desk.get(f"/admin/articles/publication/{page}").url == "/admin/articles/publication/1/change/"


def test_the_publications_page_costs_the_same_however_long_its_menu_is(
    at_desk, editor, django_assert_max_num_queries
):
    publication = Publication.objects.create(name="The Daily Finale")
    for number in range(6):
        page = Page.objects.create(title=f"Page {number}", slug=f"page-{number}", body="<p>Text.</p>")
        MenuEntry.objects.create(publication=publication, page=page)
        MenuEntry.objects.create(publication=publication, category=make_category(f"Category {number}"))
    desk = at_desk(editor)
    with django_assert_max_num_queries(10):
        assert "Category 5" in desk.get("/admin/articles/publication/1/change/").content.decode()


def test_nobody_deletes_the_publication(at_desk, administrator):
    Publication.objects.create(name="The Daily Finale")
    url = "/admin/articles/publication/1/delete/"
    assert at_desk(administrator).post(url, {"post": "yes"}).status_code == 403


def test_a_menu_entry_leads_to_one_thing(at_desk, editor):
    Publication.objects.create(name="The Daily Finale")
    form = {"name": "The Daily Finale", "menu-TOTAL_FORMS": 1, "menu-INITIAL_FORMS": 0}
    form |= {"menu-0-location": "header", "menu-0-place": "shows", "menu-0-url": "https://example.com/"}
    page = at_desk(editor).post("/admin/articles/publication/1/change/", form).content.decode()
    assert "Choose one: a place" in page
    assert not MenuEntry.objects.exists()


def test_a_standing_page_is_written_with_cleaned_text(at_desk, editor):
    form = {
        "title": "About",
        "slug": "about",
        "body": "<p>Us<script>alert(1)</script></p>",
        "is_public": "on",
    }
    at_desk(editor).post("/admin/articles/page/add/", form)
    assert Page.objects.get().body == "<p>Us</p>"


def test_each_part_of_the_newsroom_lists_what_is_in_it(at_desk, editor):
    page = at_desk(editor).get("/admin/shows/").content.decode().split('id="content-main"')[1]
    assert "/admin/shows/network/" in page and "/admin/articles/tag/" not in page


CHOOSER = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=show&term="


@pytest.mark.parametrize(
    "address",
    [
        "/admin/shows/show/?status=%00",
        "/admin/articles/article/?q=fine&headline=fine&headline=%00",
        "/admin/articles/article/?q=" + "a+" * 1200,
        "/admin/articles/article/?category__id__exact=" + "9" * 25,
        CHOOSER + "%00",
        CHOOSER + "a+" * 1200,
    ],
)
def test_a_query_that_no_database_takes_is_refused(at_desk, administrator, address):
    assert at_desk(administrator).get(address).status_code == 400


def test_a_search_for_a_long_sentence_is_answered(at_desk, editor):
    assert at_desk(editor).get("/admin/articles/article/", {"q": "a " * 700}).status_code == 200


def test_a_history_answers_a_post_as_it_answers_a_visit(at_desk, editor):
    article = make_article()
    assert at_desk(editor).post(f"/admin/articles/article/{article.pk}/history/").status_code == 200


def test_history_deletion_and_password_lead_back_by_the_words_of_the_lists(at_desk, administrator):
    tag, desk = make_tag("Finales"), at_desk(administrator)
    pages = {
        "History": desk.get(f"/admin/articles/tag/{tag.pk}/history/"),
        "Delete": desk.get(f"/admin/articles/tag/{tag.pk}/delete/"),
    }
    many = {"action": "delete_selected", "_selected_action": [tag.pk]}
    several = desk.post("/admin/articles/tag/", many)
    password = desk.get(f"/admin/auth/user/{administrator.pk}/password/")
    for here, page in pages.items():
        assert way_back(page) == ["Newsroom", "Tags", "Finales", here]
    assert way_back(several) == ["Newsroom", "Tags", "Delete"]
    assert way_back(password) == ["Newsroom", "Users", administrator.username, "Password"]


def way_back(page):
    path = re.search(r'<ol class="breadcrumbs">(.*?)</ol>', page.content.decode(), re.DOTALL)[1]
    return [re.sub("<[^>]*>", "", item).strip() for item in re.findall(r"<li.*?</li>", path, re.DOTALL)]


def test_view_on_site_leads_to_what_one_may_see_and_tells_no_address_of_a_draft(at_desk, writer, editor):
    def shortcut(row):
        return f"/admin/r/{ContentType.objects.get_for_model(row).pk}/{row.pk}/"

    theirs, category = make_article(owner=editor), make_category()
    assert at_desk(editor).get(shortcut(theirs)).url == theirs.get_absolute_url()
    assert at_desk(writer).get(shortcut(category)).url == category.get_absolute_url()
    for address in (shortcut(theirs), "/admin/r/999999/1/", shortcut(writer)):
        assert at_desk(writer).get(address).status_code == 404


def test_the_apps_screens_are_looked_for_once(monkeypatch):
    admin.site.get_model_admin(Article)
    looks = []
    monkeypatch.setattr(admin, "autodiscover", lambda: looks.append(1))
    admin.site.get_model_admin(Article)
    assert not looks
