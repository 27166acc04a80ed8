"""The pages of those behind the shows: networks and people, and what became of their shows."""

from collections import Counter

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shows.models import Credit, Network, Person, shows_with_status
from shows.report_cards import ENOUGH, network_rows, report_cards
from shows.status import Status
from shows.waits import wait_text

SHOWS_PER_PAGE = NETWORKS_PER_PAGE = 100


@require_safe
def network_list(request):
    """All networks that have shows, with their report cards. By the clock it changes at midnight alone."""
    networks = network_rows(timezone.localdate())
    page = Paginator(networks, NETWORKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "shows/network_list.html", {"page": page, "enough": ENOUGH})


@require_safe
def network_detail(request, slug):
    """A network's report card and shows, those decided about last first, and how many of them stand how."""
    network = get_object_or_404(Network, slug=slug)
    shows = network.shows.with_status()
    counts = Counter(shows.order_by().values_list("status", flat=True))
    latest_first = shows.order_by(F("status_on").desc(nulls_last=True), "title", "pk")
    paginator = Paginator(latest_first, SHOWS_PER_PAGE)
    paginator.count = counts.total()
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "network": network,
        "page": page,
        "counts": [(status, status.label, counts[status]) for status in Status if counts[status]],
        "card": report_cards(timezone.localdate(), network)[network.pk],
        "wait": wait_text(network),
    }
    return render(request, "shows/network_detail.html", context)


@require_safe
def person_detail(request, slug):
    """What somebody did for which show, newest show first, and where each stands."""
    person = get_object_or_404(Person, slug=slug)
    shows = Prefetch("show", shows_with_status())
    credits = {}
    for credit in Credit.objects.in_order().filter(person=person).prefetch_related(shows):
        credits.setdefault(credit.show, []).append(credit)
    newest_first = sorted(credits.items(), key=lambda each: _age(each[0]), reverse=True)
    return render(request, "shows/person_detail.html", {"person": person, "credits": newest_first})


def _age(show):
    return show.first_premiered_on.toordinal() if show.first_premiered_on else 0, show.title
