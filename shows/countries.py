"""In how many countries' lists a title stood in a week, counted once and kept with its worldwide line."""

from django.db.models import Count

from shows.models import ChartEntry
from shows.models.chart import GLOBAL, Category

FILMS = (Category.FILMS, Category.FILMS_ENGLISH, Category.FILMS_NON_ENGLISH)
# Weeks that are counted together: of all countries, some fifteen thousand lines.
WEEKS_AT_ONCE = 8


def count_countries(weeks):
    """Count anew for the worldwide lines of these weeks; None where no country's list of it is known."""
    weeks = sorted(weeks)
    for start in range(0, len(weeks), WEEKS_AT_ONCE):
        _count(weeks[start : start + WEEKS_AT_ONCE])


def _count(weeks):
    lines = ChartEntry.objects.filter(week_ending__in=weeks)
    by_country = lines.exclude(territory=GLOBAL).order_by()
    rows = by_country.values_list("week_ending", "category", "show_title", "season_title")
    counts = {tuple(name): count for *name, count in rows.annotate(Count("territory", distinct=True))}
    known = {week for week, *_name in counts}
    changed = []
    for entry in lines.worldwide():
        category = Category.FILMS if entry.category in FILMS else Category.TV
        name = entry.week_ending, category, entry.show_title, entry.season_title
        count = counts.get(name, 0) if entry.week_ending in known else None
        if entry.countries != count:
            entry.countries = count
            changed.append(entry)
    ChartEntry.objects.bulk_update(changed, ["countries"], batch_size=200)
