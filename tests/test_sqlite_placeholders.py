"""SQL that is sent again means the same again, though its placeholders are looked for once."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def asked(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


@pytest.mark.parametrize("time", ["first", "second"])
def test_placeholders_and_percent_signs_are_told_apart(time):
    assert asked("SELECT 'a%%' || %s, '%%s' || %s", ["b", "c"]) == ("a%b", "%sc")


def test_named_values_are_taken_by_their_names():
    assert asked("SELECT %(second)s || %(first)s", {"first": "a", "second": "b"}) == ("ba",)


def test_a_text_too_long_to_be_remembered_is_sent_all_the_same():
    many = 4_000
    assert asked(f"SELECT 1 WHERE %s IN ({', '.join(['%s'] * many)})", [1, *range(many)]) == (1,)
