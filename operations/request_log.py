"""One line a request on stderr, with an id that errors bear too; no e-mail, address or query string."""

import logging
import re
import time
from contextvars import ContextVar

from django.utils.encoding import escape_uri_path

logger = logging.getLogger("operations.requests")
request_id = ContextVar("request_id", default="-")

E_MAIL = re.compile(r"[^\s@<>\"'(),;:/=]+(?:@|%40)[^\s@<>\"'(),;:/=]+\.[^\s@<>\"'(),;:/=]+")
# A signed token, also in an address that leads nowhere because a mail program cut or lengthened it.
SIGNED = re.compile(r"[\w.-]+:[0-9A-Za-z]+:[\w-]{43}")
# Parts of an address that let their bearer in: a held comment, a new password.
SECRET_ARGUMENTS = {"token", "uidb64"}


class LineFormatter(logging.Formatter):
    """Time, level, request id, message; what looks like an e-mail address or a token is blotted out."""

    default_msec_format = "%s.%03dZ"
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    converter = time.gmtime

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(message)s")

    def format(self, record):
        # Django logs some errors when the request has left our middleware; those records bear the request.
        record.request_id = getattr(getattr(record, "request", None), "id", request_id.get())
        return SIGNED.sub("***", E_MAIL.sub("[e-mail]", super().format(record)))


def log_request(request, response, seconds):
    """Write the line of a request that has been answered."""
    logger.info(
        "%s %s %d %d ms", request.method, path_without_secrets(request), response.status_code, seconds * 1000
    )


def path_without_secrets(request):
    """The path of a request, percent-encoded, with "***" for whatever in it would let its reader in."""
    path = request.path
    arguments = request.resolver_match.captured_kwargs if request.resolver_match else {}
    for name in SECRET_ARGUMENTS.intersection(arguments):
        path = path.replace(str(arguments[name]), "***")
    return escape_uri_path(path)
