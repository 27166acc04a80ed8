"""What was given, as JSON: a file, or an address of the web."""

import json
import re
from pathlib import Path
from urllib.error import HTTPError, URLError

from django.utils.translation import gettext as _

from shows.fetching import fetched
from shows.links import is_web_address

SECONDS = 30
# A page of 250 shows has less than one megabyte, the longest show with cast and episodes some ten.
LARGEST = 50 * 1024 * 1024
TOO_MANY_REQUESTS = 429
# A show by its number at TVmaze, or by the address of its page for people.
NAMED = re.compile(r"(?:https?://(?:www\.)?tvmaze\.com/shows/)?(\d+)(?:/[^?#]*)?", re.ASCII)
API = "https://api.tvmaze.com/shows/{number}?embed[]=seasons&embed[]=cast&embed[]=episodes"


class Refused(Exception):
    """What was given is not what it should be; the message is for whoever gave it."""


def json_of(file_or_url):
    """What a file or an address holds, parsed; Refused where it cannot be read or is no JSON.

    A show's number, or its page at TVmaze, stands for what the API says of it, with seasons and cast.
    """
    if (named := NAMED.fullmatch(file_or_url)) and not Path(file_or_url).exists():
        file_or_url = API.format(number=named[1])
    data = _fetched(file_or_url) if is_web_address(file_or_url) else _read(file_or_url)
    if len(data) > LARGEST:
        raise Refused(_("It is larger than %d MB, as no answer of TVmaze is.") % (LARGEST >> 20))
    return _parsed(data)


def _read(path):
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refused(_("It cannot be read: %s.") % (getattr(error, "strerror", None) or error)) from error


def _fetched(address):
    try:
        with fetched(address, SECONDS, accept="application/json") as answer:
            return answer.read(LARGEST + 1)
    except HTTPError as error:
        if error.code == TOO_MANY_REQUESTS:
            raise Refused(_("TVmaze asks for patience: try again in ten seconds.")) from error
        raise Refused(_("It cannot be fetched: the answer is %d.") % error.code) from error
    except (URLError, OSError, ValueError) as error:
        raise Refused(_("It cannot be fetched: %s.") % (getattr(error, "reason", None) or error)) from error


def _parsed(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(_("Line %d holds bytes that are no UTF-8 text.") % line) from error
    if not text.strip():
        raise Refused(_("It is empty."))
    if text.lstrip().startswith("<"):
        raise Refused(
            _(
                "It is a web page and not JSON. Ask TVmaze's API: https://api.tvmaze.com/shows/82?embed[]=seasons"
            )
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        told = {"line": error.lineno, "column": error.colno, "why": error.msg}
        raise Refused(_("Line %(line)d, column %(column)d is no JSON: %(why)s.") % told) from error
    except (ValueError, RecursionError) as error:
        raise Refused(_("It is no JSON that can be read: %s.") % error) from error
