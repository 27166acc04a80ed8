"""The seasons of a show, by their numbers."""

from django.utils.translation import gettext as _

from shows.models import Season

FIELDS = ["premiered_on", "finale_on", "episode_count"]


def store_seasons(told, show, seasons):
    """Add the seasons that the record does not have and fill what is empty of the others."""
    have = {} if told.is_new or not seasons else {season.number: season for season in show.seasons.all()}
    added = [given for given in seasons if given.number not in have]
    rows = [
        Season(show=show, number=given.number, **{name: getattr(given, name) for name in FIELDS})
        for given in added
    ]
    if told.is_new:
        Season.objects.bulk_create(rows)
    else:
        # One by one: articles that are live are held against each.
        for row in rows:
            row.save()
    for given in added:
        told.fills(_("season %d") % given.number)
    for given in seasons:
        if given.number in have:
            _settle(told, have[given.number], given)


def _settle(told, season, given):
    fields = [name for name in FIELDS if _is_possible(told, season, given, name)]
    taken = [
        name for name in fields if told.settle(season, name, getattr(given, name), _called(season, name))
    ]
    if taken:
        season.save(update_fields=taken)


def _called(season, name):
    what = {"number": season.number, "field": season._meta.get_field(name).verbose_name}
    return _("season %(number)d, %(field)s") % what


def _is_possible(told, season, given, name):
    """Whether a day fits to the other that stays: a record whose season ends before it begins is none."""
    value = getattr(given, name)
    if value is None or name == "episode_count" or value == getattr(season, name):
        return True
    premiere, finale = _days(told, season, given)
    if premiere is None or finale is None or premiere <= finale:
        return True
    told.leaves_out(
        _("%(what)s %(value)s: it does not fit to the record's other day.")
        % {"what": _called(season, name), "value": value}
    )
    return False


def _days(told, season, given):
    """Premiere and finale as they would be if all were settled."""
    if told.overwrite:
        return given.premiered_on or season.premiered_on, given.finale_on or season.finale_on
    return season.premiered_on or given.premiered_on, season.finale_on or given.finale_on
