"""Whoever was erased stays erased, also when an older backup is put back."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments.models import Comment, Erasure
from comments.privacy import tombstones
from comments.privacy.erasure import erase
from comments.tokens import email_key
from mailing.models import Mail
from tests.buckets import in_a_bucket, names
from tests.factories import make_publication, publish_article
from tests.factories_comments import make_comment
from tests.test_personal_data import MARA, by_mara, everything_in_the_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Tombstones and pictures of one test are none of another's."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def article():
    make_publication("Cold Open")
    return publish_article(headline="One season and out")


def restored(path):
    output = io.StringIO()
    call_command("restore", path, "--yes", stdout=output)
    return output.getvalue()


def test_an_erased_reader_stays_erased_when_an_older_backup_is_put_back(article, tmp_path):
    kept = by_mara(article, body="I liked it.")
    make_comment(article, name="Noa")
    removed = make_comment(article, email="theo@reader.example", body="Never mind.")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    erase(MARA)
    erase("theo@reader.example", with_texts=True)

    assert "once more: 2" in restored(tmp_path / "site.tar")

    kept.refresh_from_db()
    assert (kept.name, kept.folded_email, kept.body) == ("", "", "I liked it.")
    assert not Comment.objects.filter(pk=removed.pk).exists()
    assert Comment.objects.filter(name="Noa").exists()
    assert Erasure.objects.count() == 2
    assert "mara" not in everything_in_the_database().casefold()


def test_also_where_the_file_of_tombstones_was_lost_before_the_restore(article, tmp_path):
    comment = by_mara(article)
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    erase(MARA)
    (tmp_path / "erasures.jsonl").unlink()
    restored(tmp_path / "site.tar")
    comment.refresh_from_db()
    assert comment.name == ""


def test_a_reader_who_came_back_after_their_erasure_keeps_what_they_wrote_since(article, tmp_path):
    by_mara(article, created_at=timezone.now() - timedelta(days=2))
    erase(MARA, until=timezone.now() - timedelta(days=1))
    Erasure.objects.all().delete()
    back = by_mara(article, body="I am back.")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    restored(tmp_path / "site.tar")
    back.refresh_from_db()
    assert back.name == "Mara Vega"


def test_the_file_holds_no_address_and_is_for_its_owner_alone(article, tmp_path):
    by_mara(article)
    erase(MARA)
    path = tmp_path / "erasures.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "mara" not in path.read_text() and email_key(MARA) in path.read_text()


def test_a_torn_line_in_the_file_costs_no_other_tombstone(article, tmp_path):
    (tmp_path / "erasures.jsonl").write_text('{"email_key": "torn')
    comment = by_mara(article)
    erase(MARA)
    Erasure.objects.all().delete()
    Comment.objects.filter(pk=comment.pk).update(name="Mara Vega", email=MARA, folded_email=MARA)
    assert tombstones.repeat() == 1
    comment.refresh_from_db()
    assert comment.name == ""


def test_a_mail_that_a_backup_brings_back_is_not_sent_to_an_erased_reader(article, tmp_path):
    waiting = {"recipient": MARA, "recipient_folded": MARA, "subject": "A reply", "text": "Hello."}
    Mail.objects.create(key="reply-1", **waiting)
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    erase(MARA)
    restored(tmp_path / "site.tar")
    assert Mail.objects.get().state == Mail.State.CANCELLED


def test_where_servers_share_a_bucket_tombstones_lie_there_and_on_no_servers_disk(
    article, settings, tmp_path
):
    with in_a_bucket(settings) as store:
        comment = by_mara(article)
        call_command("backup", tmp_path / "site.tar", verbosity=0)
        erase(MARA)
        written = [name for name in names(store) if name.startswith("erasures/")]
        assert len(written) == 1 and written[0].startswith(f"erasures/{email_key(MARA)}-")
        assert not (tmp_path / "erasures.jsonl").exists()
        # On another server, by other means than `restore`.
        Erasure.objects.all().delete()
        Comment.objects.filter(pk=comment.pk).update(name="Mara Vega", email=MARA, folded_email=MARA)
        store.put_object(Key="erasures/holiday.jpg", Body=b"not ours")
        assert tombstones.repeat() == 1
        assert tombstones.repeat() == 0 and tombstones.write_down() == 0
    comment.refresh_from_db()
    assert comment.name == ""
