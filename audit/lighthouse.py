"""Lighthouse's four marks, on its phone."""

import json
import os
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
KINDS = ("front", "article", "show", "tracker", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST, TRIES = 95, 5
# The page of results asks not to be indexed, as search engines want it.
LEFT_OUT = {"search": ["is-crawlable"]}


def marks(address, chromium, flags, left_out=()):
    """`{category: mark of 100}`, and what cost points, as `{category: [audit]}`."""
    command = ["node", PROGRAM, address, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--chrome-flags=--headless {' '.join(flags)}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--skip-audits={','.join(left_out)}"] if left_out else []
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        return dict.fromkeys(CATEGORIES, 0), {name: [done.stderr.strip()[-300:]] for name in CATEGORIES}
    report = json.loads(done.stdout)
    return (
        {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        {name: lost(report, name) for name in CATEGORIES},
    )


def lost(report, category):
    refs = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    return [pk for pk in refs if (report["audits"][pk]["score"] or 0) < 0.9]


def too_low(pages, chromium, flags):
    """Findings for marks below the least, the best of some tries: a busy machine makes every page slow."""
    findings = []
    for kind in KINDS:
        address = pages[kind].asked
        best, why = {}, {}
        for _ in range(TRIES):
            got, costs = marks(address, chromium, flags, LEFT_OUT.get(kind, ()))
            best = {name: max(best.get(name, 0), got[name]) for name in CATEGORIES}
            why = costs
            if min(best.values()) >= LEAST:
                break
        print(f"  {kind:8}", *(f"{name} {best[name]}" for name in CATEGORIES), flush=True)
        findings += [
            f"{address}: {name} {mark}, for {', '.join(why[name])}"
            for name, mark in best.items()
            if mark < LEAST
        ]
    return findings
