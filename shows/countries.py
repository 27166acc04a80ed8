"""In how many countries' lists a title stood in a week, counted once and kept with its worldwide line."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q

from shows.models import ChartEntry, WeeklyList
from shows.models.chart import GLOBAL, Category

FILMS = (Category.FILMS, Category.FILMS_ENGLISH, Category.FILMS_NON_ENGLISH)
NAME = ("week_ending", "category", "show_title", "season_title")
# Weeks that are counted together: of all countries, some fifteen thousand lines.
WEEKS_AT_ONCE = 8


def count_countries(weeks):
    """Count anew for the worldwide lines of these weeks; None where no country's list of it is known."""
    weeks = sorted(weeks)
    for start in range(0, len(weeks), WEEKS_AT_ONCE):
        _count(weeks[start : start + WEEKS_AT_ONCE])


def count_what_is_left():
    """Count weeks that an interrupted import or a typed line left without; the worker does it daily."""
    lists = WeeklyList.objects.exclude(territory=GLOBAL).order_by()
    known = lists.filter(week_ending=OuterRef("week_ending"))
    left = ChartEntry.objects.worldwide().filter(Exists(known), countries=None).order_by()
    count_countries(set(left.values_list("week_ending", flat=True)))


def _count(weeks):
    lines = ChartEntry.objects.filter(week_ending__in=weeks)
    by_country = lines.exclude(territory=GLOBAL).order_by()
    rows = by_country.values_list(*NAME)
    counts = {tuple(name): count for *name, count in rows.annotate(Count("territory", distinct=True))}
    known = {week for week, *_name in counts}
    # Most weeks have no country's list: nothing to count, and nothing to take back.
    worldwide = lines.worldwide().filter(Q(week_ending__in=known) | Q(countries__isnull=False)).order_by()
    of_a_count = defaultdict(list)
    for pk, was, week, category, *title in worldwide.values_list("pk", "countries", *NAME):
        kind = Category.FILMS if category in FILMS else Category.TV
        count = counts.get((week, kind, *title), 0) if week in known else None
        if was != count:
            of_a_count[count].append(pk)
    for count, keys in of_a_count.items():
        ChartEntry.objects.filter(pk__in=keys).update(countries=count)
