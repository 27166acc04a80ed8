"""Whether every version gets its number once, and none is lost, when many publish one article at once.

    uv run python benchmarks/publishing_race.py [PROCESSES] [ROUNDS] [SEED]

Each of 20 processes (or as many as are given) saves the draft and publishes it again and again, some of it
for later, while others take theirs back or unpublish. Makes a site of its own in a temporary folder and
removes it; `DATABASE_URL` may name an empty database of PostgreSQL instead of its SQLite. Ends with 1 where a
number was given twice, a version is missing, or what a process published is not what is stored under it.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSES, ROUNDS = 20, 10


def set_up():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def make_site():
    """A draft that can be published; returns its number."""
    from django.core.management import call_command

    from articles.models import Article, ArticleAuthor, Author, Category, Section

    call_command("migrate", verbosity=0)
    category = Category.objects.create(name="News", slug="news")
    article = Article.objects.create(headline="Draft", category=category)
    author = Author.objects.create(name="Ada Writer", slug="ada-writer")
    ArticleAuthor.objects.create(article=article, author=author)
    Section.objects.create(parent=article, ordering=10, kind="overview", body="<p>What is known.</p>")
    return article.pk


def publish_again_and_again(name, article_id, rounds, seed):
    """One process: prints a JSON line for every version that it was told it had published."""
    from django.utils import timezone

    from articles.models import Article, Section

    dice = random.Random(seed)  # noqa: S311
    for number in range(rounds):
        text = f"<p>{name} wrote this in round {number}.</p>"
        Section.objects.filter(parent=article_id).update(body=text)
        article = Article.objects.get(pk=article_id)
        at = timezone.now() + timedelta(hours=dice.randint(1, 9)) if dice.random() < 0.2 else None
        edition = article.publish(at=at, note=f"{name} {number}")
        cancelled = at is not None and dice.random() < 0.5 and article.cancel(edition)
        if at is None and dice.random() < 0.1:
            article.unpublish()
        line = {
            "number": edition.number,
            "note": edition.note,
            "pk": edition.pk,
            "cancelled": bool(cancelled),
        }
        print(json.dumps(line), flush=True)


def run(processes, rounds, seed):
    """All processes at once; the lines that they printed."""
    article_id = make_site()
    arguments = [sys.executable, __file__, "--publish"]
    racers = [
        subprocess.Popen(  # noqa: S603
            [*arguments, f"P{n}", str(article_id), str(rounds), str(seed + n)], stdout=subprocess.PIPE
        )
        for n in range(processes)
    ]
    printed = [racer.communicate()[0].decode().splitlines() for racer in racers]
    failed = sum(racer.returncode != 0 for racer in racers)
    return article_id, [json.loads(line) for lines in printed for line in lines], failed


def judge(article_id, told, wanted, failed):
    """Sentences that say what went wrong; none when all is well."""
    from articles.models import Article

    stored = {edition.pk: edition for edition in Article.objects.get(pk=article_id).editions.all()}
    kept = [line for line in told if not line["cancelled"]]
    numbers = [edition.number for edition in stored.values()]
    wrong = [f"{failed} processes failed."] if failed else []
    if len(told) != wanted:
        wrong.append(f"{wanted} versions were to be published, {len(told)} were.")
    if len(numbers) != len(set(numbers)):
        wrong.append("A number was given twice.")
    if {line["pk"] for line in kept} != set(stored):
        wrong.append("What is stored is not what was published.")
    wrong += [
        f"Version {line['number']} is not what {line['note']} published."
        for line in kept
        if line["pk"] in stored
        and (stored[line["pk"]].note, stored[line["pk"]].number) != (line["note"], line["number"])
    ]
    return wrong


def main(processes=PROCESSES, rounds=ROUNDS, seed=1):
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENV_FILE=os.devnull, VAR_DIR=folder, SECRET_KEY="of-a-benchmark")  # noqa: S106
        set_up()
        began = time.monotonic()
        article_id, told, failed = run(processes, rounds, seed)
        wrong = judge(article_id, told, processes * rounds, failed)
        dropped = sum(line["cancelled"] for line in told)
        print(
            f"{processes} processes published {len(told)} versions in {time.monotonic() - began:.0f} s "
            f"(seed {seed}), {dropped} of them taken back again."
        )
        print("\n".join(wrong) or "Each number once, none lost, each as it was published.")
        return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--publish"]:
        set_up()
        publish_again_and_again(sys.argv[2], *map(int, sys.argv[3:6]))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))
