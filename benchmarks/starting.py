"""What starting costs beside a site of nothing but Django's own apps: CPU of `check` and of a first answer.

    uv run python benchmarks/starting.py

Makes both sites in a temporary folder and removes them. Each measurement is a process of its own, both sites
in turns, and its CPU time, not the clock, because machines are shared; the median counts. Both are started
once before, so that Python has compiled what it loads. The bare site is what `startproject` gives, with
production's settings and one page drawn from a template. The first answer is that of the WSGI application
to a request for the front page. Exits with 1 above 1.5 times.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS, MOST = 9, 1.5
FIRST_ANSWER = """
import io, logging, sys
from {wsgi} import application
logging.disable(logging.INFO)
asked = {{
    "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": "localhost",
    "SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1",
    "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
}}
statuses = []
b"".join(application(asked, lambda status, headers, _error=None: statuses.append(status)))
sys.exit(statuses != ["200 OK"])
"""
PAGE = "<!doctype html><title>{{ request.path }}</title><p>{% for n in '123' %}{{ n }}{% endfor %}</p>"
URLS = """
from django.contrib import admin
from django.shortcuts import render
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls), path("", lambda request: render(request, "page.html"))]
"""
SETTINGS = """
DEBUG, ALLOWED_HOSTS = False, ["localhost"]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
"""


def bare_site(folder):
    """A project as Django makes it; its environment and the name of its wsgi module."""
    from django.core.management import call_command

    folder.mkdir()
    call_command("startproject", "bare", str(folder))
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text(PAGE)
    (folder / "bare" / "urls.py").write_text(URLS)
    with (folder / "bare" / "settings.py").open("a") as settings:
        settings.write(SETTINGS)
    return folder, {**os.environ, "DJANGO_SETTINGS_MODULE": "bare.settings"}, "bare.wsgi"


def our_site(folder):
    """Ours with the sample content and an own database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(folder),
        "DEBUG": "false",
        "SECRET_KEY": "for this measurement alone, and of some length: 0123456789",
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }
    for command in (["migrate", "-v0"], ["load_sample", "-v0"], ["collectstatic", "-v0", "--noinput"]):
        run([sys.executable, "manage.py", *command], ROOT, environment)
    return ROOT, environment, "config.wsgi"


def run(command, folder, environment):
    """Seconds of CPU that a process took, its children's too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = subprocess.run(command, cwd=folder, env=environment, capture_output=True)  # noqa: S603
    if made.returncode:
        sys.exit(f"{command[1:3]} failed:\n{made.stderr.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory(prefix="cliffhanger-benchmark-") as place:
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sites = {"bare": bare_site(Path(place) / "site"), "ours": our_site(Path(place) / "ours")}
        print(f"{'':22}{'bare s':>9}{'ours s':>9}{'times':>8}")
        is_over = False
        for name in ("manage.py check", "first answer"):
            spent = {site: [] for site in sites}
            for is_measured in (False, *[True] * RUNS):
                for site, (folder, environment, wsgi) in sites.items():
                    deed = (
                        ["manage.py", "check"] if "check" in name else ["-c", FIRST_ANSWER.format(wsgi=wsgi)]
                    )
                    seconds = run([sys.executable, *deed], folder, environment)
                    spent[site] += [seconds] * is_measured
            bare, ours = (statistics.median(spent[site]) for site in sites)
            is_over = is_over or ours > MOST * bare
            print(f"{name:22}{bare:9.3f}{ours:9.3f}{ours / bare:8.2f}{' !' if ours > MOST * bare else ''}")
    sys.exit(is_over)


if __name__ == "__main__":
    main()
