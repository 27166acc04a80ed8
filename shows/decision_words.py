"""A decision said in a sentence and in a headline, as a newsroom would; made from the record alone."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.dates import Precision
from shows.models import Decision

Outcome = Decision.Outcome

# By outcome: with a season and its announcer, with a season, with the announcer, with neither.
SENTENCES = {
    Outcome.ORDERED: [
        _("%(network)s ordered season %(number)s of %(show)s."),
        _("Season %(number)s of %(show)s was ordered."),
        _("%(network)s ordered %(show)s."),
        _("%(show)s was ordered."),
    ],
    Outcome.RENEWED: [
        _("%(network)s renewed %(show)s for season %(number)s."),
        _("%(show)s was renewed for season %(number)s."),
        _("%(network)s renewed %(show)s."),
        _("%(show)s was renewed."),
    ],
    Outcome.FINAL_SEASON: [
        _("%(network)s announced that season %(number)s of %(show)s will be its last."),
        _("Season %(number)s of %(show)s will be its last."),
        _("%(network)s announced a final season of %(show)s."),
        _("%(show)s gets a final season."),
    ],
    Outcome.CANCELLED: [_("%(network)s cancelled %(show)s."), _("%(show)s was cancelled.")] * 2,
    Outcome.ENDED: [_("%(network)s announced the end of %(show)s."), _("%(show)s has ended.")] * 2,
    Outcome.REVIVED: [
        _("%(network)s revived %(show)s for season %(number)s."),
        _("%(show)s was revived for season %(number)s."),
        _("%(network)s revived %(show)s."),
        _("%(show)s was revived."),
    ],
    Outcome.REMOVED: [_("%(network)s removed %(show)s."), _("%(show)s was removed.")] * 2,
}
HEADLINES = {
    Outcome.ORDERED: [
        _("%(network)s orders season %(number)s of %(show)s"),
        _("Season %(number)s of %(show)s is ordered"),
        _("%(network)s orders %(show)s"),
        _("%(show)s is ordered"),
    ],
    Outcome.RENEWED: [
        _("%(network)s renews %(show)s for season %(number)s"),
        _("%(show)s is renewed for season %(number)s"),
        _("%(network)s renews %(show)s"),
        _("%(show)s is renewed"),
    ],
    Outcome.FINAL_SEASON: [
        _("%(show)s to end with season %(number)s on %(network)s"),
        _("%(show)s to end with season %(number)s"),
        _("%(network)s announces a final season of %(show)s"),
        _("%(show)s gets a final season"),
    ],
    Outcome.CANCELLED: [_("%(network)s cancels %(show)s"), _("%(show)s is cancelled")] * 2,
    Outcome.ENDED: [_("%(network)s ends %(show)s"), _("%(show)s comes to an end")] * 2,
    Outcome.REVIVED: [
        _("%(network)s revives %(show)s for season %(number)s"),
        _("%(show)s is revived for season %(number)s"),
        _("%(network)s revives %(show)s"),
        _("%(show)s is revived"),
    ],
    Outcome.REMOVED: [_("%(network)s removes %(show)s"), _("%(show)s is removed")] * 2,
}


def sentence_of(decision):
    """ "Netflix renewed The Imperfects for season 2." """
    return _said(SENTENCES, decision)


def headline_of(decision):
    """ "Netflix renews The Imperfects for season 2" """
    return _said(HEADLINES, decision)


def dated_sentence_of(decision):
    """The sentence with its date as exactly as it is known: "5 May 2026: Netflix renewed The Imperfects." """
    if decision.announced_on is None:
        return sentence_of(decision)
    words = {"date": decision.announced_text, "sentence": sentence_of(decision)}
    return gettext("%(date)s: %(sentence)s") % words


def is_dated_to_the_day(decision):
    return decision.announced_on is not None and decision.precision == Precision.DAY


def _said(choices, decision):
    announcer = decision.announcer
    form = (0 if decision.season_number else 2) + (0 if announcer else 1)
    return choices[Outcome(decision.outcome)][form] % {
        "network": announcer.name if announcer else "",
        "show": decision.show.title,
        "number": decision.season_number,
    }
