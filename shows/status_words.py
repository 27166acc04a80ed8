"""What a status says to people: the word, its colour, and the reason behind it."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.dates import dated_text


class Status(models.TextChoices):
    UPCOMING = "upcoming", _("Coming soon")
    RUNNING = "running", _("Airing")
    AWAITING = "awaiting", _("No decision yet")
    RENEWED = "renewed", _("Renewed")
    FINAL_SEASON = "final_season", _("Final season")
    REVIVED = "revived", _("Revived")
    CANCELLED = "cancelled", _("Cancelled")
    ENDED = "ended", _("Ended")
    UNKNOWN = "unknown", _("Not known")


CSS = {
    Status.RENEWED: "renewed",
    Status.REVIVED: "renewed",
    Status.FINAL_SEASON: "renewed",
    Status.CANCELLED: "cancelled",
    Status.AWAITING: "awaiting",
    Status.ENDED: "ended",
    Status.RUNNING: "running",
    Status.UPCOMING: "running",
    Status.UNKNOWN: "unknown",
}


class StatusWords:
    """For whatever has a status and the fields that it rests on: a `Standing`, or a `Show`."""

    @property
    def days_waiting(self):
        """Whole days since the last finale while a decision is awaited, else None."""
        if self.status != Status.AWAITING:
            return None
        return (self.status_as_of - self.last_finale_on).days

    @property
    def status_text(self):
        """The status in a few words: "Renewed for season 3", "No decision yet (day 47)", "Cancelled"."""
        match self.status:
            case Status.AWAITING:
                return gettext("No decision yet (day %(days)s)") % {"days": self.days_waiting}
            case Status.RENEWED if self.status_season:
                return gettext("Renewed for season %(number)s") % {"number": self.status_season}
            case Status.REVIVED if self.status_season:
                return gettext("Revived for season %(number)s") % {"number": self.status_season}
        return str(self.status_label)

    @property
    def status_label(self):
        """The status in one or two words, as filters and headings name it."""
        return Status(self.status).label

    @property
    def status_css(self):
        return CSS[self.status]

    @property
    def status_on_text(self):
        """When the decision in force was announced, as exactly as it is known; empty where dates decide."""
        return dated_text(self.status_on, self.status_precision) if self.status_outcome else ""

    @property
    def status_reason(self):
        """The status with what it rests on: "Cancelled: Netflix, 8 Nov 2022"."""
        return gettext("%(status)s: %(reason)s") % {"status": self.status_text, "reason": self.status_ground}

    @property
    def status_ground(self):
        """What the status rests on: "Netflix, 8 Nov 2022", "season 1 ended on 1 Apr 2022"."""
        if self.status_outcome is None:
            return self._ground_in_dates
        told = [self.status_network_name, dated_text(self.status_on, self.status_precision)]
        if self.status_outcome == "final_season" and self.status != Status.FINAL_SEASON:
            told.insert(0, gettext("final season"))
        return ", ".join(filter(None, told))

    @property
    def _ground_in_dates(self):
        if self.last_began_on is None:
            return gettext("no premiere is known")
        named = {"number": self.last_season_number, "date": date_format(self.last_began_on)}
        if self.last_began_on > self.status_as_of:
            return gettext("season %(number)s premieres on %(date)s") % named
        if self.last_finale_on is None:
            return gettext("season %(number)s premiered on %(date)s, its finale is not known") % named
        named["date"] = date_format(self.last_finale_on)
        if self.last_finale_on >= self.status_as_of:
            return gettext("season %(number)s ends on %(date)s") % named
        return gettext("season %(number)s ended on %(date)s") % named
