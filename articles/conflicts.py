"""What a merge asks and tells, in words: both texts of what two people changed, and what was taken over."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_prose_editor.widgets import ProseEditorWidget

from shows.choosing import is_key

from .comparing import readable, words_of
from .richtext import plain_text

MOST_TOLD = 8


@dataclass
class Question:
    """One conflict as the page shows it: both sides as runs of (words, whether the other lacks them)."""

    key: str
    title: str
    theirs: list
    mine: list
    keep_mine: str
    take_theirs: str

    @property
    def name(self):
        return f"_choice-{self.key}"


class Wording:
    """The names and texts of what two sheets hold; `filled` is the Forms that they came from."""

    def __init__(self, filled, merge):
        self.filled, self.merge = filled, merge

    def questions(self):
        return [self.question(conflict) for conflict in self.merge.conflicts]

    def question(self, conflict):
        texts = [self.text(conflict.key, side) for side in (conflict.theirs, conflict.mine)]
        theirs, mine = words_of(*texts)
        keep, take = _("Keep yours, as it stands in the form below"), _("Take theirs")
        if conflict.theirs is None:
            keep, take = _("Keep yours"), _("Take theirs: it stays removed")
        elif conflict.mine is None:
            keep, take = _("Keep yours: it is removed"), _("Take theirs")
        return Question(conflict.key, self.title(conflict.key), theirs, mine, keep, take)

    def text(self, key, side):
        """One side of a conflict as plain words: a field's, a whole row's, or the order of rows."""
        if side is None:
            return _("(removed)")
        if key.startswith("order:"):
            return "\n".join(self.row_title(row) for row in side)
        prefix, _colon, rest = key.partition(":")
        if not rest:
            return shown(self.filled.fields[key], side)
        fields = self.filled.row_fields[prefix]
        if isinstance(side, dict):
            texts = [shown(fields[name], value) for name, value in side.items() if name != "region"]
            return "\n".join(filter(None, texts))
        return shown(fields[rest.partition(":")[2]], side)

    def title(self, key):
        if key.startswith("order:"):
            return _("Order of the names") if key == "order:byline" else _("Order of the blocks")
        prefix, _colon, rest = key.partition(":")
        if not rest:
            return capital(self.filled.fields[key].label)
        number, _colon, name = rest.partition(":")
        title = self.row_title(f"{prefix}:{number}")
        return f"{title} · {capital(self.filled.row_fields[prefix][name].label)}" if name else title

    def row_title(self, key):
        """“Section: The decision”: what the row is, and its heading, name or first words."""
        row = self.merge.theirs.rows.get(key) or self.merge.mine.rows.get(key) or {}
        prefix = key.partition(":")[0]
        what = capital(self.filled.formsets[prefix].model._meta.verbose_name)
        fields = self.filled.row_fields[prefix]
        names = ["heading", "author", "title", "body", "quote", "text", "image", "kind", "url"]
        texts = (shown(fields[name], row[name]) for name in names if name in row)
        words = Truncator(" ".join(next(filter(None, texts), "").split())).words(8)
        return f"{what}: {words}" if words else what

    def taken(self):
        """The names of what was taken over, a row once however much of it changed."""
        changes = {
            "changed": "%s",
            "added": _("%s (added)"),
            "removed": _("%s (removed)"),
        }
        names = list(dict.fromkeys(changes[what] % self.title(key) for what, key in self.merge.taken))
        more = len(names) - MOST_TOLD
        if more > 0:
            told = ngettext("and %d more", "and %d more", more) % more
            names = [*names[:MOST_TOLD], told]
        return names


def capital(text):
    text = str(text)
    return text[:1].upper() + text[1:]


def shown(field, value):
    """A field's value as a reader of the form would say it."""
    if isinstance(field.widget, ProseEditorWidget):
        return readable("".join(value.sent))
    if isinstance(field, forms.ModelChoiceField):
        keys = [key for key in value.sent if is_key(key)]
        rows = field.queryset.filter(pk__in=keys) if keys else []
        return ", ".join(sorted(field.label_from_instance(row) for row in rows))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value.plain, value.plain))
    return plain_text(value.plain) if not isinstance(field, forms.CharField) else value.plain


class Saver:
    """Who has saved an article since a moment, and when it was saved last."""

    def __init__(self, article, seen_at, user):
        entries = LogEntry.objects.filter(
            content_type__app_label="articles", content_type__model="article", object_id=str(article.pk)
        )
        since = parsed(seen_at)
        if since:
            entries = entries.filter(action_time__gt=since)
        people = [entry.user for entry in entries.select_related("user").order_by("-action_time")[:20]]
        others = [person for person in people if person != user]
        names = dict.fromkeys(person.get_full_name() or person.get_username() for person in others)
        self.is_you = bool(people) and not others
        self.names = _(" and ").join(reversed(names)) or (_("You") if self.is_you else _("Somebody"))
        self.at = date_format(timezone.localtime(article.saved_at), "H:i")

    @property
    def words(self):
        return {"who": self.names, "time": self.at}

    def asking(self):
        if self.is_you:
            told = _(
                "You saved this article at %(time)s in another window, after you opened this page. What "
                "stands below was changed in both: choose for each, then press Save again."
            )
        else:
            told = _(
                "%(who)s saved this article at %(time)s, after you opened this page. Both of you changed "
                "what stands below: choose for each, then press Save again."
            )
        return told % self.words

    def telling(self, names):
        if self.is_you:
            told = _("Taken from what you saved in another window at %(time)s: %(names)s.")
        else:
            told = _("Taken from what %(who)s saved at %(time)s: %(names)s.")
        return told % {**self.words, "names": "; ".join(names)}


def parsed(moment):
    """The moment that a form says it was opened at, or None where it says nonsense."""
    try:
        at = parse_datetime(moment or "")
        return at if at and timezone.is_aware(at) else None
    except ValueError:
        return None
