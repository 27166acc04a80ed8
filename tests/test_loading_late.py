"""What a process loads: readers' servers nothing of the newsroom until somebody goes there."""

from tests.starting import Starter
from tests.test_settings import PRODUCTION, only


def printed(code):
    """The words that a process of its own prints that runs this code."""
    environment = only({"DJANGO_SETTINGS_MODULE": "config.settings", **PRODUCTION})
    with Starter() as starter:
        done = starter.run("-c", code, environment=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_server_has_nothing_of_the_newsroom_until_one_of_its_addresses_is_wanted():
    code = (
        "import sys; from config.wsgi import application; from django.urls import resolve, reverse;"
        "print(resolve('/articles/').view_name, reverse('shows:list'));"
        "late = {'articles.admin', 'comments.admin', 'PIL', 'openpyxl', 'articles.checks.fate_words'};"
        "print(len(late & set(sys.modules)));"
        "print(reverse('admin:articles_article_changelist'), resolve('/admin/shows/show/').view_name);"
        "print(len(late & set(sys.modules)))"
    )
    readers, newsroom = ["articles:archive", "/shows/"], ["/admin/articles/article/"]
    assert printed(code) == [*readers, "0", *newsroom, "admin:shows_show_changelist", "2"]


def test_a_server_works_out_no_static_file_before_one_is_asked_for(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").touch()
    code = (
        "import gc, os; from django.conf import settings;"
        f"settings.STATIC_ROOT = {str(tmp_path / 'static')!r};"
        "from config.wsgi import application; from whitenoise.base import WhiteNoise; gc.unfreeze();"
        "[served] = [each for each in gc.get_objects() if isinstance(each, WhiteNoise)];"
        "print(len(served.paths), len(served.files))"
    )
    assert printed(code) == ["1", "0"]


def test_commands_have_the_newsroom_at_once_so_that_checks_read_it():
    code = "import django, sys; django.setup(); print('articles.admin' in sys.modules, 'PIL' in sys.modules)"
    assert printed(code) == ["True", "False"]
