"""Claims about a season's weeks in a chart, each of which knows the row that speaks against it.

Where a text names the week, that week decides; where it does not, the claim is wrong only if no week of
the run fits it. A week that is not on record contradicts nothing.
"""

from dataclasses import dataclass

from .runs import runs_of
from .subjects import Subject
from .weeks import When


@dataclass(frozen=True)
class Claim:
    """One claim about a run; what `value` is depends on the kind of claim."""

    subject: Subject
    when: When | None = None
    value: object = None

    def contradiction(self, record):
        """The row that speaks against it; None where it is true of any run, or nothing is known."""
        runs = runs_of(record, self.subject.season)
        rows = [self.row_against(run) for run in runs]
        return rows[0] if rows and all(rows) else None

    def row_against(self, run):
        raise NotImplementedError

    def weeks(self, run, shift=0):
        """The weeks it may be about; empty where one of them is not on record."""
        weeks = self.when.weeks_of(run, shift)
        return [] if None in weeks else weeks


@dataclass(frozen=True)
class Rank(Claim):
    """ "It fell to ninth": `value` is the rank."""

    def row_against(self, run):
        if self.when is None or self.when.is_count or self.when.how == "after":
            is_there = any(week.rank == self.value for week in run.listed)
            return None if is_there else run.row_of_all()
        weeks = self.weeks(run)
        if not weeks or any(week.rank == self.value for week in weeks):
            return None
        return run.row_of(weeks[0])


@dataclass(frozen=True)
class Best(Claim):
    """ "It peaked at second": `value` is the best rank; with `at_least` "it reached the second place"."""

    at_least: bool = False

    def row_against(self, run):
        if self.when and not self.when.is_count:
            return Rank(self.subject, self.when, self.value).row_against(run)
        best = min(week.rank for week in run.listed)
        is_true = best <= self.value if self.at_least else best == self.value
        return None if is_true else run.row_of_all()


@dataclass(frozen=True)
class Out(Claim):
    """ "It fell out of the top 10 in week three"; with `value` "fell" it was in it until then."""

    def row_against(self, run):
        if self.when is None:
            return None
        if self.when.is_count or self.when.how == "after":
            return self._row_against_count(run)
        weeks = self.weeks(run)
        listed = [week for week in weeks if not week.is_off_list]
        if weeks and len(listed) == len(weeks):
            return run.row_of(listed[0])
        return self._row_if_gone_before(run) if self.value == "fell" and self.when.how == "in" else None

    def _row_if_gone_before(self, run):
        if not self.when.number or self.when.number < 3:
            return None
        before = self.weeks(run, shift=-1)
        gone = [week for week in before if week.is_off_list]
        return run.row_of(gone[0]) if gone and len(gone) == len(before) else None

    def _row_against_count(self, run):
        """ "After three weeks" it is off in the fourth, and not before."""
        if self.when.how == "in":
            return None
        later = self.weeks(run, shift=1)
        if later and all(not week.is_off_list for week in later):
            return run.row_of(later[0])
        last = [] if self.when.how == "within" else self.weeks(run)
        if last and all(week.is_off_list for week in last):
            return run.row_of(last[0])
        return None


@dataclass(frozen=True)
class Stay(Claim):
    """ "It spent four weeks in the top 10": `value` is a Figure, `at_top` counts only weeks at number one."""

    at_top: bool = False

    def row_against(self, run):
        count = sum(1 for week in run.listed if week.rank == 1 or not self.at_top)
        if self.value.means(count) and (
            self.value.is_floor or self.value.is_ceiling or self.value.value == count
        ):
            return None
        is_settled = run.is_over or (self.at_top and run.listed[-1].rank > 1)
        if count < self.value.value and not is_settled:
            return None
        return run.row_of_all()


@dataclass(frozen=True)
class NeverIn(Claim):
    """ "It never reached the top 10"."""

    def row_against(self, run):
        if self.when is None:
            return run.row_of_all()
        weeks = self.weeks(run)
        return run.row_of(weeks[0]) if weeks and all(not week.is_off_list for week in weeks) else None


@dataclass(frozen=True)
class Amount(Claim):
    """ "24.07 million hours": `value` is a Figure, `unit` "hours" or "views", `is_sum` of weeks."""

    unit: str = "hours"
    is_sum: bool = False

    def row_against(self, run):
        if any(getattr(week, self.unit) is None for week in run.listed):
            return None
        if self.when and not self.is_sum and not self.when.is_count:
            weeks = self.weeks(run)
            if not weeks or any(self.value.means(self._amount(week)) for week in weeks):
                return None
            return run.row_of(weeks[0])
        if any(self.value.means(amount) for amount in self._amounts(run)):
            return None
        return run.row_of(min(run.listed, key=lambda week: self.value.distance(self._amount(week))))

    def _amount(self, week):
        return (week.at_most or 0) if week.is_off_list else getattr(week, self.unit)

    def _amounts(self, run):
        """Every week's figure, that of the tenth place after it, and every sum of weeks in a row."""
        amounts = [self._amount(week) for week in run.chart.weeks]
        for first in range(len(run.listed)):
            total = 0
            for week in run.listed[first:]:
                total += self._amount(week)
                amounts.append(total)
        return amounts


@dataclass(frozen=True)
class Change(Claim):
    """ "It fell by 64 per cent": `value` is a Figure in percent, `is_fall` its direction."""

    is_fall: bool = True

    def row_against(self, run):
        weeks = self.weeks(run) if self.when and not self.when.is_count else run.listed
        # A week off the list had at most what the tenth place had: it fell by that much or by more.
        if not weeks or any(week.is_off_list for week in weeks) or not run.listed[1:]:
            return None
        sized = [(week, change) for week in weeks for change in run.changes_into(week)]
        if not sized or any(self._means(change) for _week, change in sized):
            return None
        nearest = min(sized, key=lambda pair: abs(self._signed - pair[1]))
        return run.row_of(nearest[0])

    @property
    def _signed(self):
        return -self.value.value if self.is_fall else self.value.value

    def _means(self, change):
        return (change < 0) == self.is_fall and self.value.means(abs(change))


@dataclass(frozen=True)
class Trend(Claim):
    """ "Its hours rose in week three": only the direction; "it rose" may mean the rank."""

    is_fall: bool = True
    of_hours: bool = True

    def row_against(self, run):
        weeks = self.weeks(run) if self.when and not self.when.is_count and self.when.how != "after" else []
        if len(weeks) != 1 or weeks[0].is_off_list or weeks[0].change_percent is None:
            return None
        week = weeks[0]
        if (week.change_percent < 0) == self.is_fall or week.change_percent == 0:
            return None
        before = run.weeks[run.listed[run.listed.index(week) - 1].week_ending]
        rank_went = (week.rank > before.rank) == self.is_fall or week.rank == before.rank
        return run.row_of(week) if self.of_hours or not rank_went else None
