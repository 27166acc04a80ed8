"""Premieres, finales and decisions as calendars (RFC 5545): of the site, of a network, of a show.

What a calendar says comes from the record alone, its stamps too, so that it is the same bytes for everyone
until the record changes.
"""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from shows.dates import Precision
from shows.decision_words import headline_of
from shows.models import Decision, Network, Season, Show

# How far back the calendars of many shows reach; a show's own has all.
PAST = timedelta(days=365)
MOST = 2_000
REFRESHED = timedelta(hours=6)


@require_safe
@conditional_page
def of_site(request):
    """Everything from a year ago on."""
    return _answer(_("Premieres, finales and decisions"), Q(), "calendar")


@require_safe
@conditional_page
def of_network(request, slug):
    """The same of one network's shows."""
    network = get_object_or_404(Network, slug=slug)
    return _answer(network.name, Q(show__network=network), network.slug)


@require_safe
@conditional_page
def of_show(request, slug):
    """Everything that is known of one show."""
    show = get_object_or_404(Show.objects.with_label(), slug=slug)
    return _answer(show.label, Q(show=show), show.slug, since=None)


def _answer(name, among, file_name, since=PAST):
    # Imported here, as below: eighty modules that most processes never need.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Cliffhanger//TV record//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    for event in _events(among, since and timezone.localdate() - since):
        calendar.add_component(event)
    headers = {"Content-Disposition": f'inline; filename="{file_name}.ics"'}
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def _events(among, first):
    """Of the newest rows: a calendar that holds everything is one that no program opens."""
    seasons = Season.objects.filter(among).select_related("show")
    # One that is dated ahead is nobody's to know yet.
    decisions = Decision.objects.filter(
        among, precision=Precision.DAY, announced_on__lte=timezone.localdate()
    ).select_related("show__network", "network")
    if first:
        seasons = seasons.filter(Q(premiered_on__gte=first) | Q(finale_on__gte=first))
        decisions = decisions.filter(announced_on__gte=first)
    for season in seasons.order_by("-premiered_on", "-pk")[:MOST]:
        if season.premiered_on == season.finale_on:
            days = {"release": (season.premiered_on, _("%(show)s: season %(number)d, all episodes"))}
        else:
            days = {
                "premiere": (season.premiered_on, _("%(show)s: season %(number)d premieres")),
                "finale": (season.finale_on, _("%(show)s: season %(number)d ends")),
            }
        for kind, (day, words) in days.items():
            if day and (not first or day >= first):
                said = words % {"show": season.show.title, "number": season.number}
                yield _event(f"season-{season.pk}-{kind}", day, said, season.show)
    for decision in decisions.order_by("-announced_on", "-pk")[:MOST]:
        key = f"decision-{decision.pk}"
        event = _event(key, decision.announced_on, headline_of(decision), decision.show)
        if read_at := " ".join(filter(None, [decision.source_name, decision.source_url])):
            event.add("description", _("Source: %s") % read_at)
        yield event


def _event(key, day, summary, show):
    from icalendar import Event

    event = Event()
    host = settings.SITE_URL.partition("://")[2]
    event.add("uid", f"{key}@{host}")
    # When it was made is asked for; the day itself is the one answer that never changes by itself.
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("url", settings.SITE_URL + show.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    return event
