from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comments.spam import report
from comments.spam.bayes import LIKELY_SPAM

TEXT = """\
{comments} comments in {files}, {spam} of them spam. Caught is the share of the spam that was held, wrongly
held the share of the others. “Chosen” is the threshold that held at most 1 % of the others when the training
comments were scored by each other, without those counted here. “Shipped” is the site's own, {shipped}.

{table}

Most telling: {words}.
CPU per comment, learning and scoring: {cpu:.2f} ms.
"""


class Command(BaseCommand):
    """Report how well the spam filter does on labelled comments; reads and writes no database."""

    help = "Measure the spam filter on CSV files with the columns AUTHOR, CONTENT and CLASS (1 is spam)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--folds", type=int, default=10)
        parser.add_argument("--seed", type=int, default=1, help="of the shuffling into folds")

    def handle(self, *, file, folds, seed, **options):
        try:
            files = {path: report.read_examples(path) for path in file}
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        examples = list(chain.from_iterable(files.values()))
        spam = sum(example.is_spam for example in examples)
        if folds < 2 or min(spam, len(examples) - spam) < 2 * folds:
            raise CommandError("Each fold needs two spam comments and two others: choose other --folds.")
        results = {f"{folds}-fold": report.cross_validated(examples, folds, seed)}
        for path, own in files.items() if len(files) > 1 else ():
            others = list(chain.from_iterable(files[other] for other in files if other != path))
            results[f"{path.name}, unseen"] = report.unseen(others, own, folds, seed)
        text = TEXT.format(
            comments=len(examples),
            files="1 file" if len(files) == 1 else f"{len(files)} files",
            spam=spam,
            shipped=LIKELY_SPAM,
            table="\n".join(table(results)),
            words=", ".join(report.Vocabulary(examples).most_telling()),
            cpu=report.milliseconds_per_comment(files),
        )
        self.stdout.write(text, ending="")


def table(results):
    """The lines of the table, its two of headings first."""
    width = max(map(len, results)) + 2
    yield " " * width + f"{'chosen':^23} {'shipped':^23}".rstrip()
    yield " " * width + " ".join([f"{'caught':>8} {'wrongly held':>14}"] * 2)
    for name, outcomes in results.items():
        yield f"{name:{width}}" + " ".join(f"{o.caught:8.1%} {o.held:14.1%}" for o in outcomes)
