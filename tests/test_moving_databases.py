"""From one kind of database to the other, by Django's own dumpdata and loaddata as docs/scaling.md tells."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from comments.models import Comment
from tests.factories import make_author, make_image, make_publication, make_tag, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_show

pytestmark = pytest.mark.django_db(transaction=True)

LEFT_OUT = ["contenttypes", "auth.permission", "sessions", "search", "django_tasks_database", "pagestore"]


def test_a_site_comes_out_of_another_database_as_it_was(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    make_publication("Cold Open")
    show = make_show(title="The Lighthouse")
    make_decision(show, outcome="cancelled")
    article = publish_article(headline="One season and out", show=show, lead_image=make_image())
    article.tags.add(make_tag())
    article.also_about.add(make_show(title="The Pier"))
    make_comment(article, body="It deserved a second season.")
    addresses = ["/", article.get_absolute_url(), show.get_absolute_url(), make_author().get_absolute_url()]
    before = [client.get(address).text for address in addresses]

    call_command(
        "dumpdata",
        "--natural-foreign",
        *(f"--exclude={app}" for app in LEFT_OUT),
        output=tmp_path / "all.json",
    )
    call_command("flush", interactive=False)
    assert not Comment.objects.exists()
    # Made with the tables, under numbers that need not be those of before.
    Group.objects.all().delete()
    call_command("loaddata", tmp_path / "all.json", verbosity=0)
    call_command("rebuild_search", verbosity=0)

    assert [client.get(address).text for address in addresses] == before
    assert article.get_absolute_url() in client.get("/search/?q=season").text
    assert publish_article(headline="The next").pk > article.pk, "numbers go on where they were"
