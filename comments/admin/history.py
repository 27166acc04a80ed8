"""A comment's own page: every act on it in words, and what an edit changed."""

import difflib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..models import ModerationEvent

Kind = ModerationEvent.Kind
# Comparing takes time that grows with the square of the length.
COMPARED_WORDS = 2000


@dataclass
class Line:
    """One act: when, by whom, what, why; `compared` are pieces of text as ("same", "gone" or "new", text)."""

    when: object
    who: str
    what: str
    why: str = ""
    compared: list = field(default_factory=list)


def lines(comment):
    """All that was done to a comment, oldest first."""
    return [Line(comment.created_at, comment.shown_name, _("Submitted")), *map(_line, comment.events.all())]


def _line(event):
    line = Line(event.created_at, event.actor_name, in_words(event), event.why)
    before, after = event.changes.get("body") or ("", "")
    if before != after:
        line.compared = compared(before, after)
    return line


def in_words(event):
    """What an act was."""
    moved = f"{event.get_from_status_display()} → {event.get_to_status_display()}"
    said = event.get_kind_display()
    if event.kind == Kind.DECIDED:
        return moved
    if event.kind == Kind.SPOILER:
        _before, is_spoiler = event.changes.get("is_spoiler", (None, True))
        said = _("Hidden as a spoiler") if is_spoiler else _("No longer a spoiler")
    return said if event.from_status == event.to_status else f"{said}: {moved}"


def compared(before, after):
    """The words of two texts in order as ("same", "gone" or "new", text); very long ones whole."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if max(len(old), len(new)) > COMPARED_WORDS:
        return [("gone", before), ("new", after)]
    pieces = []
    for tag, from_old, to_old, from_new, to_new in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[from_old:to_old])))
            continue
        pieces += [("gone", "".join(old[from_old:to_old]))] if to_old > from_old else []
        pieces += [("new", "".join(new[from_new:to_new]))] if to_new > from_new else []
    return pieces
