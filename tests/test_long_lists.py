"""Lists of many rows in the newsroom."""

import pytest
from django.contrib import admin
from django.test.html import parse_html
from django.utils import translation

from shows.models import Show

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en-gb", "de"])
def test_their_boxes_are_djangos(language):
    shows, show = admin.site.get_model_admin(Show), Show(pk=7, title='A <b>"quoted"</b> show & more')
    with translation.override(language):
        ours, djangos = shows.action_checkbox(show), admin.ModelAdmin.action_checkbox(shows, show)
    assert parse_html(ours) == parse_html(djangos)
