"""`manage.py backup` and `restore`: the site comes back whole, or stays as it was."""

import io
import json
import tarfile
import threading

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from operations import archive
from operations.snapshots import SnapshotError
from pictures.storing import StoreAway
from tests.buckets import in_a_bucket, names

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "site" / "media"
    picture = settings.MEDIA_ROOT / "originals" / "poster.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"the poster")
    return settings.MEDIA_ROOT


@pytest.fixture
def backup(media, tmp_path):
    """A backup of a site with one user, zoe, and one picture."""
    User.objects.create_user("zoe", "zoe@example.org")
    path = tmp_path / "backups" / "site.tar"
    call_command("backup", path, verbosity=0)
    return path


def restore(path, *options):
    output = io.StringIO()
    call_command("restore", path, *options, stdout=output)
    return output.getvalue()


def repacked(path, **changes):
    """A copy of a backup with parts of its manifest changed, or whole members by their name."""
    with tarfile.open(path) as tar:
        members = {entry.name: tar.extractfile(entry).read() for entry in tar}
    manifest = json.loads(members["manifest.json"]) | changes.pop("manifest", {})
    members = members | {"manifest.json": json.dumps(manifest).encode()} | changes
    copy = path.with_name("repacked.tar")
    with tarfile.open(copy, "w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return copy


def test_a_restored_site_is_the_one_that_was_backed_up(backup, media):
    User.objects.get(username="zoe").delete()
    User.objects.create_user("intruder")
    (media / "originals" / "poster.webp").unlink()
    (media / "later.webp").write_bytes(b"later")

    assert "Restored the site" in restore(backup, "--yes")

    assert list(User.objects.values_list("username", "email")) == [("zoe", "zoe@example.org")]
    assert (media / "originals" / "poster.webp").read_bytes() == b"the poster"
    assert not (media / "later.webp").exists()
    assert [path.name for path in media.parent.iterdir()] == ["media"], "nothing is left lying about"


def test_new_rows_can_be_written_after_a_restore(backup):
    restore(backup, "--yes")
    assert User.objects.create_user("noa").pk > User.objects.get(username="zoe").pk


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert list(backup.parent.iterdir()) == [backup]


def test_a_backup_holds_one_moment_while_others_go_on_writing(media, tmp_path):
    stop, started = threading.Event(), threading.Event()

    def write_pairs():
        try:
            for number in range(100_000):
                with transaction.atomic():
                    User.objects.create(username=f"pair-{number}")
                    Group.objects.create(name=f"pair-{number}")
                started.set()
                if stop.is_set():
                    return
        finally:
            connection.close()

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        assert started.wait(30)
        before = User.objects.count()
        call_command("backup", tmp_path / "busy.tar", verbosity=0)
    finally:
        stop.set()
        writer.join()

    restore(tmp_path / "busy.tar", "--yes")
    users = set(User.objects.filter(username__startswith="pair").values_list("username", flat=True))
    groups = set(Group.objects.filter(name__startswith="pair").values_list("name", flat=True))
    assert len(users) >= before
    assert users == groups, "no transaction is torn apart"


def test_a_site_with_data_is_overwritten_only_when_told_so(backup):
    User.objects.create_user("noa")
    with pytest.raises(CommandError, match="--yes"):
        restore(backup)
    assert User.objects.filter(username="noa").exists()


def test_an_empty_site_is_restored_without_asking(backup, media):
    User.objects.all().delete()
    (media / "originals" / "poster.webp").unlink()
    restore(backup)
    assert User.objects.filter(username="zoe").exists()


def assert_refused(path, why, media):
    User.objects.create_user("noa")
    with pytest.raises(CommandError, match=why):
        restore(path, "--yes")
    assert User.objects.filter(username="noa").exists()
    assert (media / "originals" / "poster.webp").read_bytes() == b"the poster"


def test_a_damaged_database_is_refused(backup, media):
    name = archive.FILE_NAMES[connection.vendor]
    assert_refused(repacked(backup, **{name: b"not what it was"}), "damaged", media)


def test_missing_media_are_noticed(backup, media):
    assert_refused(repacked(backup, manifest={"media_files": 2}), "Files are missing", media)


def test_a_backup_of_another_kind_of_database_is_refused(backup, media):
    assert_refused(repacked(backup, manifest={"database": "oracle"}), "oracle", media)


def test_a_backup_of_a_newer_version_is_refused(backup, media):
    later = repacked(backup, manifest={"migrations": ["articles.9999_far_ahead"]})
    assert_refused(later, "bring this one up to date", media)


def test_a_file_that_is_no_backup_is_refused(media, tmp_path):
    path = tmp_path / "holiday.tar"
    path.write_bytes(b"sunshine")
    assert_refused(path, "no whole backup", media)


@pytest.mark.parametrize("name", ["../../evil", "media/../../evil"])
def test_a_backup_cannot_write_outside_its_place(backup, media, name):
    assert_refused(repacked(backup, **{name: b"evil"}), "no whole backup", media)
    assert not list(media.parent.parent.rglob("evil"))


def test_the_media_come_back_when_the_database_cannot_be_put_back(backup, media, monkeypatch):
    def fail(path):
        raise SnapshotError("no room")

    (media / "later.webp").write_bytes(b"later")
    monkeypatch.setattr(archive, "restore_snapshot", fail)
    assert_refused(backup, "no room", media)
    assert (media / "later.webp").exists()


def test_a_failed_backup_leaves_no_file(media, tmp_path, monkeypatch):
    def fail(path):
        raise SnapshotError("no room")

    monkeypatch.setattr(archive, "take_snapshot", fail)
    with pytest.raises(CommandError, match="no room"):
        call_command("backup", tmp_path / "backups" / "site.tar")
    assert list((tmp_path / "backups").iterdir()) == []


# Where pictures lie in a bucket a backup holds its originals, and a restore adds what the bucket lacks.


@pytest.fixture
def store(settings):
    with in_a_bucket(settings) as store:
        for name in ("originals/a.jpg", "renditions/a/480.jpg", "social/1/card.jpg", "erasures/key"):
            store.put_object(Key=name, Body=name.encode())
        yield store


def test_the_originals_of_a_bucket_come_back_and_nothing_in_it_is_lost(store, media, tmp_path):
    User.objects.create_user("zoe")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    store.Object("originals/a.jpg").delete()
    store.put_object(Key="originals/later.jpg", Body=b"later")
    before = names(store)

    restore(tmp_path / "site.tar", "--yes")

    assert names(store) == sorted([*before, "originals/a.jpg"])
    assert store.Object("originals/a.jpg").get()["Body"].read() == b"originals/a.jpg"


def test_a_backup_of_a_disk_moves_its_pictures_into_a_bucket(media, tmp_path, settings):
    for name in ("renditions/poster/480.webp", "social/1/card.jpg"):
        (media / name).parent.mkdir(parents=True)
        (media / name).write_bytes(b"small")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    with in_a_bucket(settings) as empty:
        restore(tmp_path / "site.tar", "--yes")
        assert names(empty) == ["originals/poster.webp", "renditions/poster/480.webp"]
        assert empty.Object("originals/poster.webp").get()["Body"].read() == b"the poster"


def test_a_backup_of_a_bucket_makes_a_site_on_a_disk(store, media, tmp_path, settings):
    in_bucket = settings.STORAGES
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    settings.STORAGES = in_bucket | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    restore(tmp_path / "site.tar", "--yes")
    files = [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()]
    assert files == ["originals/a.jpg"]


def test_a_store_that_is_away_leaves_everything_as_it_was(store, media, tmp_path, monkeypatch):
    User.objects.create_user("zoe")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    store.Object("originals/a.jpg").delete()
    User.objects.create_user("noa")

    def refuse(*args, **kwargs):
        raise StoreAway("The store of pictures does not answer.")

    monkeypatch.setattr("pictures.bucket.BucketStorage._save", refuse)
    with pytest.raises(CommandError, match="Nothing was restored: The store of pictures does not answer"):
        restore(tmp_path / "site.tar", "--yes")
    assert User.objects.filter(username="noa").exists()
