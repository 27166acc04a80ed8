"""Whether any edit is lost unsaid when two people save one article at the same time, again and again.

    uv run python benchmarks/competing_saves.py [PAIRS] [SEED]      500 pairs, seed 1

Two editors open the article's form on a running server, each edits something at random (fields, sections,
new and removed blocks, the order), and both press Save at once. Whoever is asked answers at random, until
saved. After each pair the article must hold every edit, or its author must have been shown the conflict with
both texts; anything else is a loss. `--kills N` then kills the server N times while an editor types and the
form keeps it, and counts what was told to be kept and is not there. Makes a site of its own in a temporary
folder and removes it; `DATABASE_URL` may name an empty PostgreSQL database. Ends with 1 where anything
is lost.
"""

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
SECTIONS = 3
TRIES = 8
FORM = "application/x-www-form-urlencoded"
FIELDS = ("headline", "kicker", "standfirst", "search_title")
SECTION = "articles_section_set"


class Lost(Exception):
    """An edit that is not in the article and that its author was told nothing of."""


class Server:
    """A site on this machine, as it runs for real."""

    def __init__(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.start()

    def start(self):
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(self.port),
            "--no-ws",
        ]
        command += ["--workers", str(WORKERS), "--blocking-threads", "1", "--log-level", "error"]
        self.process = subprocess.Popen(  # noqa: S603 (ours)
            [*command, "config.wsgi:application"], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(300):
            try:
                return self.answer("GET", "/health/", {})
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server does not start.")

    def kill(self):
        """At once and with all its workers, as a failing machine would."""
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def answer(self, method, path, headers, body=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location", ""), response.read().decode()
        finally:
            connection.close()


class Editor:
    """Somebody who is logged in, with one form."""

    def __init__(self, server, user, article):
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user, backend="logins.backend.LoginBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.secret = "a" * 32
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: self.secret}
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.server, self.path = server, f"/admin/articles/article/{article.pk}/"

    def get(self, path="change/"):
        status, _location, page = self.server.answer("GET", self.path + path, self.headers)
        if status != 200:
            raise Lost(f"The form answers {status}.")
        return page

    def post(self, data, path="change/"):
        from tests.writing import fields_of

        body = urlencode(data | {"csrfmiddlewaretoken": self.secret}, doseq=True)
        headers = self.headers | {"Content-Type": FORM}
        status, _location, page = self.server.answer("POST", self.path + path, headers, body)
        return status, page, fields_of(page) if status == 200 and path == "change/" else {}

    def open(self):
        from tests.writing import fields_of

        self.form = fields_of(self.get())
        return self.form


class Edits:
    """What one person changes in a form, so that it can be told afterwards what became of each."""

    def __init__(self, choose, name, form):
        self.random, self.name, self.form = choose, name, dict(form)
        # {kind of edit: the text that must be in the article, or in a conflict that was shown}
        self.texts = []
        self.removed = []
        deeds = [self.edit_field, self.edit_section, self.edit_section, self.add, self.remove, self.move]
        for deed in self.random.sample(deeds, self.random.randint(2, 4)):
            deed()

    def word(self):
        return f"{self.name}{self.random.randrange(10**9)}"

    def rows(self):
        prefix = f"{SECTION}-"
        numbers = range(int(self.form[f"{prefix}INITIAL_FORMS"]))
        return [f"{prefix}{n}-" for n in numbers if f"{prefix}{n}-DELETE" not in self.form]

    def edit_field(self):
        field, word = self.random.choice(FIELDS), self.word()
        self.form[field] = word
        self.texts.append(word)

    def edit_section(self):
        if rows := self.rows():
            word = self.word()
            field = self.random.choice(["body", "body", "heading"])
            row = self.random.choice(rows)
            if row in {edited for edited, _field in self.edited_rows()}:
                return
            self.form[f"{row}{field}"] = f"<p>{word}</p>" if field == "body" else word
            self.texts.append(word)
            self.touched = [*self.edited_rows(), (row, field)]

    def edited_rows(self):
        return getattr(self, "touched", [])

    def add(self):
        from tests.writing import with_block

        word = self.word()
        with_block(self.form, "section", body=f"<p>{word}</p>", ordering=self.random.randint(1, 60))
        self.texts.append(word)

    def remove(self):
        rows = [row for row in self.rows() if row not in {edited for edited, _field in self.edited_rows()}]
        if len(rows) > 1:
            row = self.random.choice(rows)
            self.form[f"{row}DELETE"] = "on"
            self.removed.append(self.form[f"{row}id"])

    def move(self):
        if rows := self.rows():
            self.form[f"{self.random.choice(rows)}ordering"] = self.random.choice([1, 999])


class Trial:
    """One article, two editors, and what became of each of their edits."""

    def __init__(self, make_editor, seed):
        """`make_editor` gives an Editor for a user and an article."""
        from django.contrib.auth.models import User

        from articles.models import Article, Section

        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.article = Article.objects.create(headline="At first")
        self.model = Article
        for number in range(SECTIONS):
            Section.objects.create(parent=self.article, body=f"<p>Section {number}</p>", ordering=number * 10)
        people = [User.objects.create_superuser(name, f"{name}@b.example", "x") for name in ("ada", "ben")]
        self.editors = [make_editor(person, self.article) for person in people]
        self.counts = Counter()

    def refill(self):
        """Sections to edit: random removals must not leave an empty article."""
        from articles.models import Section

        count = Section.objects.filter(parent=self.article).count()
        for number in range(count, SECTIONS):
            word = f"<p>More {self.random.randrange(10**9)}</p>"
            Section.objects.create(parent=self.article, body=word, ordering=1000 + number)
        if count > 2 * SECTIONS:
            Section.objects.filter(
                pk__in=[s.pk for s in Section.objects.filter(parent=self.article)[SECTIONS:]]
            ).delete()

    def pair(self):
        self.refill()
        edits = [
            Edits(self.random, name, editor.open())
            for name, editor in zip(("ada", "ben"), self.editors, strict=True)
        ]
        seeds = [self.random.random() for _ in edits]
        shown = self.both(
            [
                lambda number=number: self.save(
                    self.editors[number],
                    edits[number].form,
                    random.Random(seeds[number]),  # noqa: S311 (no secret)
                )
                for number in (0, 1)
            ]
        )
        self.judge(edits, shown)

    def both(self, deeds):
        """The results of two deeds that set off at the same moment."""
        start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

        def run(number):
            start.wait()
            try:
                results[number] = deeds[number]()
            except Exception as problem:
                results[number] = problem

        threads = [threading.Thread(target=run, args=[number]) for number in range(len(deeds))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def save(self, editor, form, choose):
        """Press Save, and choose where it asks, until it is saved; the conflicts shown, as their texts."""
        shown = []
        for _ in range(TRIES):
            status, page, again = editor.post(form)
            if status == 302:
                return shown
            asked = again.get("_asked", [])
            if status != 200 or not asked:
                raise Lost(f"Save answers {status}: {re.findall('errornote.*?</div>', page, re.S)[:1]}")
            self.counts["conflicts shown"] += len(asked)
            shown += [unescape(re.sub(r"<[^>]+>", " ", text)) for text in conflicts_in(page)]
            form = again | {f"_choice-{key}": choose.choice(["mine", "theirs"]) for key in asked}
        raise Lost(f"Not saved after {TRIES} presses.")

    def judge(self, edits, shown):
        """Count what became of every edit; Lost where its author does not know."""
        article = self.model.objects.get(pk=self.article.pk)
        blocks = {str(block.pk): f"{block.heading} {block.body}" for block in article.blocks()}
        held = " ".join([*blocks.values(), *(getattr(article, name) for name in FIELDS)])
        told = " ".join([*shown[0], *shown[1]])
        for edit in edits:
            for text in edit.texts:
                self.counts["edits"] += 1
                if text in held:
                    self.counts["in the article"] += 1
                elif text in told:
                    self.counts["decided by a choice that showed both texts"] += 1
                else:
                    raise Lost(f"“{text}” is gone and nobody was told.")
            for pk in edit.removed:
                self.counts["removals"] += 1
                if pk in blocks and not told:
                    raise Lost(f"Section {pk} was removed, is back, and nobody was told.")

    def forget_copies(self):
        from articles.models import PrivateCopy

        PrivateCopy.objects.all().delete()


def conflicts_in(page):
    return re.findall(r'<fieldset class="copy-conflict">(.*?)</fieldset>', page, re.S)


def killed(trial, server, kills):
    """Type, be told that it is kept, have the server killed at any moment, come back: is it all there?"""
    editor = trial.editors[0]
    for _number in range(kills):
        form = editor.open()
        kept, sent = None, None
        stopper = threading.Timer(trial.random.uniform(0.05, 1.0), server.kill)
        stopper.start()
        turn = 0
        try:
            while True:
                turn += 1
                word = f"typed{trial.random.randrange(10**9)}"
                sent = word
                status, page, _again = editor.post(form | {"headline": word, "_turn": turn}, "copy/")
                if status == 200 and '"kept": "' in page:
                    kept = word
        except (OSError, HTTPException):
            pass
        stopper.join()
        server.start()
        if kept is not None:
            trial.counts["texts kept before a kill"] += 1
            page = editor.get("change/?copy=1")
            # What was sent last may have been kept too, and only its answer lost.
            if f'value="{kept}"' not in page and f'value="{sent}"' not in page:
                raise Lost(f"“{kept}” was told to be kept and is gone.")
            trial.counts["there after it"] += 1
        trial.forget_copies()


def main():
    import django
    from django.core.management import call_command

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pairs", type=int, nargs="?", default=500)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--kills", type=int, default=0)
    options = parser.parse_args()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    server, started, done = Server(), time.monotonic(), 0
    trial = Trial(lambda user, article: Editor(server, user, article), options.seed)
    lost = None
    try:
        for done in range(1, options.pairs + 1):
            trial.pair()
            print(f"\r{done} of {options.pairs} pairs", end="", file=sys.stderr, flush=True)
        killed(trial, server, options.kills)
    except Lost as problem:
        lost = problem
    finally:
        server.kill()
    print(f"\n{done} pairs in {time.monotonic() - started:.0f} s (seed {options.seed})")
    for what, count in trial.counts.items():
        print(f"{count:8}  {what}")
    print(f"{'LOST: ' + str(lost) if lost else 'nothing lost unsaid'}")
    raise SystemExit(bool(lost))


if __name__ == "__main__":
    from own_site import own_site

    with own_site("testserver,127.0.0.1"):
        main()
