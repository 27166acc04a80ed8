"""The colour in a picture's place until it has come: known from the upload, painted by classes."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from PIL import Image as PillowImage

from articles.models import Image
from pictures.pixels import tint_of
from pictures.tints import tint_classes

from .drawing import encoded, see_through
from .factories_shows import make_show

CSS = (Path(__file__).parent.parent / "static/css/site.css").read_text()


def uploaded(image, format="PNG"):
    file = SimpleUploadedFile("field.png", encoded(image, format).getvalue())
    return Image.objects.create(file=file)


def shown(image):
    return Template('{% load pictures %}{% picture image alt="" %}').render(Context({"image": image}))


@pytest.mark.parametrize(
    ("colour", "classes"),
    [
        ("black", ["tint", "tint-dark"]),
        ("white", ["tint", "tr-5", "tg-5", "tb-5"]),
        ((255, 102, 0), ["tint", "tr-5", "tg-2"]),
        ((0, 0, 160), ["tint", "tb-3", "tint-dark"]),
    ],
)
def test_the_classes_are_those_of_the_average_colour(colour, classes):
    assert tint_classes(tint_of(PillowImage.new("RGB", (30, 20), colour))) == classes


def test_every_class_of_every_colour_is_in_the_style_sheet():
    named = {name for tint in range(216) for name in tint_classes(tint)}
    assert len(named) == 17
    assert not {name for name in named if f".{name} {{" not in CSS}


@pytest.mark.django_db
def test_an_uploaded_picture_is_shown_on_its_colour(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = uploaded(PillowImage.new("RGB", (60, 40), (250, 5, 100)))
    html = shown(Image.objects.get(pk=image.pk))
    assert re.search(r'<img [^>]*class="tint tr-5 tb-2"', html)
    assert "style=" not in html


@pytest.mark.django_db
def test_nothing_is_painted_behind_a_see_through_picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = uploaded(see_through())
    Client().get(image.file.url)
    assert "tint" not in shown(Image.objects.get(pk=image.pk))


@pytest.mark.django_db
def test_a_picture_from_before_gets_its_colour_when_it_is_first_asked_for(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = uploaded(PillowImage.new("RGB", (60, 40), "white"))
    Image.objects.update(tint=None)
    image.file.storage.delete(f"renditions/{Path(image.file.name).stem}/60.avif")
    assert "tint" not in shown(Image.objects.get(pk=image.pk))
    assert Client().get(image.file.url.replace(".jpg", ".avif")).status_code == 200
    assert "tint tr-5 tg-5 tb-5" in shown(Image.objects.get(pk=image.pk))


@pytest.mark.django_db
def test_a_show_s_poster_is_shown_on_its_colour(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    show = make_show()
    green = encoded(PillowImage.new("RGB", (40, 60), (0, 204, 0)), "PNG").getvalue()
    show.poster = SimpleUploadedFile("poster.png", green)
    show.save()
    assert 'class="tint tg-4"' in Client().get(show.get_absolute_url()).content.decode()


def test_a_picture_without_a_colour_of_its_own_is_shown_without_one():
    poster = SimpleNamespace(file="originals/0123456789abcdef0123.jpg", width=600, height=900)
    assert "class=" not in shown(poster)
