"""Lines of the newsroom's log about decisions: who recorded, changed or deleted which, from what to what."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry
from shows.models import Decision


def log_recorded(user, decision):
    log(user, Entry.Action.RECORDED, decision, in_one_line(decision))


def log_changed(user, before, after):
    """Nothing where it says the same as before."""
    old, new = said_by(before), said_by(after)
    changes = [
        gettext("%(what)s: “%(old)s” → “%(new)s”.") % {"what": what, "old": old[what], "new": new[what]}
        for what in new
        if old[what] != new[what]
    ]
    if changes:
        log(user, Entry.Action.CHANGED, after, " ".join(changes))


def log_deleted(user, decision):
    """Called before it is deleted."""
    log(user, Entry.Action.DELETED, decision, in_one_line(decision))


def log(user, action, decision, detail):
    words = {"show": decision.show.title, "decision": decision}
    named = gettext("%(show)s: %(decision)s") % words
    Entry.objects.record(user, action, decision, detail, named=named)


def in_one_line(decision):
    return "; ".join(filter(None, said_by(decision).values()))


def said_by(decision):
    """All that a decision says, under the names of its parts."""
    source = " ".join(filter(None, [decision.source_name, decision.source_url]))
    return {
        _("Show"): decision.show.title,
        _("Outcome"): decision.outcome_text,
        _("Announced"): decision.announced_text,
        _("By"): str(decision.network or ""),
        _("Source"): source,
        _("Note"): decision.note,
    }


def decisions_before(formset):
    """The decisions on a show's screen as they are stored, by id; {} for other rows."""
    if formset.model is not Decision or not formset.has_changed() or not formset.instance.pk:
        return {}
    return formset.instance.decisions.select_related("network", "show").in_bulk()


def log_formset(user, formset, before):
    """What became of the decisions on a show's screen."""
    if formset.model is not Decision:
        return
    for decision in formset.new_objects:
        log_recorded(user, decision)
    for decision, _fields in formset.changed_objects:
        log_changed(user, before[decision.pk], decision)
    left = formset.instance.decisions.values_list("pk", flat=True) if before else []
    for number in before.keys() - set(left):
        log_deleted(user, before[number])
