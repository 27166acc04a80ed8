"""What an import did, as lines for whoever started it."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 80
# So many shows a line names; the rest are counted.
NAMED = 12


class Told:
    """Lines about all shows, and how many of each kind."""

    def __init__(self):
        self.lines = []
        self.read = self.new = self.filled = self.changed = self.kept = 0
        self.endings = []
        self.bare = 0

    @property
    def has_changed(self):
        return bool(self.new or self.filled or self.changed)

    def say(self, line):
        self.lines.append(line)

    def ending(self):
        """What TVmaze calls ended without a decision on record: an ending needs a source of its own."""
        if not self.endings:
            return ""
        named, more = ", ".join(self.endings[:NAMED]), len(self.endings) - NAMED
        if more > 0:
            named += _(" and %d more") % more
        return (
            _(
                "TVmaze calls these ended, and no decision on record says so: %s. "
                "Until one is recorded, with its source, their status follows from the dates alone."
            )
            % named
        )

    def without_seasons(self):
        if not self.bare:
            return ""
        return (
            ngettext(
                "%d show came without its seasons: import it by its TVmaze number, and they come too.",
                "%d shows came without their seasons: import each by its TVmaze number, and they come too.",
                self.bare,
            )
            % self.bare
        )

    def summary(self):
        """The last line."""
        told = {"read": ngettext("%d show read", "%d shows read", self.read) % self.read}
        if not self.has_changed:
            said = _("%(read)s. Nothing was changed.") % told
        else:
            told |= {"new": self.new, "filled": self.filled, "changed": self.changed}
            said = _("%(read)s: %(new)d new, %(filled)d fields filled, %(changed)d fields changed.") % told
        if self.kept:
            kept = ngettext("%d field was kept as it is", "%d fields were kept as they are", self.kept)
            said += (
                " " + kept % self.kept + _(", for an editor's word goes first; --overwrite takes TVmaze's.")
            )
        return said


class ToldOfShow:
    """What is done with one show that is on record: fields filled, kept, changed."""

    is_new = False

    def __init__(self, told, label, *, overwrite):
        self.told, self.label, self.overwrite = told, label, overwrite
        self.filled = []
        self.has_changed = False

    def settle(self, row, name, value, what):
        """Give a row's field what TVmaze says where it is empty or may be overwritten; True where it did."""
        have = getattr(row, name)
        if value in (None, "") or _same(have, value):
            return False
        if not self.may_take(what, have, value):
            return False
        setattr(row, name, value)
        return True

    def may_take(self, what, have, value):
        """Whether TVmaze's value is to be taken, which is said either way."""
        if have in (None, ""):
            self.fills(what)
            return True
        told = {"label": self.label, "what": what, "have": _shown(have), "value": _shown(value)}
        if self.overwrite:
            self.has_changed = True
            self.told.changed += 1
            self.told.say(_("Changed: %(label)s, %(what)s: from “%(have)s” to “%(value)s”.") % told)
            return True
        self.told.kept += 1
        self.told.say(
            _("Kept: %(label)s, %(what)s: the record says “%(have)s”, TVmaze says “%(value)s”.") % told
        )
        return False

    def fills(self, what):
        self.has_changed = True
        self.told.filled += 1
        self.filled.append(str(what))

    def leaves_out(self, what):
        self.told.say(_("Left out: %(label)s, %(what)s") % {"label": self.label, "what": what})

    def notes(self, what):
        self.told.say(_("Look at: %(label)s: %(what)s") % {"label": self.label, "what": what})

    def done(self):
        """Say in one line what was filled."""
        if self.filled:
            self.told.say(
                _("Filled: %(label)s: %(what)s.") % {"label": self.label, "what": "; ".join(self.filled)}
            )


class ToldOfNewShow(ToldOfShow):
    """For a show that is new: one line tells of all that is filled."""

    is_new = True

    def fills(self, what):
        self.has_changed = True


def _same(have, value):
    """Texts are the same whatever their line breaks: a form gives others than an import."""
    if isinstance(have, str) and isinstance(value, str):
        return have.split() == value.split()
    return have == value


def _shown(value):
    return Truncator(" ".join(str(value).split())).chars(SHOWN)
