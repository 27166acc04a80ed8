"""What a request costs each tier: CPU time by the kernel's own account, of all processes of a machine."""

import contextlib
import os
from pathlib import Path

from .checks import ARTICLE, COMMENTS
from .people import Browser, comment

TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP, TURNS, PAGES, POSTS = 20, 3, 40, 40


def processes():
    """What the kernel says of every process after its name, by its number."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
    return found


def family(roots, fields):
    """Processes and all their descendants."""
    found = set(roots)
    while more := {pid for pid, row in fields.items() if int(row[1]) in found} - found:
        found |= more
    return found & fields.keys()


def spent(roots):
    """Seconds of CPU so far, of descendants too, those included that have ended."""
    fields = processes()
    return sum(int(part) for pid in family(roots, fields) for part in fields[pid][11:15]) / TICKS


def memory(roots):
    """Megabytes; what several processes share is divided among them."""
    found = 0
    for pid in family(roots, processes()):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found / 1024


def costs(cluster):
    """(what, {tier: ms of CPU for one}) of what readers do."""
    reader = Browser(cluster.balancer)
    for path in (ARTICLE, "/") * WARM_UP:
        reader.get(path)
    yield "article page", least(cluster, PAGES, lambda number: reader.get(ARTICLE))
    yield "front page", least(cluster, PAGES, lambda number: reader.get("/"))

    def post(number):
        Browser(cluster.balancer).post(
            COMMENTS, comment(f"Comment number {500_000 + number}, of the measure.")
        )

    yield "comment posted", least(cluster, POSTS, post)


def least(cluster, count, ask):
    """Of some turns the one that cost the app servers least, because machines are shared."""
    turns = [measured(cluster, range(turn * count, (turn + 1) * count), ask) for turn in range(TURNS)]
    return min(turns, key=lambda by_tier: by_tier["app servers"])


def measured(cluster, numbers, ask):
    before = all_spent(cluster)
    for number in numbers:
        ask(number)
    after = all_spent(cluster)
    return {tier: (after[tier] - before[tier]) * 1000 / len(numbers) for tier in before}


def all_spent(cluster):
    return {tier: spent(roots) for tier, roots in cluster.tiers().items()}


def told(cluster):
    tiers = list(cluster.tiers())
    print(f"  {'ms of CPU for one':20}" + "".join(f"{tier:>14}" for tier in tiers))
    for what, by_tier in costs(cluster):
        print(f"  {what:20}" + "".join(f"{by_tier[tier]:14.2f}" for tier in tiers), flush=True)
    by_tier = {tier: memory(roots) for tier, roots in cluster.tiers().items()}
    print(f"  {'MB of memory, in all':20}" + "".join(f"{by_tier[tier]:14.0f}" for tier in tiers))
