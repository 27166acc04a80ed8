from uuid import uuid4

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pagestore.by_heart import by_heart
from shows.forecasts import judge
from shows.models import Show, shows_with_status
from shows.places import country_name, language_name
from shows.record import Record
from shows.similar import with_similar
from shows.status import Status
from shows.waits import wait_text

SHOWS_PER_PAGE = 60


@require_safe
def show_list(request):
    """All shows from A to Z; `?status=` and `?network=` narrow them down."""
    shows = shows_with_status().by_title()
    status, network = _asked(request, "status"), _asked(request, "network")
    if status:
        shows = shows.filter(status=status)
    if network:
        shows = shows.filter(network__slug=network)
    page = Paginator(shows, SHOWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "status": status, "network": network, "statuses": Status.choices}
    return render(request, "shows/show_list.html", context | {"heading": _heading(page, network)})


def _asked(request, name):
    # PostgreSQL refuses a NUL with an error.
    return request.GET.get(name, "").replace("\0", "")


def _heading(page, network):
    """ "Shows", or "Shows on Netflix": the network's name stands in its own shows, without a query."""
    first = next(iter(page.object_list), None)
    return _("Shows on %(network)s") % {"network": first.network.name} if network and first else _("Shows")


@require_safe
def show_detail(request, slug):
    return render(request, "shows/show_detail.html", live_show(slug))


@by_heart(most=50)
def live_show(slug):
    """What a show's page says of it, with all that it draws, or Http404; `key` names this reading of it."""
    pk = get_object_or_404(Show.objects.values_list("pk", flat=True), slug=slug)
    record = Record.for_shows([pk])[pk].with_relations("companies", "genres", "sources")
    return {
        "key": uuid4().hex,
        "show": record.show,
        "record": record,
        "charts": with_similar(record.charts, record.show.status_as_of),
        "facts": _facts(record.show),
        "links": _links(record.show),
        "forecasts": _forecasts(record),
        "credits": list(record.show.credits.select_related("person").in_order()),
    }


def _forecasts(record):
    """What was forecast of a show and what became of it, the latest first; it changes at midnight, as the
    status does."""
    outlooks = record.show.outlooks.filter(dated_on__lte=record.show.status_as_of).order_by(
        "-dated_on", "-pk"
    )
    return judge(list(outlooks), record.seasons, record.decisions, record.show.status_as_of)


def _facts(show):
    """What is known of a show, as (term, text); an empty text is not known."""
    wait = wait_text(show.network)
    return [
        (_("Network"), show.network and _link(show.network)),
        (_("Format"), show.get_format_display()),
        (_("Created by"), show.creators),
        (_("Production"), ", ".join(company.name for company in show.companies.all())),
        (_("Genres"), ", ".join(genre.name for genre in show.genres.all())),
        (_("Country"), country_name(show.country)),
        (_("Language"), language_name(show.language)),
        *([(_("Its network decides"), wait)] if wait else []),
    ]


def _link(row):
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.name)


def _links(show):
    """Pages about the show elsewhere, as (name, address)."""
    return [
        (name, address)
        for name, known, address in [
            (_("Website"), show.website, show.website),
            ("IMDb", show.imdb_id, f"https://www.imdb.com/title/{show.imdb_id}/"),
            ("TVmaze", show.tvmaze_id, f"https://www.tvmaze.com/shows/{show.tvmaze_id}"),
            ("Wikidata", show.wikidata_id, f"https://www.wikidata.org/wiki/{show.wikidata_id}"),
        ]
        if known
    ]
