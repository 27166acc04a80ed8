"""The picture library: what it shows, where pictures are used, what may be deleted, several at once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from articles.models import Embed, Image, Picture
from tests.factories import make_article, make_image, picture_file, publish_article
from tests.writing import rewrite, sentences

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/articles/image/"
UPLOAD = f"{LIBRARY}upload/"
JSON = {"Accept": "application/json"}


def page_text(desk, address, **query):
    response = desk.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def picture_page(desk, image):
    return page_text(desk, reverse("admin:articles_image_change", args=[image.pk]))


# The list.


def test_the_list_writes_times_as_every_other_page_of_the_newsroom_does(at_desk, editor):
    image = make_image()
    Image.objects.filter(pk=image.pk).update(created_at="2026-05-03T14:12:00Z")
    assert "3 May 2026, 14:12" in page_text(at_desk(editor), LIBRARY)


def test_a_picture_says_in_how_many_articles_it_is_used_however_often_in_each(at_desk, editor):
    image = make_image(caption="Harbour")
    make_image(caption="Idle")
    article = publish_article(lead_image=image, social_image=image)
    Picture.objects.create(parent=article, ordering=90, image=image)
    Embed.objects.create(parent=make_article(), ordering=90, url="https://a.example/", poster=image)
    page = at_desk(editor).get(LIBRARY).content.decode()
    assert sentences(page, "field-used") == ["Not used", "Used in 2 articles"]


def test_the_list_costs_the_same_however_many_pictures_are_used(
    at_desk, editor, django_assert_max_num_queries
):
    image = make_image()
    for number in range(12):
        make_image(caption=f"Picture {number}")
        publish_article(lead_image=image)
    desk = at_desk(editor)
    with django_assert_max_num_queries(11):
        desk.get(LIBRARY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"used": "no"}, {"Idle", "Wide", "Own"}),
        ({"used": "yes"}, {"Harbour"}),
        ({"by": "me"}, {"Own"}),
        ({"wide": "yes"}, {"Wide"}),
        ({"q": "renewed at last"}, {"Harbour"}),
        ({"q": "idle"}, {"Idle"}),
        ({"q": "no such thing"}, set()),
    ],
)
def test_the_list_is_narrowed_by_use_person_size_and_words(at_desk, editor, query, found):
    publish_article(headline="Renewed at last", lead_image=make_image(caption="Harbour"))
    make_image(caption="Idle")
    make_image(caption="Own", uploaded_by=editor)
    Image.objects.filter(pk=make_image(caption="Wide").pk).update(width=1200)
    page = at_desk(editor).get(LIBRARY, query).content.decode()
    assert {name for name in ("Harbour", "Idle", "Own", "Wide") if f">{name}</a>" in page} == found


def test_an_empty_library_says_how_to_begin_and_an_empty_search_how_to_go_back(at_desk, editor):
    desk = at_desk(editor)
    assert "Add the first picture above" in page_text(desk, LIBRARY)
    page = page_text(desk, LIBRARY, q="nothing")
    assert "No picture is like that" in page and "Show all" in page


# Where it is used.


def test_a_pictures_page_names_every_article_and_version_that_shows_it(at_desk, editor):
    image, other = make_image(), make_image()
    article = publish_article(headline="The first story", lead_image=image)
    article.publish()
    rewrite(article, lead_image=other).publish()
    draft = make_article(headline="The second story", social_image=image)
    Picture.objects.create(parent=draft, ordering=90, image=image)
    desk = at_desk(editor)
    page = picture_page(desk, image)
    assert "The first story</a>: older versions 1 and 2" in page
    assert "The second story</a>: draft (picture for social networks, picture)" in page
    assert "The first story</a>: draft (lead picture); version 3, live now" in picture_page(desk, other)
    assert "Nowhere yet." in picture_page(desk, make_image())


def test_a_scheduled_use_is_named_as_one(at_desk, editor):
    image = make_image()
    make_article(lead_image=image).publish(at=timezone.now() + timedelta(days=1))
    assert "scheduled version 1" in picture_page(at_desk(editor), image)


# The focal point.


def test_the_crops_are_drawn_without_a_script_as_the_focal_point_wants_them(at_desk, editor):
    image = make_image(file=picture_file(size=(200, 100)), focal_x=100, focal_y=0)
    page = picture_page(at_desk(editor), image)
    # 200 by 100 fills 90 by 90 as 180 by 90; its right edge stands at the frame's.
    assert 'x="-90.00" y="0.00" width="180.00" height="90.00"' in page
    assert "style=" not in page[page.index('class="focus"') : page.index("</fieldset>")]


# Deleting.


@pytest.mark.parametrize("use", ["draft", "version", "embed"])
def test_a_used_picture_is_not_deleted_and_the_answer_says_where_it_is_used(at_desk, editor, use):
    image = make_image()
    if use == "draft":
        make_article(headline="The story", lead_image=image)
    elif use == "version":
        rewrite(publish_article(headline="The story", lead_image=image), lead_image=None)
    else:
        article = make_article(headline="The story")
        Embed.objects.create(parent=article, ordering=90, url="https://a.example/", poster=image)
    desk = at_desk(editor)
    address = reverse("admin:articles_image_delete", args=[image.pk])
    page = page_text(desk, address)
    assert "cannot be deleted, because it is used" in page and "The story</a>:" in page
    desk.post(address, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
    assert b"None of them was deleted" in desk.post(LIBRARY, chosen).content
    assert Image.objects.filter(pk=image.pk).exists()


def test_an_unused_picture_is_deleted_and_its_file_stays_for_another_row(at_desk, editor):
    image = make_image()
    storage, name = image.file.storage, image.file.name
    at_desk(editor).post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert not Image.objects.exists() and storage.exists(name)


# Several at once.


def named(name, **options):
    file = picture_file(**options)
    file.name = name
    return file


def test_an_upload_of_the_script_adds_one_picture_and_says_so(at_desk, writer):
    response = at_desk(writer).post(UPLOAD, {"file": named("pier.png")}, headers=JSON)
    image = Image.objects.get()
    assert response.json()["id"] == image.pk and image.uploaded_by == writer
    assert response.json()["said"] == "Added."


def test_the_same_picture_again_is_the_row_that_is_there(at_desk, writer):
    desk = at_desk(writer)
    first = desk.post(UPLOAD, {"file": named("pier.png")}, headers=JSON).json()
    again = desk.post(UPLOAD, {"file": named("again.png")}, headers=JSON).json()
    assert first["id"] == again["id"] and Image.objects.count() == 1
    assert "“again.png” is in the library already" in again["said"]


@pytest.mark.parametrize("sent", [{}, {"file": "text"}, {"file": ContentFile(b"<svg/>", name="a.svg")}])
def test_what_is_no_picture_is_refused_with_what_is_accepted(at_desk, writer, sent):
    response = at_desk(writer).post(UPLOAD, sent, headers=JSON)
    assert response.status_code == 400 and response.json()["error"]
    assert not Image.objects.exists()


def test_without_a_script_several_files_lead_to_one_page_that_describes_them(at_desk, writer):
    desk = at_desk(writer)
    files = [named("a.png", colour="#111111"), named("b.png", colour="#222222")]
    bad = ContentFile(b"nothing", name="c.png")
    response = desk.post(UPLOAD, {"file": [*files, bad]})
    page = page_text(desk, response.url)
    assert page.count('class="described"') == 2
    assert "“c.png”: This file is not a picture" in page[page.index("messagelist") :][:400]
    first, second = Image.objects.order_by("pk")
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    data |= {"form-0-id": first.pk, "form-0-alt_text": "A pier", "form-0-credit": "Ann"}
    data |= {"form-1-id": second.pk, "form-1-is_decorative": "on"}
    assert desk.post(response.url, data).url == LIBRARY
    first, second = Image.objects.order_by("pk")
    assert (first.alt_text, first.credit, second.is_decorative) == ("A pier", "Ann", True)


def test_nobody_describes_somebody_elses_pictures_on_the_way(at_desk, writer):
    own, foreign = make_image(uploaded_by=writer), make_image(caption="Foreign")
    desk = at_desk(writer)
    address = f"{LIBRARY}describe/?ids={own.pk},{foreign.pk},0,x,99999999999999999999"
    page = page_text(desk, address)
    assert page.count('class="described"') == 1 and "Foreign</a>" in page
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": foreign.pk,
        "form-0-alt_text": "Mine",
    }
    desk.post(address, data)
    foreign.refresh_from_db()
    assert foreign.alt_text == "A lighthouse at dusk"


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 1, "form-0-id": "", "form-1-alt_text": "New"},
        {
            "form-TOTAL_FORMS": 3,
            "form-INITIAL_FORMS": 0,
            "form-0-alt_text": "New",
            "form-1-alt_text": "x" * 301,
        },
        {"form-TOTAL_FORMS": "9" * 30, "form-INITIAL_FORMS": "x", "form-0-id": ["1", "2"]},
    ],
)
def test_a_forged_description_makes_no_picture_and_breaks_nothing(at_desk, writer, forged):
    own = make_image(uploaded_by=writer)
    response = at_desk(writer).post(f"{LIBRARY}describe/?ids={own.pk}", forged)
    assert response.status_code in (200, 302)
    assert Image.objects.get().alt_text == "A lighthouse at dusk"


def test_who_may_not_add_pictures_may_not_upload(at_desk, moderator):
    desk = at_desk(moderator)
    assert desk.get(UPLOAD).status_code == 403
    assert desk.post(UPLOAD, {"file": named("a.png")}, headers=JSON).status_code == 403
    assert not Image.objects.exists()
