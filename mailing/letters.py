"""The outside of a mail: who sends it, its subject, its lines, and how it is ended."""

import textwrap
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.utils.text import Truncator

WIDTH, LONGEST_SUBJECT = 72, 150


def unsubscribe_headers(address):
    """What mail programs' own “Unsubscribe” needs: one press, without opening a page (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def sender_named(name):
    """The site's own sender; signed with the publication's name where its owner has given it no other."""
    signed, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return settings.DEFAULT_FROM_EMAIL if signed else formataddr((one_line(name), address))


def one_line(text):
    """A subject: no line ends, whatever names and headlines bring along, and not endless."""
    return Truncator(" ".join(text.split())).chars(LONGEST_SUBJECT)


def wrapped(text):
    """Lines of at most 72 characters, quoted ones marked anew; addresses stay whole, empty lines single."""
    lines = []
    for line in text.strip().splitlines():
        mark = "> " if line.startswith("> ") else ""
        fill = textwrap.TextWrapper(
            WIDTH, subsequent_indent=mark, break_long_words=False, break_on_hyphens=False
        )
        new = fill.wrap(line.rstrip()) or [""]
        if new != [""] or lines[-1:] != [""]:
            lines += new
    # The space makes the line the mark of a signature, which mail programs know.
    return "\n".join(lines).replace("\n--\n", "\n-- \n") + "\n"
