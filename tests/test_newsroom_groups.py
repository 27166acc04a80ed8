"""The groups of the newsroom are made by migrating, and stay as an administrator leaves them."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from articles.groups import GROUPS, make_groups

pytestmark = pytest.mark.django_db


def test_migrating_makes_the_three_groups_with_their_permissions():
    for name, wanted in GROUPS.items():
        rows = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{row.content_type.app_label}.{row.codename}" for row in rows} == wanted


def test_an_administrators_changes_to_a_group_stay():
    editors = Group.objects.get(name="Editors")
    editors.permissions.clear()
    Group.objects.get(name="Writers").delete()
    make_groups(apps)
    assert not editors.permissions.exists()
    assert Group.objects.get(name="Writers").permissions.count() == len(GROUPS["Writers"])


def test_no_group_is_made_while_a_permission_of_a_later_app_is_missing():
    Group.objects.all().delete()
    Permission.objects.filter(codename="moderate_comment").delete()
    make_groups(apps)
    assert not Group.objects.exists()
