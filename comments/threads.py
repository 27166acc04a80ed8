"""An article's comments as a page shows them: in threads, oldest first, ready for one loop of a template."""

from dataclasses import dataclass, field
from itertools import zip_longest
from zlib import crc32

from django.conf import settings
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from .models import Comment
from .text import body_html
from .websites import is_plain_website

LEVELS = 5
AVATARS = 6


@dataclass
class Entry:
    """A comment in its place; `comment` is None where one was removed and its replies remain."""

    comment: Comment | None
    replies: list["Entry"] = field(default_factory=list)
    level: int = 0
    closes: str = ""

    @cached_property
    def key(self):
        """The comment's number for ids and addresses: as text, or a template may group its digits."""
        return str(self.comment.pk)

    @property
    def name(self):
        return self.comment.name

    @cached_property
    def body(self):
        return body_html(self.comment.body)

    @cached_property
    def initial(self):
        """The first letter or digit of the name, for the avatar."""
        return next((character.upper() for character in self.comment.name if character.isalnum()), "?")

    @property
    def palette(self):
        """The avatar's colour as a number; made of the name, never of the e-mail."""
        return str(crc32(self.comment.name.encode()) % AVATARS + 1)

    @property
    def website(self):
        """The stored website if it may become a link: its scheme is looked at again."""
        return self.comment.website if is_plain_website(self.comment.website) else ""

    @cached_property
    def moment(self):
        """When it was written, in the publication's time zone, to the second."""
        return timezone.localtime(self.comment.created_at).replace(microsecond=0)

    @property
    def written(self):
        return formats.date_format(self.moment, "j M Y, H:i")

    @property
    def iso(self):
        return self.moment.isoformat()

    @property
    def reply_label(self):
        """What a screen reader says of the link “Reply”, which alone would not tell to whom."""
        return gettext("Reply to %(name)s") % {"name": self.name}


class Discussion:
    """The comments of one article: `count`, and `entries` in reading order with the tags each `closes`."""

    time_zone = property(lambda self: settings.TIME_ZONE)

    def __init__(self, comments):
        comments = list(comments)
        self.count = len(comments)
        self.entries = _in_reading_order(_tree(comments))

    @classmethod
    def of(cls, article):
        """What readers see below an article, in one query."""
        shown = article.comments.approved().order_by("created_at", "pk")
        return cls(shown.only("article", "parent", "thread", "name", "website", "body", "created_at"))


def _tree(comments):
    """The top entries, with replies below them. A reply whose parent is not shown stands below a gap."""
    entries = {comment.pk: Entry(comment) for comment in comments}
    top = []
    for comment in comments:
        entry = entries[comment.pk]
        if comment.parent_id is None:
            top.append(entry)
            continue
        if comment.parent_id not in entries:
            gap = entries[comment.parent_id] = Entry(None)
            above = entries.get(comment.thread_id) if comment.thread_id != comment.parent_id else None
            (above.replies if above else top).append(gap)
        entries[comment.parent_id].replies.append(entry)
    return top


def _in_reading_order(top):
    """Every entry after the one that it answers; those deeper than the last level stand on the last one."""
    ordered, waiting = [], [(entry, 0) for entry in reversed(top)]
    while waiting:
        entry, level = waiting.pop()
        entry.level = min(level, LEVELS - 1)
        ordered.append(entry)
        waiting += [(reply, level + 1) for reply in reversed(entry.replies)]
    for entry, following in zip_longest(ordered, ordered[1:]):
        next_level = following.level if following else 0
        entry.closes = mark_safe("</article>" * max(0, entry.level - next_level + 1))  # noqa: S308
    return ordered
