"""How well the filter does on comments that somebody has labelled: the figures of `score_spam_filter`."""

import csv
import math
import random
import time
from collections import Counter
from itertools import chain
from typing import NamedTuple

from .bayes import LIKELY_SPAM, log_odds, strongest, weights
from .features import features

# The share of the good comments that may be held.
ALLOWED = 0.01
# The filter's own threshold, as log-odds.
SHIPPED = math.log(LIKELY_SPAM / (1 - LIKELY_SPAM))


class Example(NamedTuple):
    found: frozenset
    is_spam: bool


def read_examples(path):
    """The comments of a CSV file with the columns AUTHOR, CONTENT and CLASS (1 is spam, 0 is not).

    Raises ValueError with a sentence that names the line, OSError where the file cannot be read.
    """
    with open(path, encoding="utf-8", newline="") as file:
        try:
            rows = csv.DictReader(file)
            if missing := {"AUTHOR", "CONTENT", "CLASS"}.difference(rows.fieldnames or ()):
                raise ValueError(f"{path} has no column {', '.join(sorted(missing))}.")
            examples = [_example(row, f"{path}, line {rows.line_num}") for row in rows]
        except UnicodeDecodeError:
            raise ValueError(f"{path} is not text in UTF-8.") from None
        except csv.Error as error:
            raise ValueError(f"{path} is not a CSV file: {error}.") from None
    if len({example.is_spam for example in examples}) < 2:
        raise ValueError(f"{path} must hold both spam (1) and other comments (0).")
    return examples


def _example(row, place):
    if row["CLASS"] not in ("0", "1") or row["AUTHOR"] is None or row["CONTENT"] is None:
        raise ValueError(f"{place}: CLASS must be 0 or 1, with an AUTHOR and a CONTENT.")
    return Example(features(row["AUTHOR"], "", "", row["CONTENT"]), row["CLASS"] == "1")


class Vocabulary:
    """What was learned from examples, in memory."""

    def __init__(self, examples):
        self.spam = Counter(chain.from_iterable(e.found for e in examples if e.is_spam))
        self.ham = Counter(chain.from_iterable(e.found for e in examples if not e.is_spam))
        spams = sum(e.is_spam for e in examples)
        self.totals = spams, len(examples) - spams

    def weights(self, found):
        counts = {text: (self.spam[text], self.ham[text]) for text in found}
        return weights(counts, self.totals)

    def log_odds(self, example):
        return log_odds(self.weights(example.found))

    def most_telling(self, most=12):
        """The words that speak loudest for spam, of all that were learned."""
        return strongest(self.weights(self.spam), most)


class Outcome(NamedTuple):
    """Shares of the spam that was caught and of the good comments that were wrongly held."""

    caught: float
    held: float


def outcome(scored, threshold):
    """`scored` is (log-odds, is_spam) for each comment; what reaches the threshold is held."""
    held = Counter(is_spam for value, is_spam in scored if value >= threshold)
    there = Counter(is_spam for _value, is_spam in scored)
    return Outcome(held[True] / there[True], held[False] / there[False])


def threshold_for(scored, allowed=ALLOWED):
    """The lowest threshold at which no more than the allowed share of the good comments is held."""
    good = sorted((value for value, is_spam in scored if not is_spam), reverse=True)
    return math.nextafter(good[int(allowed * len(good))], math.inf)


def held_out(examples, folds, seed):
    """Lists of (log-odds, is_spam), a list a fold, each scored by what the other folds taught."""
    return [_scored(rest, fold) for fold, rest in _split(examples, folds, seed)]


def cross_validated(examples, folds=10, seed=1):
    """(at a threshold chosen by each fold's training comments alone, at the shipped threshold)."""
    chosen, shipped = [], []
    for fold, rest in _split(examples, folds, seed):
        threshold = threshold_for(list(chain.from_iterable(held_out(rest, folds, seed))))
        scored = _scored(rest, fold)
        chosen += [(value - threshold, is_spam) for value, is_spam in scored]
        shipped += scored
    return outcome(chosen, 0), outcome(shipped, SHIPPED)


def unseen(others, examples, folds=10, seed=1):
    """The same two outcomes on `examples`, none of which were learned: only `others` were."""
    threshold = threshold_for(list(chain.from_iterable(held_out(others, folds, seed))))
    scored = _scored(others, examples)
    return outcome(scored, threshold), outcome(scored, SHIPPED)


def milliseconds_per_comment(paths):
    """CPU time to find a comment's features, to learn it and to score it, on average."""
    started = time.process_time()
    examples = list(chain.from_iterable(map(read_examples, paths)))
    vocabulary = Vocabulary(examples)
    for example in examples:
        vocabulary.log_odds(example)
    return (time.process_time() - started) / len(examples) * 1000


def _scored(learned, examples):
    vocabulary = Vocabulary(learned)
    return [(vocabulary.log_odds(example), example.is_spam) for example in examples]


def _split(examples, folds, seed):
    """(a fold, all but it) for each fold; every fold has its share of spam."""
    parts = [[] for _ in range(folds)]
    shuffled = random.Random(seed).sample(examples, len(examples))  # noqa: S311 (no secret)
    for number, example in enumerate(sorted(shuffled, key=lambda example: example.is_spam)):
        parts[number % folds].append(example)
    for number, part in enumerate(parts):
        yield part, list(chain.from_iterable(parts[:number] + parts[number + 1 :]))
