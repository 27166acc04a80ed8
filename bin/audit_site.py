"""Hold the sample site to what readers and machines need: crawl a demo of its own, and check what comes.

    make audit                 all checks
    make audit ARGS="--only links markup"

Needs Node with npm, Java, and chromium or google-chrome on the PATH; fetches the Nu Html Checker and
Lighthouse from npm's registry. Ends with 1 and the findings where anything is wrong.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from own_demo import FLAGS, demo  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from audit import access, crawl, lighthouse, machines, markup  # noqa: E402

FOLDER = ROOT / "audit"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHECKS = {
    "links": "links of the site to itself answer",
    "markup": "the Nu Html Checker finds no error and no warning",
    "data": "structured data and cards parse and are complete",
    "feeds": "feeds parse and are complete",
    "sitemaps": "sitemaps parse, and their addresses answer",
    "axe": "axe finds nothing, at 390, 768 and 1,280 px, light and dark",
    "lighthouse": f"Lighthouse gives at least {lighthouse.LEAST} in all four categories",
}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=CHECKS, default=list(CHECKS), metavar="CHECK")
    wanted = parser.parse_args().only
    missing = [name for name in ("node", "npm", "java") if not shutil.which(name)]
    if missing or not CHROMIUM:
        missing += [] if CHROMIUM else ["chromium"]
        sys.exit(
            f"The audit needs {', '.join(missing)}: on Debian and Ubuntu, "
            "apt-get install nodejs npm default-jre-headless chromium."
        )
    install()
    with demo() as site:
        findings = audit(site.address, wanted)
    for finding in findings:
        print(finding)
    sys.exit(f"{len(findings)} findings." if findings else None)


def install():
    """What `audit/package-lock.json` names, where it is not there yet."""
    stamp, wanted = FOLDER / "node_modules" / "installed-from", digest(FOLDER / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Fetching the checkers …", flush=True)
    command = ["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"]
    if subprocess.run(command).returncode:
        sys.exit("The checkers could not be fetched; npm says why above. Is its registry within reach?")
    stamp.write_text(wanted)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def audit(base, wanted):
    """The findings of the wanted checks, with a line for each check on the way."""
    pages = crawl.crawl(base)
    of_each = crawl.one_of_each(pages)
    # Some addresses lead to the same page.
    html = list({page.address: page for page in pages.values() if page.is_html}.values())
    print(f"{len(pages)} addresses, {len(html)} of them pages, of {len(of_each)} kinds.", flush=True)
    checks = {
        "links": lambda: crawl.dead_links(pages, base),
        "markup": lambda: markup.faults(html),
        "data": lambda: machines.said_badly(html),
        "feeds": lambda: machines.bad_feeds(pages.values()),
        "sitemaps": lambda: machines.bad_sitemaps(pages, base),
        "axe": lambda: with_axe(of_each),
        "lighthouse": lambda: lighthouse.too_low(of_each, CHROMIUM, FLAGS),
    }
    findings = []
    for name in wanted:
        found = checks[name]()
        findings += found
        print(f"{'FAILS' if found else 'holds'}: {CHECKS[name]}", flush=True)
    return findings


def with_axe(of_each):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            return access.violations(browser, of_each)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
