"""Comments as HTML. One template, `comments/_comment.html`, says what a comment looks like.

A page may show a thousand of them, and a template costs a quarter of a millisecond each. So the template is
rendered once for each kind of comment with marks in the places of the values, and the values of every
comment are put where the marks are.
"""

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from articles.moments import local_moment

from .models import Comment
from .text import body_html
from .websites import is_plain_website

AVATARS = 6
_BADGES, _EDITORS = dict(Comment.Badge.choices), dict(Comment.Editor.choices)


class Entry:
    """One comment as the template wants it, for pages that show a few. `policy` spares a query."""

    answers = answers_address = ""

    def __init__(self, comment, policy=None):
        self.comment = comment
        if policy is not None:
            self.policy = policy

    @cached_property
    def policy(self):
        from .models import CommentPolicy

        return CommentPolicy.current()

    @cached_property
    def key(self):
        """The comment's number for ids and addresses: as text, or a template may group its digits."""
        return str(self.comment.pk)

    @property
    def name(self):
        return self.comment.shown_name

    @cached_property
    def body(self):
        return body_html(self.comment.body, is_spoiler=self.comment.is_spoiler)

    @property
    def initial(self):
        return initial_of(self.name)

    @property
    def palette(self):
        """The avatar's colour as a number; empty where the policy shows no avatars."""
        return palette_of(self.comment.folded_email or self.name) if self.policy.show_avatars else ""

    @property
    def website(self):
        return linkable(self.comment.website)

    @property
    def badge(self):
        return _BADGES.get(self.comment.badge, "")

    @property
    def edited(self):
        return _EDITORS.get(self.comment.edited_by, "")

    @cached_property
    def moment(self):
        """When it was written, in the publication's time zone, to the second."""
        return timezone.localtime(self.comment.created_at).replace(microsecond=0)

    @property
    def written(self):
        return local_moment(self.moment, get_language())

    @property
    def iso(self):
        return self.moment.isoformat()


def initial_of(name):
    """The first letter or digit of a name, for the avatar."""
    return next((character.upper() for character in name if character.isalnum()), "?")


def palette_of(text):
    """An avatar's colour, "1" to "6", made of an e-mail address or a name so that it tells neither."""
    return _palette(text, settings.SECRET_KEY)


@lru_cache(maxsize=10_000)
def _palette(text, secret):
    digest = salted_hmac("comments.palette", text, secret=secret, algorithm="sha256").digest()
    return str(digest[0] % AVATARS + 1)


@lru_cache(maxsize=10_000)
def linkable(website):
    """The stored website if it may become a link: its scheme is looked at again."""
    return website if website and is_plain_website(website) else ""


class Marks:
    """Stands for a comment when the template is rendered for one kind of comment: marks for its values."""

    def __init__(self, kind):
        self.has_avatar, has_website, badge, editor, has_answered = kind
        for name in ("key", "name", "initial", "iso", "written", "body"):
            setattr(self, name, _mark(name))
        self.palette = _mark("palette") if self.has_avatar else ""
        self.website = _mark("website") if has_website else ""
        self.answers = _mark("answers") if has_answered else ""
        self.answers_address = _mark("answers_address") if has_answered else ""
        self.badge, self.edited = _BADGES.get(badge, ""), _EDITORS.get(editor, "")


def _mark(name):
    return f"\ue000{name}\ue001"


@lru_cache(maxsize=500)
def _pattern(language, is_open, *kind):
    """The template's HTML for one kind of comment, to be filled by `%`."""
    context = {"entry": Marks(kind), "address": _mark("address"), "is_open": is_open}
    html = render_to_string("comments/_entry.html", context)
    return re.sub("\ue000([a-z_]+)\ue001", r"%(\1)s", html.strip().replace("%", "%%"))


@dataclass(frozen=True)
class Artist:
    """Draws the comments of a page; `address` is where the article's comments are."""

    address: str
    is_open: bool
    show_avatars: bool
    language: str = field(default_factory=get_language)
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)

    def thread(self, places, end=""):
        """The HTML of one thread in reading order; `end` is what stands below its last reply."""
        parts, previous = [], -1
        for row, level, answered, is_here in places:
            parts.append("</div>\n" * (previous - level + 1))
            parts.append(self.gap if row is None else self.comment(row, answered, is_here))
            previous = level
        parts.append("</div>\n" * previous + end + "</div>\n" if parts else "")
        return "".join(parts)

    @cached_property
    def gap(self):
        return render_to_string("comments/_entry.html").strip()

    def comment(self, row, answered=None, is_here=False):
        """The HTML of one row up to where its replies begin; `answered` is whom it says that it answers."""
        name = row.name or gettext("Anonymous")
        website = linkable(row.website) if row.website else ""
        moment = row.created_at.astimezone(self.zone)
        values = {
            "key": row.pk,
            "address": self.address,
            "name": escape(name),
            "initial": initial_of(name),
            "palette": palette_of(row.folded_email or name),
            "website": escape(website) if website else "",
            "iso": moment.isoformat(timespec="seconds"),
            "written": local_moment(moment, self.language),
            "body": body_html(row.body, is_spoiler=row.is_spoiler),
        }
        if answered is not None:
            values["answers"] = escape(answered.name or gettext("Anonymous"))
            place = f"#comment-{answered.pk}" if is_here else f"{self.address}{answered.pk}/"
            values["answers_address"] = place
        return self.pattern(bool(website), row.badge, row.edited_by, answered is not None) % values

    def pattern(self, *kind):
        # While templates are worked on they are read anew.
        draw = _pattern.__wrapped__ if settings.DEBUG else _pattern
        return draw(self.language, self.is_open, self.show_avatars, *kind)
