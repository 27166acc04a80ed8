"""`make bench`: what the site costs, each figure beside a bare measure; ends with 1 where one is missed.

    python3 bin/cliffhanger.py bench [NAME …]

Runs the benchmarks that hold a figure, one after the other, and then says of each whether it held. Their own
docstrings say what they measure; a name runs that one alone. Nothing else should use the machine meanwhile.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = {
    "ready_pages": "a page that is kept ready, beside a bare WSGI function",
    "pages": "pages that nothing keeps, beside a bare view",
    "comments": "pages of 100,000 comments, beside those of 50",
    "posting": "posting a comment, beside a bare insert",
    "reading": "lists of 100,000 articles at any depth, beside 1,000",
    "newsroom": "the newsroom's lists beside 100,000 comments",
    "starting": "starting, beside a site of Django's own apps",
    "memory": "two workers' memory after load",
}


def main():
    names = sys.argv[1:] or BENCHMARKS
    if unknown := set(names) - BENCHMARKS.keys():
        sys.exit(f"There is no benchmark “{min(unknown)}”. There are: {', '.join(BENCHMARKS)}.")
    outcomes = [(name, *run(name)) for name in names]
    print()
    for name, held, seconds in outcomes:
        print(f"{'held  ' if held else 'MISSED'}  {name:12} {seconds:5.0f} s  {BENCHMARKS[name]}")
    sys.exit(not all(held for _name, held, _seconds in outcomes))


def run(name):
    """(whether it held what it must, in how many seconds); its output goes where ours does."""
    print(f"\n{BENCHMARKS[name].capitalize()}\n", flush=True)
    started = time.monotonic()
    done = subprocess.run([sys.executable, ROOT / "benchmarks" / f"{name}.py"], cwd=ROOT)
    return done.returncode == 0, time.monotonic() - started


if __name__ == "__main__":
    main()
