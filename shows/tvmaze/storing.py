"""Writes what TVmaze says into the record: what is empty is filled, what an editor wrote stays."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shows.free_addresses import free_address
from shows.models import Decision, Genre, Network, Show, ShowSource

from . import LICENCE, LICENCE_URL, SOURCE
from .known import Known
from .storing_cast import store_cast
from .storing_seasons import store_seasons
from .telling import Told, ToldOfNewShow, ToldOfShow

PLAIN = ["tvmaze_id", "imdb_id", "title", "language", "website", "synopsis"]
ENDINGS = [Decision.Outcome.CANCELLED, Decision.Outcome.ENDED]


class Importer:
    """One run. `told` says afterwards what it did; the caller holds the transaction."""

    def __init__(self, *, fetched_on, overwrite=False):
        self.fetched_on, self.overwrite = fetched_on, overwrite
        self.told = Told()
        self.known = Known()
        self.networks = {network.name.casefold(): network for network in Network.objects.all()}
        self.genres = {slugify(genre.name): genre for genre in Genre.objects.all()}

    def take(self, given):
        """Bring one show into the record. Raises Refused where nobody can tell which one it is."""
        self.told.read += 1
        self.told.bare += not given.has_seasons
        found = self.known.match(given)
        show, told = self._on_record(*found) if found else self._new(given)
        self._fill(told, show, given)
        for what in given.left_out:
            told.leaves_out(what)
        told.done()
        if told.has_changed:
            # Those who follow what is saved, such as the search, find its seasons and people there now.
            show.save()
            self._credit(show, given)
        if given.is_ended and not (found and show.decisions.filter(outcome__in=ENDINGS).exists()):
            self.told.endings.append(given.title)
        self.known.learn(show, given)
        if found is None:
            self._tell_new(show, given)

    def _on_record(self, pk, is_by_title):
        show = Show.objects.with_label().get(pk=pk)
        if is_by_title:
            self.told.say(_("Taken to be %s, by its title and year.") % show.label)
        return show, ToldOfShow(self.told, show.label, overwrite=self.overwrite)

    def _new(self, given):
        """A show that is not stored yet."""
        if self.known.of_unknown_year(given):
            told = {"title": given.title, "number": given.tvmaze_id}
            said = _(
                "“%(title)s” is on record without its year, and nobody can tell whether it is this one. "
                "If so, delete the new one and give the other the TVmaze number %(number)d."
            )
            self.told.say(said % told)
        year = str(given.premiered_on.year) if given.premiered_on else ""
        show = Show(title=given.title, slug=free_address(Show, given.title, "show", year))
        return show, ToldOfNewShow(self.told, given.title, overwrite=self.overwrite)

    def _tell_new(self, show, given):
        self.told.new += 1
        vars(show).pop("first_premiered_on", None)
        seasons, parts = len(given.seasons), len(given.cast)
        told = {
            "label": show.label,
            "seasons": ngettext("%d season", "%d seasons", seasons) % seasons,
            "parts": ngettext("%d part", "%d parts", parts) % parts,
        }
        self.told.say(_("New: %(label)s: %(seasons)s, %(parts)s.") % told)

    def _fill(self, told, show, given):
        for name in PLAIN:
            value, what = getattr(given, name), show._meta.get_field(name).verbose_name
            if name == "imdb_id" and self.known.imdb_stands_elsewhere(value, show.pk):
                told.leaves_out(_("IMDb: another show on record has the number %s.") % value)
                continue
            if name == "title" and value in show.other_titles.splitlines():
                continue
            told.settle(show, name, value, what)
        self._fill_network(told, show, given.network)
        if show.pk is None:
            # It is saved once all of it is there; this sends no signal.
            Show.objects.bulk_create([show])
        self._fill_genres(told, show, given.genres)
        store_seasons(told, show, given.seasons)
        store_cast(told, show, given.cast)

    def _fill_network(self, told, show, given):
        if given is None or (show.network and show.network.name.casefold() == given.name.casefold()):
            return
        if told.may_take(_("network"), show.network and show.network.name, given.name):
            show.network = self._network(given)

    def _network(self, given):
        key = given.name.casefold()
        if key not in self.networks:
            kind = Network.Kind.STREAMER if given.is_streamer else Network.Kind.BROADCASTER
            self.networks[key] = Network.objects.create(
                name=given.name,
                slug=free_address(Network, given.name, "network"),
                kind=kind,
                country=given.country,
                website=given.website,
            )
            told = {"name": given.name, "kind": kind.label}
            self.told.say(
                _("New network: %(name)s (%(kind)s; TVmaze does not tell cable channels apart).") % told
            )
        return self.networks[key]

    def _fill_genres(self, told, show, names):
        """Compared by their addresses: "Science-Fiction" is "Science fiction"."""
        have = {slugify(genre.name): genre.name for genre in show.genres.all()}
        if not names or have.keys() == {slugify(name) for name in names}:
            return
        if told.may_take(_("genres"), ", ".join(have.values()), ", ".join(names)):
            show.genres.set([self._genre(name) for name in names])

    def _genre(self, name):
        key = slugify(name)
        if key not in self.genres:
            self.genres[key] = Genre.objects.create(name=name, slug=free_address(Genre, name, "genre"))
        return self.genres[key]

    def _credit(self, show, given):
        ShowSource.objects.update_or_create(
            show=show,
            name=SOURCE,
            defaults={
                "address": given.address,
                "licence": LICENCE,
                "licence_url": LICENCE_URL,
                "fetched_on": self.fetched_on,
            },
        )
