"""From TVmaze's JSON to shows, checked whole: one bad show refuses the file, by its place and name."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shows.links import is_web_address
from shows.models import Credit, Genre, Network, Person, Show

from .checking import Part
from .files import Refused
from .given import NetworkGiven, PartGiven, ShowGiven
from .reading_seasons import seasons_of
from .texts import language_code, plain_text

SITE = "https://www.tvmaze.com/shows/"
# Fields that only other things of TVmaze's have.
OTHERS = {
    "airdate": gettext_lazy("an episode"),
    "episodeOrder": gettext_lazy("a season"),
    "birthday": gettext_lazy("a person"),
    "person": gettext_lazy("a part of somebody"),
}


def shows_of(data):
    """The shows of a file: one, a list of them, or the answer of a search. Raises Refused."""
    rows = data if isinstance(data, list) else [data]
    if not rows:
        raise Refused(_("It is an empty list: there is no show in it."))
    if not isinstance(data, list | dict):
        raise Refused(_("It is neither a show nor a list of shows."))
    shows = [_show(row, place, len(rows)) for place, row in enumerate(rows, start=1)]
    _refuse_twice(shows, "tvmaze_id", _("TVmaze's number %s"))
    _refuse_twice([show for show in shows if show.imdb_id], "imdb_id", _("the IMDb number %s"))
    return shows


def _refuse_twice(shows, name, said):
    seen = {}
    for place, show in enumerate(shows, start=1):
        value = getattr(show, name)
        if value in seen:
            told = {"first": seen[value], "second": place, "number": said % value}
            raise Refused(_("Shows %(first)d and %(second)d of the file both have %(number)s.") % told)
        seen[value] = place


def _show(row, place, total):
    if isinstance(row, dict) and isinstance(row.get("show"), dict):
        row = row["show"]
    part = Part(row, _named(row, place, total))
    _refuse_others(part)
    left_out = []
    embedded = part.part("_embedded", _("“_embedded”")) or Part({}, part.name)
    number = part.number("id", required=True)
    premiered_on = part.day("premiered")
    return ShowGiven(
        tvmaze_id=number,
        title=part.text("name", _longest(Show, "title"), required=True),
        address=_address(part.text("url"), number),
        premiered_on=premiered_on,
        ended_on=part.day("ended"),
        is_ended=part.text("status") == "Ended",
        imdb_id=_imdb(part, left_out),
        language=_language(part.text("language"), left_out),
        website=_fitting(Show, "website", part.text("officialSite"), left_out),
        synopsis=plain_text(part.text("summary")),
        network=_network(part, "network", is_streamer=False)
        or _network(part, "webChannel", is_streamer=True),
        genres=list(dict.fromkeys(part.texts("genres", _longest(Genre, "name")))),
        seasons=seasons_of(part, embedded, premiered_on),
        cast=_cast(embedded),
        has_seasons=bool(embedded.data.keys() & {"seasons", "episodes"}),
        left_out=left_out,
    )


def _named(row, place, total):
    name = row.get("name") if isinstance(row, dict) else None
    which = _("Show %d") % place if total > 1 else _("The show")
    return f"{which} (“{name[:60]}”)" if isinstance(name, str) else which


def _refuse_others(part):
    """Whatever else TVmaze's API gives has a name too, but nothing of a show."""
    if "premiered" in part.data:
        return
    for field, what in OTHERS.items():
        if field in part.data:
            raise part.refused(_("it is %s and not a show.") % what)
    raise part.refused(_("it is not a show as TVmaze gives them: “premiered” is missing."))


def _longest(model, name):
    return model._meta.get_field(name).max_length


def _address(url, number):
    """The show's page at TVmaze, which the credit leads to; made of the number where none is given."""
    host = urlsplit(url).hostname if is_web_address(url) else ""
    is_theirs = host == "tvmaze.com" or host.endswith(".tvmaze.com")
    return url if is_theirs and len(url) <= 200 else f"{SITE}{number}"


def _imdb(part, left_out):
    externals = part.part("externals", _("“externals”"))
    return _fitting(Show, "imdb_id", externals.text("imdb") if externals else "", left_out)


def _language(name, left_out):
    code = language_code(name)
    if name and not code:
        left_out.append(_("language: “%s” has no code that is known here") % name[:60])
    return code


def _fitting(model, name, value, left_out):
    """A value that its column takes; what it does not take is left out, and said."""
    field = model._meta.get_field(name)
    if not value:
        return ""
    try:
        return field.clean(value, None)
    except ValidationError as error:
        told = {"field": field.verbose_name, "value": value[:60], "why": " ".join(error.messages)}
        left_out.append(_("%(field)s “%(value)s”: %(why)s") % told)
        return ""


def _network(part, field, *, is_streamer):
    network = part.part(field, f"“{field}”")
    if network is None:
        return None
    country = network.part("country", _("“country”"))
    return NetworkGiven(
        name=network.text("name", _longest(Network, "name"), required=True),
        is_streamer=is_streamer,
        country=_fitting(Network, "country", country.text("code"), []) if country else "",
        website=_fitting(Network, "website", network.text("officialSite"), []),
    )


def _cast(embedded):
    parts = {}
    for place, row in enumerate(embedded.parts("cast", _("part")) or [], start=1):
        person = row.part("person", _("“person”"))
        if person is None:
            raise row.refused(_("“person” is missing."))
        character = row.part("character", _("“character”"))
        given = PartGiven(
            person_id=person.number("id", required=True),
            person_name=person.text("name", _longest(Person, "name"), required=True),
            character="" if character is None or row.flag("self") else _character(character),
            position=place,
        )
        parts.setdefault((given.person_id, given.character), given)
    return list(parts.values())


def _character(character):
    return character.text("name", _longest(Credit, "character"))
