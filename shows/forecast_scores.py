"""How well forecasts fared: right ones, the Brier score, what each step came to. docs/record.md tells why.

A Score never tells a share of fewer forecasts than it takes to say one.
"""

from collections import Counter
from functools import cached_property
from statistics import mean, median_low
from typing import NamedTuple

from django.utils.translation import gettext as _

from shows.figures import whole_percent
from shows.forecasts import CHANCES, Verdict
from shows.models import Outlook
from shows.weekly_chart import Bar, Label, percent

# Fewer decided forecasts than these say nothing about the next: of all steps, of one step.
ENOUGH, ENOUGH_OF_A_STEP = 10, 5
HEIGHT, BASELINE, TALLEST = 232, 180, 150
SLOT = 100 / len(CHANCES)


class StepScore(NamedTuple):
    """How many forecasts of one step were decided, and of how many of them the show went on."""

    step: int
    count: int
    came: int

    @property
    def chance(self):
        return CHANCES[self.step]

    @property
    def label(self):
        return Outlook.Step(self.step).label

    @property
    def share(self):
        """In whole percent; None where there are too few of them to say."""
        return whole_percent(self.came, self.count) if self.count >= ENOUGH_OF_A_STEP else None


class Score:
    """How forecasts (`Judged`) fared, those that were decided, beside what anybody may say without them."""

    def __init__(self, judged):
        judged = list(judged)
        self.scored = [each for each in judged if each.is_scored]
        self.counts = Counter(each.verdict for each in judged)
        self.count = len(self.scored)
        self.right = self.counts[Verdict.RIGHT]
        self.came = sum(each.answer.goes_on for each in self.scored)

    @property
    def is_enough(self):
        return self.count >= ENOUGH

    @property
    def enough(self):
        return ENOUGH

    @property
    def right_percent(self):
        return whole_percent(self.right, self.count)

    @property
    def more_frequent(self):
        """How many would have been right by always saying what came more often."""
        return max(self.came, self.count - self.came)

    @property
    def more_frequent_percent(self):
        return whole_percent(self.more_frequent, self.count)

    @cached_property
    def brier(self):
        """The mean of (chance - what came) squared: 0 is best, 1 worst."""
        return mean(each.brier for each in self.scored)

    @property
    def base_brier(self):
        """What it would be for always saying the share of shows that went on, which only hindsight knows."""
        share = self.came / self.count
        return share * (1 - share)

    @property
    def is_better_than_base(self):
        return self.brier < self.base_brier

    @property
    def lead_days(self):
        """The median of whole days from forecast to decision; of an even number the lower middle one."""
        return median_low(each.lead_days for each in self.scored)

    @cached_property
    def steps(self):
        """A StepScore for each of the eight steps, the surest renewal last."""
        count = Counter(each.outlook.step for each in self.scored)
        came = Counter(each.outlook.step for each in self.scored if each.answer.goes_on)
        return [StepScore(step, count[step], came[step]) for step in CHANCES]

    @property
    def chart(self):
        return CalibrationChart(self.steps)


class CalibrationChart:
    """What each step says, as a dashed bar, beside what came, as a full one; the table has the figures."""

    height, baseline, top = HEIGHT, BASELINE, BASELINE - TALLEST

    def __init__(self, steps):
        self.steps = steps

    @property
    def description(self):
        told = [
            _("step %(step)s says %(chance)s %%, %(share)s %% came")
            % {"step": each.step, "chance": each.chance, "share": each.share}
            for each in self.steps
            if each.share is not None
        ]
        return "; ".join(told) + "." if told else _("No step has enough decided forecasts to say.")

    @property
    def bars(self):
        for index, each in enumerate(self.steps):
            yield _bar(index, 0.1, each.chance, "part")
            if each.share is not None:
                yield _bar(index, 0.52, each.share, "")

    @property
    def labels(self):
        for index, each in enumerate(self.steps):
            middle = percent(SLOT * (index + 0.5))
            yield Label(middle, BASELINE + 20, str(each.step), "", "middle")
            yield Label(middle, BASELINE + 40, f"{each.came}/{each.count}", "sub", "middle")
            if each.share is not None:
                above = BASELINE - _tall(each.share) - 7
                yield Label(percent(SLOT * (index + 0.71)), above, f"{each.share}", "sub opt", "middle")


def _bar(index, start, share, css):
    tall = _tall(share)
    return Bar(percent(SLOT * (index + start)), percent(SLOT * 0.38), BASELINE - tall, tall, css)


def _tall(share):
    return max(round(TALLEST * share / 100), 1)
