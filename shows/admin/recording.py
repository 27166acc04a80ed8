"""Recording a decision: what may be there already, which season is likely meant, what the status will be."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.dates import Precision, first_day
from shows.forecasts import next_season
from shows.models import Decision, Show
from shows.status import standing_of

Outcome = Decision.Outcome
PLAIN_OUTCOMES = [
    (Outcome.RENEWED, _("Renewed: there will be another season")),
    (Outcome.FINAL_SEASON, _("Final season: there will be one more, and it is the last")),
    (Outcome.CANCELLED, _("Cancelled: whoever shows it ends it")),
    (Outcome.ENDED, _("Ended: its story is over, as its makers wanted")),
    (Outcome.REVIVED, _("Revived: it was over, and comes back")),
    (Outcome.ORDERED, _("Ordered: it will be made (changes no status)")),
    (Outcome.REMOVED, _("Removed: it can no longer be watched there (changes no status)")),
]
# Two announcements of the same kind within so many days are likely one.
NEAR = 30
# Later than any row's: of two decisions of one day the one recorded last counts.
NOT_RECORDED_YET = 2**63


def doubles(show, outcome, announced_on, season_number=None):
    """Decisions on record that may be the same: of this outcome and announced within a month of it.

    Without a date those about the same season are; a promise without either may be any, so none is named.
    """
    rows = show.decisions.filter(outcome=outcome).select_related("network")
    if announced_on:
        day = announced_on.toordinal()
        first, last = max(day - NEAR, date.min.toordinal()), min(day + NEAR, date.max.toordinal())
        near = Q(announced_on__range=(date.fromordinal(first), date.fromordinal(last)))
        rows = rows.filter(near | Q(announced_on=None))
    elif outcome in Decision.PROMISES:
        rows = rows.filter(season_number=season_number, season_number__isnull=False)
    return list(rows.order_by("pk")[:5])


def on_record(decision):
    """A row that is there already, with all that tells whether it is the same."""
    recorded = gettext("recorded by %s") % decision.recorded_by_name if decision.recorded_by_name else ""
    told = "; ".join(filter(None, [decision.source_name or gettext("no source"), recorded]))
    return gettext("On record already: %(decision)s (%(told)s).") % {"decision": decision, "told": told}


def likely_season(seasons, decisions, outcome):
    """The number of the season that such a decision likely promises, or None."""
    if outcome not in Decision.PROMISES:
        return None
    return next_season(seasons, decisions)


class Tried(forms.Form):
    """A decision as far as it is typed."""

    show = forms.ModelChoiceField(Show.objects.select_related("network"))
    outcome = forms.ChoiceField(choices=Outcome.choices)
    season_number = forms.IntegerField(min_value=1, max_value=32767, required=False)
    announced_on = forms.DateField(required=False)
    precision = forms.ChoiceField(choices=Precision.choices, required=False)

    def told(self):
        """{"status", "season", "doubles"}: what recording it would mean, in words."""
        said, show = self.cleaned_data, self.cleaned_data["show"]
        seasons, decisions = list(show.seasons.all()), list(show.decisions.select_related("network"))
        announced_on = first_day(said["announced_on"], said["precision"])
        likely_same = doubles(show, said["outcome"], announced_on, said["season_number"])
        typed = Decision(
            pk=NOT_RECORDED_YET,
            show=show,
            outcome=said["outcome"],
            season_number=said["season_number"],
            announced_on=announced_on,
            precision=said["precision"] or Precision.DAY,
        )
        today = timezone.localdate()
        # A promise without season and date can be kept by none: the form refuses it.
        is_placed = typed.season_number or announced_on or typed.outcome not in Decision.PROMISES
        tried = [*decisions, typed] if is_placed else decisions
        on = max(today, announced_on or today)
        now = standing_of(show, seasons, decisions, today)
        after = standing_of(show, seasons, tried, on)
        return {
            "status": self.line(now, after, on if on > today else None),
            "season": likely_season(seasons, decisions, typed.outcome),
            "doubles": [on_record(row) for row in likely_same],
        }

    def line(self, now, after, on):
        """Both statuses in a sentence; `on` is the day to come from which the second holds, or None."""
        words = {"now": now.status_reason, "after": after.status_reason, "date": on and date_format(on)}
        if now.status_reason == after.status_reason:
            return gettext("The status stays: %(now)s.") % words
        if on:
            return gettext("The status is “%(now)s”; from %(date)s on it will be “%(after)s”.") % words
        return gettext("The status is “%(now)s” and will be “%(after)s”.") % words
