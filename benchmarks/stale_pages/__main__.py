"""Whether a reader is ever answered with a page that is older than what is stored.

    uv run python benchmarks/stale_pages [--races 10000] [--approvals 60] [--seed 1] [--postgres]

First races, half of them in one process and half between two: a page is rendered, and while it is (at a
random one of its queries, or between the last and its answer) somebody approves, edits, publishes, moves,
unpublishes, updates in bulk, runs SQL or loads a fixture. Afterwards every store must answer what Django
renders anew. Then a load run for each time that a process may believe what it last read: granian with two
workers, of which clients read one article as fast as they can while comments are approved; each answer must
know every approval that was committed as long before its request began, and no worker may render a state
twice.

Makes a site of its own in a temporary folder and removes it; with `--postgres` on a server of its own, and
`DATABASE_URL` may name an empty database instead. Ends with 1 where anything was stale.
"""

import argparse
import contextlib
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bin.test_postgres import free_port, throwaway_server  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--races", type=int, default=10_000)
    parser.add_argument("--approvals", type=int, default=60)
    parser.add_argument("--apart", type=float, default=0.5, help="seconds between two approvals")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120, help="so long for the races at most")
    parser.add_argument("--postgres", action="store_true", help="on a throwaway server of PostgreSQL")
    return parser.parse_args()


def run_races(wanted):
    """True where no page was stale."""
    from articles.models import Article
    from benchmarks.stale_pages.neighbour import NeighbouringProcess
    from benchmarks.stale_pages.races import Neighbour, Races

    # A line for each request would be all that is seen.
    logging.disable(logging.INFO)
    articles, all_good = Article.objects.values_list("pk", flat=True), True
    in_one = wanted.races - wanted.races // 2
    for where, count, make in (
        ("in one process", in_one, Neighbour),
        ("between two processes", wanted.races - in_one, lambda: NeighbouringProcess(os.environ)),
    ):
        began = time.monotonic()
        outcome = Races(articles, neighbour=make(), seed=wanted.seed).run(count, wanted.minutes * 30, tell)
        took = time.monotonic() - began
        print(f"\n{where}: {outcome}; seed {wanted.seed}, {took:.0f} s", *outcome.stale[:9], sep="\n  ")
        all_good &= not outcome.stale
    return all_good


def tell(outcome):
    if not outcome.races % 100:
        print(f"\r{outcome}", end="", file=sys.stderr, flush=True)


def main():
    wanted = arguments()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        port = free_port()
        os.environ.update(
            ENV_FILE=os.devnull,
            VAR_DIR=folder,
            DEBUG="false",
            ALLOWED_HOSTS="127.0.0.1",
            SECRET_KEY="of-a-benchmark-" * 4,
            SITE_URL=f"http://127.0.0.1:{port}",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        if wanted.postgres:
            os.environ["DATABASE_URL"] = stack.enter_context(throwaway_server())
        import django
        from django.core.management import call_command
        from django.db import connection, connections

        django.setup()
        # Before the server goes.
        stack.callback(connections.close_all)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"On {connection.vendor}:")
        from benchmarks.stale_pages.races import make_articles

        make_articles()
        is_good = run_races(wanted)
        if wanted.approvals:
            from benchmarks.stale_pages.load import run_load

            runs = [run_load(port, wanted, milliseconds) for milliseconds in (0, 250)]
            is_good &= all(runs)
        print("Nothing was stale." if is_good else "Something WAS stale.")
        return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
