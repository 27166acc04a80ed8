"""The demo's own things: four users whose passwords are shown, static files collected when they changed."""

import hashlib
import json
import os
import secrets

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

USERS = {"writer": "Writers", "editor": "Editors", "moderator": "Moderators", "admin": None}


def passwords():
    """The demo's users with their passwords: DEMO_PASSWORD for all, else random ones that are kept."""
    chosen = os.environ.get("DEMO_PASSWORD")
    if chosen:
        return dict.fromkeys(USERS, chosen)
    path = passwords_file()
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({name: secrets.token_urlsafe(9) for name in USERS}, file, indent=1)
    return json.loads(path.read_text())


def passwords_file():
    return settings.VAR_DIR / "demo_passwords"


def is_somebodys_site():
    """Whether people other than the demo's run this site: no users with published passwords belong there."""
    return User.objects.filter(is_superuser=True).exclude(email=e_mail("admin")).exists()


def e_mail(name):
    # A domain that nobody owns; what the demo mails lands in a folder anyway.
    return f"{name}@demo.example"


def make_users():
    """Make or mend the demo's users; returns their passwords by name."""
    shown = passwords()
    for name, group in USERS.items():
        user, is_new = User.objects.get_or_create(username=name, defaults={"email": e_mail(name)})
        user.is_staff, user.is_superuser, user.is_active = True, group is None, True
        # To check takes as long as to set, by intent.
        if is_new or not user.check_password(shown[name]):
            user.set_password(shown[name])
        user.save()
        if group:
            user.groups.set([Group.objects.get(name=group)])
    return shown


def collect_static():
    """Collect the static files unless those collected last time are the same ones."""
    stamp, wanted = settings.STATIC_ROOT / ".collected", fingerprint_of_static_files()
    if not (stamp.exists() and stamp.read_text() == wanted):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)


def fingerprint_of_static_files():
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}".encode())
    return digest.hexdigest()
