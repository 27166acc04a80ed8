"""The cast of a show: people by TVmaze's number, and whom they play."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shows.free_addresses import free_address
from shows.models import Credit, Person


def store_cast(told, show, cast):
    """Add whom the record does not have, fill what is empty; what an editor wrote stays or is reported.

    Nobody is taken off the record, for TVmaze may know fewer of them.
    """
    credits = list(show.credits.select_related("person").in_order())
    people = _people(told, cast, credits)
    own = [row for row in credits if row.role == Credit.Role.CAST]
    pairs, added = _paired(cast, people, own)
    for given, row in pairs:
        if told.settle(row, "character", given.character, _("part of %s") % row.person.name):
            row.save(update_fields=["character"])
    last = _order(told, pairs, own)
    rows = [
        Credit(
            show=show,
            person=people[given.person_id],
            role=Credit.Role.CAST,
            character=given.character,
            position=given.position if last is None else last + place,
        )
        for place, given in enumerate(added, start=1)
    ]
    # No signal for each of them: the show is saved afterwards, which has it found by all of its people.
    Credit.objects.bulk_create(rows)
    if rows:
        told.fills(ngettext("%d part", "%d parts", len(rows)) % len(rows))


def _people(told, cast, credits):
    """Persons by TVmaze's number; those of this show that have none are known by their name."""
    people = {row.tvmaze_id: row for row in Person.objects.filter(tvmaze_id__in={p.person_id for p in cast})}
    here = defaultdict(set)
    for row in credits:
        if row.person.tvmaze_id is None:
            here[row.person.name.casefold()].add(row.person)
    # Somebody with several parts stands there several times.
    parts = {part.person_id: part for part in reversed(cast)}
    unknown = []
    for number, part in reversed(parts.items()):
        namesakes = here.pop(part.person_name.casefold(), ()) if number not in people else ()
        if len(namesakes) == 1:
            people[number] = _tied(told, part, *namesakes)
        elif number not in people:
            unknown.append(part)
        elif told.settle(people[number], "name", part.person_name, _("name of a person")):
            people[number].save(update_fields=["name"])
    return people | _made(told, unknown)


def _tied(told, part, person):
    """Somebody of this show on record, known by TVmaze's number from now on."""
    told.settle(person, "tvmaze_id", part.person_id, _("TVmaze's number of %s") % person.name)
    person.save(update_fields=["tvmaze_id"])
    return person


def _made(told, parts):
    """New persons by TVmaze's number; whose name somebody else on record has is said."""
    names = [part.person_name for part in parts]
    elsewhere = set(Person.objects.filter(name__in=names, tvmaze_id=None).values_list("name", flat=True))
    people, taken = {}, set()
    for part in parts:
        slug = free_address(Person, part.person_name, "person", taken=taken)
        taken.add(slug)
        people[part.person_id] = Person(name=part.person_name, slug=slug, tvmaze_id=part.person_id)
        if part.person_name in elsewhere:
            told.notes(_namesake(part))
    Person.objects.bulk_create(people.values())
    return people


def _namesake(part):
    return _(
        "another %(name)s is on record, and nobody can tell whether they are one. "
        "If so, move the credits to one and give that one the TVmaze number %(number)d."
    ) % {"name": part.person_name, "number": part.person_id}


def _paired(cast, people, rows):
    """What TVmaze says beside the rows that it is about, and what has no row yet.

    The same part of the same person first; what is left of a person is paired in order, so that a name
    spelled differently is no second part.
    """
    free = defaultdict(list)
    for row in rows:
        free[row.person_id].append(row)
    pairs, left = [], []
    for given in cast:
        own = free[people[given.person_id].pk]
        same = next((row for row in own if row.character == given.character), None)
        if same:
            own.remove(same)
            pairs.append((given, same))
        else:
            left.append(given)
    added = []
    for given in left:
        own = free[people[given.person_id].pk]
        if own:
            pairs.append((given, own.pop(0)))
        else:
            added.append(given)
    return pairs, added


def _order(told, pairs, rows):
    """Put the cast in TVmaze's order unless an editor gave it one; then what is new comes after the last.

    Gives the last position where the record's order stays, else None.
    """
    placed = [row for given, row in sorted(pairs, key=lambda pair: pair[0].position)]
    if any(row.position for row in rows):
        have = sorted(placed, key=lambda row: (row.position, row.pk))
        if have == placed or not told.may_take(_("order of the cast"), *_first_difference(have, placed)):
            return max(row.position for row in rows)
    elif placed:
        told.fills(_("order of the cast"))
    for given, row in pairs:
        row.position = given.position
    Credit.objects.bulk_update(placed, ["position"])
    return None


def _first_difference(have, wanted):
    """Three names of each order, from where they part."""
    start = next(place for place, row in enumerate(have) if row != wanted[place])
    return [", ".join(row.person.name for row in rows[start : start + 3]) for rows in (have, wanted)]
