"""What the record costs: importing charts, and the pages that are drawn from it. CPU time, not the clock.

    uv run python benchmarks/record.py

Makes a site of its own (SQLite) in a temporary folder and removes it. Held to: at least 12,000 rows imported
a second of CPU time, parsing, matching and what is computed from them included; an unchanged file at least
five times faster; a comment posted while a long file is imported within two seconds by the clock; the memory
for reading a file of four times as many rows at most 1.2 times as much; the tracker with 5,000 shows in at
most six queries; a show's page with 300 weeks in 40 countries, the page of a week and comparisons of four at
most 1.2 times as dear, and in as many queries, with ten times as many lines on record; the record of
forecasts and the networks' report cards with 5,000 forecasts and shows within half a second, in as many
queries as with 500; a file of the record as data likewise, with ten times as many shows. What is not held is
marked, and the end is 1.
"""

import gc
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.feeds import write
from benchmarks.own_site import forget, quiet_site

ROWS_A_SECOND, TIMES_FASTER, SECONDS_TO_COMMENT, DEARER, QUERIES = 12_000, 5, 2, 1.2, 6
MILLISECONDS = 500
COUNTRIES = [a + b for a in "ABCDE" for b in "ABCDEFGH"]
LAST = date(2022, 12, 25)
COMMON = "week\tcategory\tweekly_rank\tshow_title\tseason_title\tcumulative_weeks_in_top_10"
HEAD = f"{COMMON}\tweekly_hours_viewed\n"
COUNTRY_HEAD = f"{COMMON}\tcountry_name\tcountry_iso2\n"
is_over = False


def held(name, figure, is_held):
    global is_over
    is_over = is_over or not is_held
    print(f"{name:58}{figure:>24}{'' if is_held else '  !'}", flush=True)


def rows_of(week, category):
    """Ten rows of a week's list, without what follows the columns that all files have; the first of TV is the
    same in all weeks."""
    # Repeatable is all that it has to be.
    picked = random.Random(f"{week} {category}").sample(range(400), 10)  # noqa: S311
    names = [f"Show number {number}" for number in picked]
    if category in ("TV", "TV (English)"):
        names[0] = "The long run"
    for rank, name in enumerate(names, start=1):
        yield f"{week}\t{category}\t{rank}\t{name}\t{name}: Season 1\t1"


def worldwide(weeks):
    days = [LAST - timedelta(weeks=number) for number in range(weeks)]
    categories = ("Films (English)", "Films (Non-English)", "TV (English)", "TV (Non-English)")
    lines = [
        f"{row}\t{1_000 * (crc32(row.encode()) % 90_000)}\n"
        for day in days
        for category in categories
        for row in rows_of(day, category)
    ]
    return "".join([HEAD, *lines]).encode()


def by_country(weeks, countries=COUNTRIES):
    days = [LAST - timedelta(weeks=number) for number in range(weeks)]
    rows = [row for day in days for category in ("Films", "TV") for row in rows_of(day, category)]
    lines = (f"{row}\tLand {country}\t{country}\n" for country in countries for row in rows)
    return "".join([COUNTRY_HEAD, *lines]).encode()


def imported(content):
    """(rows, CPU seconds) of importing it without the pauses for others."""
    from shows.netflix_top10 import Import, importing

    importing.SECONDS_FOR_OTHERS = 0
    started = time.process_time()
    found = Import(io.BytesIO(content), LAST)
    found.store()
    return found.report["rows"], time.process_time() - started


def measure_import():
    # As the command does.
    gc.freeze()
    for name, content in (("worldwide", worldwide(300)), ("by country", by_country(60))):
        rows, first = imported(content)
        _rows, again = imported(content)
        held(f"import {name}, rows a second of CPU", f"{rows / first:,.0f}", rows / first >= ROWS_A_SECOND)
        held(f"unchanged {name}, times faster", f"{first / again:.1f}", first / again >= TIMES_FASTER)


def reading_memory(rows):
    """The most memory that a process of its own takes for reading so many rows, in MB."""
    code = "from benchmarks.record import read_rows; read_rows()"
    env = {**os.environ, "ROWS": str(rows)}
    command = [sys.executable, "-c", code]
    return float(subprocess.run(command, env=env, check=True, capture_output=True).stdout)  # noqa: S603


def read_rows():
    """Run by `reading_memory`: reads a file of ROWS rows and prints the memory that it took."""
    import django

    django.setup()
    from shows.netflix_top10 import Import

    weeks = int(os.environ["ROWS"]) // 20 // len(COUNTRIES)
    with tempfile.TemporaryFile() as file:
        file.write(COUNTRY_HEAD.encode())
        for country in COUNTRIES:
            file.write(by_country(weeks, [country]).partition(b"\n")[2])
        file.seek(0)
        Import(file, LAST)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure_memory():
    few, many = reading_memory(40_000), reading_memory(160_000)
    held("memory for reading 40,000 and 160,000 rows, MB", f"{few:.0f} {many:.0f}", many <= DEARER * few)


def measure_comments(folder):
    """Comments posted one after the other while another process imports 120,000 lines."""
    from django.test import Client

    from comments.models import CommentPolicy

    write(0, 1)
    CommentPolicy.objects.create(posts_an_hour=100_000)
    path = Path(folder) / "long.tsv"
    path.write_bytes(by_country(150))
    command = [sys.executable, "manage.py", "import_netflix_top10", str(path)]
    slowest, count = 0, 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as importing:  # noqa: S603
        client = Client(headers={"host": "localhost", "sec-fetch-site": "same-origin"})
        while importing.poll() is None:
            said = {"comment": f"Comment {count}", "name": "Mara", "email": f"m{count}@example.org"}
            started = time.monotonic()
            answer = client.post("/articles/story-0/comments/", said)
            slowest, count = max(slowest, time.monotonic() - started), count + 1
            if answer.status_code not in (302, 303):
                sys.exit(f"a comment was answered {answer.status_code}")
            threading.Event().wait(0.05)
    if importing.returncode:
        sys.exit("the import failed")
    held(
        f"slowest of {count} comments during an import, seconds",
        f"{slowest:.2f}",
        slowest <= SECONDS_TO_COMMENT,
    )


def cost(address, runs=15):
    """(least CPU milliseconds, queries) of a request to a process that remembers nothing."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, spent = Client(headers={"host": "localhost"}), []
    forget()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        queries = len(captured)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    for _ in range(runs):
        forget()
        started = time.process_time()
        client.get(address)
        spent.append((time.process_time() - started) * 1000)
    return min(spent), queries


def measure_pages():
    from shows.models import Season, Show

    titles = {"the-long-run": "The long run", **{f"show-{n}": f"Show number {n}" for n in range(200)}}
    for slug, title in titles.items():
        show = Show.objects.create(title=title, slug=slug)
        Season.objects.create(show=show, number=1, premiered_on=LAST - timedelta(weeks=300))
    from shows.tasks import follow_the_record

    follow_the_record.func()
    four = "&".join(f"run={slug}.1" for slug in ("show-0", "show-1", "show-2", "the-long-run"))
    addresses = (
        *("/shows/the-long-run/", f"/top10/{LAST}/", f"/top10/{LAST}/aa/"),
        *(f"/compare/?{four}", f"/compare/?{four}&weeks=all", "/compare/?q=long"),
    )
    few = {address: cost(address) for address in addresses}
    imported(by_country(300))
    for address in addresses:
        (before, queries), (after, queries_after) = few[address], cost(address)
        is_held = after <= DEARER * before and queries == queries_after
        held(f"{address}, ms (queries)", f"{before:.1f} {after:.1f} ({queries_after})", is_held)


def measure_tracker():
    from shows.models import Decision, Network, Season, Show

    network = Network.objects.create(name="Network", slug="network")
    for count in (500, 4_500):
        start = Show.objects.count()
        shows = Show.objects.bulk_create(
            Show(title=f"Tracked {number}", slug=f"tracked-{number}", network=network)
            for number in range(start, start + count)
        )
        days = [LAST - timedelta(days=number % 3_000) for number in range(count)]
        pairs = list(zip(shows, days, strict=True))
        Season.objects.bulk_create(
            Season(show=show, number=1, premiered_on=day, finale_on=day) for show, day in pairs
        )
        Decision.objects.bulk_create(
            Decision(show=show, outcome="renewed", season_number=2, announced_on=day)
            for show, day in pairs[::2]
        )
        for address in ("/tracker/", "/tracker/?q=tracked+7&status=renewed"):
            spent, queries = cost(address)
            held(
                f"{address}, {start + count:,} shows, ms (queries)",
                f"{spent:.0f} ({queries})",
                queries <= QUERIES,
            )


def measure_forecasts():
    """Forecasts of 500 and of 5,000 shows of forty networks, four of five decided; and the networks' report
    cards, of all their seasons."""
    from django.db.models import Count

    from shows.models import Decision, Network, Outlook, Season, Show

    addresses = (
        "/forecasts/",
        "/forecasts/?verdict=right&network=foretold-1",
        "/networks/",
        "/networks/foretold-1/",
    )
    networks = [Network(name=f"Foretold {number}", slug=f"foretold-{number}") for number in range(40)]
    networks = Network.objects.bulk_create(networks)
    queries = {}
    for count in (500, 4_500):
        start = Outlook.objects.aggregate(count=Count("pk"))["count"]
        shows = Show.objects.bulk_create(
            Show(title=f"Foretold {number}", slug=f"foretold-{number}", network=networks[number % 40])
            for number in range(start, start + count)
        )
        days = {show: LAST - timedelta(days=100 + 7 * index % 3_000) for index, show in enumerate(shows)}
        Season.objects.bulk_create(
            Season(show=show, number=number, premiered_on=day + timedelta(days=365 * (number - 2)))
            for show, day in days.items()
            for number in (1, 2)
        )
        Outlook.objects.bulk_create(
            Outlook(show=show, season_number=3, step=index % 8 + 1, dated_on=day, reason="As it was.")
            for index, (show, day) in enumerate(days.items())
        )
        Decision.objects.bulk_create(
            Decision(
                show=show,
                outcome=("renewed", "cancelled")[index % 2],
                season_number=3,
                announced_on=day + timedelta(days=30),
            )
            for index, (show, day) in enumerate(days.items())
            if index % 5
        )
        for address in addresses:
            spent, asked = cost(address)
            is_held = spent <= MILLISECONDS and queries.setdefault(address, asked) == asked
            held(f"{address}, {start + count:,} shows, ms (queries)", f"{spent:.0f} ({asked})", is_held)


def measure_data():
    """A whole part of each dataset, where the record is a little longer than one, and ten times as long."""
    from shows.models import Decision, Network, Season, Show

    network = Network.objects.create(name="Data", slug="data")
    names, few = ("shows", "seasons", "decisions"), {}
    for count in (11_000, 99_000):
        start = Show.objects.count()
        shows = Show.objects.bulk_create(
            (
                Show(title=f"On record {number}", slug=f"on-record-{number}", network=network)
                for number in range(start, start + count)
            ),
            batch_size=5_000,
        )
        days = [LAST - timedelta(days=number % 3_000) for number in range(count)]
        pairs = list(zip(shows, days, strict=True))
        Season.objects.bulk_create(
            (Season(show=show, number=1, premiered_on=day, finale_on=day) for show, day in pairs),
            batch_size=5_000,
        )
        Decision.objects.bulk_create(
            (Decision(show=show, outcome="cancelled", announced_on=day) for show, day in pairs),
            batch_size=5_000,
        )
        for name in names:
            spent, queries = cost(f"/data/v1/{name}.csv", runs=3)
            before = few.setdefault(name, (spent, queries))
            held(
                f"/data/v1/{name}.csv, of {start + count:,} shows, ms (queries)",
                f"{spent:.0f} ({queries})",
                spent <= DEARER * before[0] and queries == before[1],
            )


def main():
    with quiet_site("localhost") as folder:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure_import()
        measure_pages()
        measure_tracker()
        measure_forecasts()
        measure_data()
        measure_memory()
        measure_comments(folder)
    sys.exit(is_over)


if __name__ == "__main__":
    main()
