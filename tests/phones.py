"""A phone as the tests hold it: it knows the secret and shows the code of the moment."""

import re
from base64 import b32decode
from html import unescape

from django_otp.oath import totp

from logins import devices
from tests.conftest import PASSWORD

MOMENT = "2026-05-05 12:00:01+00:00"
SET_UP = "/admin/second-factor/set-up/"


def code_of(key, *, drift=0):
    """What a phone with this secret (hexadecimal) shows now, or so many steps of thirty seconds later."""
    return f"{totp(bytes.fromhex(key), drift=drift):06d}"


def give_phone(person, key=None):
    """Set a second factor up for somebody; its secret and recovery codes. Spends the code of this moment."""
    key = key or devices.random_key()
    return key, devices.set_up(person, key, code_of(key))


def secret_in(letters):
    """The secret that somebody reads off the page for setting up, as hexadecimal."""
    return b32decode("".join(letters.split())).hex()


def secret_on(page):
    return secret_in(re.search(r'class="secret">([A-Z2-7 ]+)<', page).group(1))


def signed_on(page):
    return unescape(re.search(r'name="secret" value="([^"]+)"', page).group(1))


def codes_on(page):
    return re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", page)


def log_in(client, person, **typed):
    """Send the password; the answer."""
    form = {"username": person.get_username(), "password": PASSWORD, **typed}
    return client.post("/admin/login/", form)
