import csv
import sys

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from shows.figures import grouped
from shows.models import ChartRun
from shows.models.chart import TV_CATEGORIES, Category
from shows.runs import refresh_runs

FIELDS = (
    *("category", "show_title", "season_title", "began_on", "weeks", "best_rank"),
    *("drop_percent", "is_at_least", "fell_by_half", "fell_further_than", "compared_with"),
)
FELL = {True: "yes", False: "no", None: "left the list"}


class Command(BaseCommand):
    """Prints how far each season fell in its first month, all of them, those that fell furthest first."""

    help = "Print the first-month drops of all runs through the worldwide charts of TV."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="Only seasons that began in this year.")
        parser.add_argument("--list", choices=TV_CATEGORIES, dest="category", help="Only this list.")
        parser.add_argument("--csv", action="store_true", help="Comma-separated values instead of a table.")

    def handle(self, year, category, **options):
        refresh_runs()
        runs = ChartRun.objects.with_first_month().order_by("-drop_percent", "show_title", "season_title")
        if year:
            runs = runs.filter(began_on__year=year)
        if category:
            runs = runs.filter(category=category)
        if options["csv"]:
            self._write_csv(runs)
        else:
            self._write_table(runs)

    def _write_csv(self, runs):
        out = csv.writer(self.stdout)
        out.writerow(FIELDS)
        out.writerows(runs.values_list(*FIELDS))

    def _write_table(self, runs):
        table = Table("Drop", "By half", "Fell further than", "List", "Began", "Season", box=None)
        fell = 0
        for run in runs:
            fell += run.fell_by_half is True
            least = "≥ " if run.is_at_least else ""
            table.add_row(
                f"{least}{run.drop_percent} %",
                FELL[run.fell_by_half],
                f"{run.fell_further_than} of {run.compared_with}",
                str(Category(run.category).label),
                run.began_on.isoformat(),
                str(run),
            )
        width = None if sys.stdout.isatty() else 160
        Console(file=self.stdout, width=width).print(table)
        count = f"{grouped(fell)} of {grouped(len(runs))}"
        self.stdout.write(f"{count} seasons fell by more than half in their first month.")
