"""How much memory a site takes after load: two workers of granian, as `make demo` starts them.

    uv run python benchmarks/memory.py

Makes a site of its own (SQLite, sample content) in a temporary folder and removes it. Asks for sixty
addresses of the sitemap and for the newsroom's lists, three times over, then reads /proc: the resident size
of granian and its workers together, and PSS, which counts what processes share once. Exits with 1 above
240 MB resident.
"""

import concurrent.futures
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_MB, MOST_ADDRESSES, ROUNDS, AT_ONCE = 240, 60, 3, 8
EXTRA = [
    "/",
    "/articles/",
    "/shows/",
    "/tracker/",
    "/top10/",
    "/feed/",
    "/search/?q=season",
    "/api/v1/articles/",
]
NEWSROOM = ["articles/article/", "comments/comment/", "shows/show/", "articles/image/"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answered(address, cookie=""):
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 (our own server)
            return response.read().decode(errors="replace")
    except urllib.error.URLError:
        return ""


def session():
    """The cookie of an administrator who has come in, as the newsroom's own login would give it."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    administrator = User.objects.create_superuser("benchmark", "benchmark@example.org")
    client.force_login(administrator, backend="logins.backend.LoginBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def load(site, cookie):
    """Ask everything; returns how many addresses answered."""
    pages = re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", answered(f"{site}/sitemap.xml"))
    for part in [page for page in pages if page.endswith(".xml")]:
        pages += re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", answered(f"{site}{part}"))
    public = [site + page for page in dict.fromkeys([*EXTRA, *pages])][:MOST_ADDRESSES]
    newsroom = [f"{site}/admin/{page}" for page in NEWSROOM]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(ROUNDS):
            found = list(pool.map(answered, public))
            found += pool.map(lambda address: answered(address, cookie), newsroom)
    return sum(map(bool, found)), len(public) + len(newsroom)


def family(pid):
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def megabytes(pid, name):
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)[1]) / 1024


def report(pid, when):
    sizes = [(megabytes(each, "Rss"), megabytes(each, "Pss")) for each in family(pid)]
    resident, shared_once = map(sum, zip(*sizes, strict=True))
    each = " + ".join(f"{size:.0f}" for size, _pss in sizes)
    print(f"{when:12}{resident:6.0f} MB resident ({each}), {shared_once:.0f} MB counting what is shared once")
    return resident


def main():
    import django
    from django.core.management import call_command

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    django.setup()
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_sample", verbosity=0, stdout=nowhere)
    call_command("collectstatic", verbosity=0, interactive=False)
    cookie, port = session(), free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--no-ws"]
    command += ["--blocking-threads", "1", "--port", str(port), "--log-level", "error"]
    command.append("config.wsgi:application")
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603
    site = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            if answered(f"{site}/health/"):
                break
            time.sleep(0.3)
        report(server.pid, "at first")
        answers, asked = load(site, cookie)
        print(f"{answers} of {asked} addresses answered, the last of {ROUNDS} times")
        resident = report(server.pid, "after load")
    finally:
        server.terminate()
        server.wait(20)
    print("within" if resident <= MOST_MB else "NOT within", f"{MOST_MB} MB")
    sys.exit(resident > MOST_MB)


if __name__ == "__main__":
    from own_site import own_site

    with own_site("localhost,127.0.0.1"):
        main()
