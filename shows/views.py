from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shows.models import Show
from shows.record import Record
from shows.status import Status

SHOWS_PER_PAGE = 60


@require_safe
def show_list(request):
    """All shows from A to Z; `?status=` and `?network=` narrow them down."""
    shows = Show.objects.with_status().by_title()
    status, network = request.GET.get("status", ""), request.GET.get("network", "")
    if status:
        shows = shows.filter(status=status)
    if network:
        shows = shows.filter(network__slug=network)
    page = Paginator(shows, SHOWS_PER_PAGE).get_page(request.GET.get("page"))
    named = {"status": status, "network": network, "statuses": Status.choices}
    return render(request, "shows/show_list.html", {"page": page, **named})


@require_safe
def show_detail(request, slug):
    show = get_object_or_404(Show.objects.only("pk"), slug=slug)
    record = Record.for_shows([show.pk])[show.pk]
    return render(request, "shows/show_detail.html", {"show": record.show, "record": record})
