"""A report of an import in words, for the newsroom and for the terminal."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shows.figures import grouped
from shows.models.chart import GLOBAL, Category
from shows.places import country_name

from .differences import COME, GONE, RENAMED

KINDS = {
    "global": gettext_lazy("Worldwide lists"),
    "countries": gettext_lazy("Lists by country"),
    "popular": gettext_lazy("Lists of all time"),
}


def told(report):
    """What a file holds and what importing it changes (or changed), as sentences."""
    count = {name: grouped(number) for name, number in report.items() if isinstance(number, int)}
    said = _("%(kind)s. Lines: %(rows)s. Lists: %(lists)s.") % {"kind": KINDS[report["kind"]], **count}
    yield said if "weeks" not in report else f"{said} {_weeks(report)}"
    if not report["new"] and not report["revised"]:
        yield _("Nothing differs from what is on record.")
        return
    yield _("New lists: %(new)s. Revised: %(revised)s. As they were: %(unchanged)s.") % count
    matched, unmatched = report["matched"]["count"], report["unmatched"]["count"]
    if matched:
        said = ngettext(
            "%(count)s new title is matched to a season on record.",
            "%(count)s new titles are matched to seasons on record.",
            matched,
        )
        yield said % {"count": grouped(matched)}
    if unmatched:
        said = ngettext(
            "%(count)s title is not matched to any season.",
            "%(count)s titles are not matched to any season.",
            unmatched,
        )
        yield said % {"count": grouped(unmatched)}


def _weeks(report):
    weeks = report["weeks"]
    words = {
        "first": date_format(date.fromisoformat(weeks["first"])),
        "last": date_format(date.fromisoformat(weeks["last"])),
    }
    if report["kind"] == "global":
        return _("Weeks ending %(first)s to %(last)s.") % words
    said = ngettext(
        "Weeks ending %(first)s to %(last)s in %(count)d territory.",
        "Weeks ending %(first)s to %(last)s in %(count)d territories.",
        report["territories"],
    )
    return said % {**words, "count": report["territories"]}


def told_revisions(report):
    """(the list, what changed in it as sentences) for the revised lists that the report names."""
    for revision in report["revisions"]:
        yield _list_name(revision["list"]), [_change(each) for each in revision["changes"]]


def _list_name(key):
    if len(key) == 2:
        days, category = key
        return _("%(list)s, first %(days)d days") % {"list": Category(category).label, "days": days}
    territory, category, week = key
    parts = [Category(category).label, date_format(date.fromisoformat(week))]
    if territory != GLOBAL:
        parts.append(country_name(territory) or territory)
    return " · ".join(map(str, parts))


def _change(change):
    if change["what"] == RENAMED:
        return _("“%(was)s” is now called “%(title)s”.") % change
    if change["what"] == COME:
        return _("“%(title)s” comes in at rank %(rank)s.") % {**change, **change["now"]}
    if change["what"] == GONE:
        return _("“%(title)s” goes, it was at rank %(rank)s.") % {**change, **change["was"]}
    names = {
        "rank": _("rank"),
        "hours_viewed": _("hours"),
        "views": _("views"),
        "weeks_listed": _("weeks in the list"),
    }
    figures = [
        _("%(name)s %(was)s → %(now)s")
        % {"name": names[name], "was": _figure(was), "now": _figure(change["now"][name])}
        for name, was in change["was"].items()
    ]
    return _("“%(title)s”: %(figures)s.") % {"title": change["title"], "figures": ", ".join(figures)}


def _figure(number):
    return _("none") if number is None else grouped(number)
