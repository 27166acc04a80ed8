"""The second factor: a phone that shows codes, and recovery codes for when it is lost; django-otp keeps both.

A person has one phone. Recovery codes are kept as keyed hashes, and each works once.
"""

import secrets
import time
from base64 import b32encode

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

CODES = 10
# No letters and digits that look alike: fifty bits a code.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LONGEST_FINGERPRINT = StaticToken._meta.get_field("token").max_length


def phones(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True)


def has_phone(user):
    return phones(user).exists()


def random_key():
    return random_hex(20)


def phone_with(user, key):
    """A phone that is not stored: for its picture and its secret in letters."""
    return TOTPDevice(user=user, name="phone", key=key)


def in_letters(phone):
    """The secret as people type it: groups of four letters and digits."""
    letters = b32encode(phone.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def shows(user, key, code):
    """Whether a phone with this secret shows this code now; nothing is stored and nothing spent."""
    try:
        token = int("".join(code.split()))
    except ValueError:
        return False
    totp = TOTP(phone_with(user, key).bin_key)
    totp.time = time.time()
    return totp.verify(token, tolerance=1)


@transaction.atomic
def set_up(user, key, code):
    """Make a phone with this secret the person's one if it shows this code; recovery codes, else None."""
    get_user_model().objects.select_for_update().get(pk=user.pk)
    phone = phone_with(user, key)
    phone.save()
    if not phone.verify_token(code):
        transaction.set_rollback(True)
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=phone.pk).delete()
    return new_codes(user)


@transaction.atomic
def new_codes(user):
    """Ten new recovery codes in place of all former ones. Nobody can be shown them again."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=fingerprint(user, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


def fingerprint(user, code):
    """What is kept of a recovery code; typed with capitals, spaces or without its dash it is the same."""
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    digest = salted_hmac("logins.recovery_code", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()
    return digest[:LONGEST_FINGERPRINT]


@transaction.atomic
def check(user, code, *, is_recovery=False):
    """The device that this code is right for, or None. None is right twice, nor while one must wait."""
    model = StaticDevice if is_recovery else TOTPDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk").first()
    token = fingerprint(user, code) if is_recovery else "".join(code.split())
    return device if device and device.verify_token(token) else None


def is_recovery(code):
    """Whether a code of either kind is a recovery code; a phone's are digits alone."""
    return not "".join(code.split()).isdecimal()


def check_either(user, code):
    return check(user, code, is_recovery=is_recovery(code))


def closed_until(user, *, is_recovery=False):
    """Until when no code is looked at, because too many were wrong; None while one may try."""
    device = (StaticDevice if is_recovery else TOTPDevice).objects.filter(user=user).first()
    is_allowed, why = device.verify_is_allowed() if device else (True, None)
    return None if is_allowed else (why or {}).get("locked_until")


@transaction.atomic
def take_away(user):
    """End the second factor of a person; whether there was one."""
    StaticDevice.objects.filter(user=user).delete()
    return bool(TOTPDevice.objects.filter(user=user).delete()[0])
