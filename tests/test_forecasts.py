"""What became of forecasts: what answers them, which of them count, and that they stay as they were made."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from shows.forecast_words import verdict_text
from shows.forecasts import Verdict, judged_of
from shows.models import Decision, Outlook, Show
from tests.factories_shows import make_decision, make_outlook, make_season, make_show

pytestmark = pytest.mark.django_db
TODAY = date(2022, 12, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-12-01T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    """One season, released whole in September."""
    show = make_show()
    make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
    return show


def verdicts(show, on=TODAY):
    """What became of a show's forecasts, the first recorded first."""
    judged = judged_of(Show.objects.get(pk=show.pk), on)
    return [judged[pk].verdict for pk in sorted(judged)]


def judged(outlook, on=TODAY):
    return judged_of(Show.objects.get(pk=outlook.show_id), on)[outlook.pk]


@pytest.mark.parametrize(
    ("outcome", "season", "goes_on"),
    [
        ("renewed", 2, True),
        ("renewed", None, True),
        ("renewed", 3, True),
        ("final_season", 2, True),
        ("revived", 2, True),
        ("cancelled", None, False),
        ("cancelled", 1, False),
        ("ended", None, False),
        # The season that is there is the last.
        ("final_season", 1, False),
    ],
)
def test_these_decisions_answer_whether_there_will_be_season_2(show, outcome, season, goes_on):
    likely, unlikely = make_outlook(show, 6), make_outlook(show, 3, dated_on="2022-11-01")
    make_decision(show, outcome, "2022-11-08", season_number=season)
    assert judged(unlikely).answer.goes_on is goes_on
    assert verdicts(show) == [Verdict.REPLACED, Verdict.WRONG if goes_on else Verdict.RIGHT]
    assert judged(likely).answer == judged(unlikely).answer


@pytest.mark.parametrize(("outcome", "season"), [("ordered", 2), ("removed", None), ("renewed", 1)])
def test_these_answer_nothing(show, outcome, season):
    make_outlook(show, 6)
    make_decision(show, outcome, "2022-11-08", season_number=season)
    assert verdicts(show) == [Verdict.OPEN]


@pytest.mark.parametrize(
    ("step", "goes_on", "verdict"),
    [(1, False, "right"), (4, False, "right"), (5, False, "wrong"), (5, True, "right"), (8, False, "wrong")],
)
def test_a_step_is_right_on_its_own_side_of_the_middle(show, step, goes_on, verdict):
    outlook = make_outlook(show, step)
    make_decision(show, "renewed" if goes_on else "cancelled", "2022-11-08", season_number=2)
    assert judged(outlook).verdict == verdict


def test_the_score_is_the_square_of_what_was_missed(show):
    outlook = make_outlook(show, 6, dated_on="2022-10-01")
    make_decision(show, "cancelled", "2022-11-08")
    # 80 % for what did not come: 0.8 times 0.8.
    assert judged(outlook).brier == pytest.approx(0.64)
    assert judged(outlook).lead_days == 38
    assert verdict_text(judged(outlook)) == "Wrong: Cancelled, 8 Nov 2022"


def test_only_what_was_said_before_the_day_of_the_decision_counts(show):
    make_decision(show, "cancelled", "2022-11-08")
    for day in ("2022-11-07", "2022-11-08"):
        make_outlook(show, 2, dated_on=day)
    assert verdicts(show) == [Verdict.RIGHT, Verdict.UNSCORED]
    same_day = Outlook.objects.get(dated_on="2022-11-08")
    told = "Not scored: Cancelled, 8 Nov 2022; it was not made before that day"
    assert verdict_text(judged(same_day)) == told


def test_of_a_decision_known_to_the_month_the_first_day_counts(show):
    make_decision(show, "cancelled", "2022-11-01", precision="month")
    for day in ("2022-10-31", "2022-11-30"):
        make_outlook(show, 2, dated_on=day)
    assert verdicts(show) == [Verdict.RIGHT, Verdict.UNSCORED]


def test_a_decision_without_a_date_scores_nothing(show):
    outlook = make_outlook(show, 2)
    Decision.objects.create(show=show, outcome="cancelled", precision="unknown")
    assert verdict_text(judged(outlook)).startswith("Not scored: Cancelled, date not known; the day of")


def test_a_season_that_began_without_a_decision_on_record_scores_nothing(show):
    outlook = make_outlook(show, 7, dated_on="2022-10-01")
    make_season(show, 2, premiered_on="2022-11-20")
    assert verdict_text(judged(outlook)) == (
        "Not scored: Season 2 began on 20 Nov 2022; the day of the decision is not on record"
    )
    make_decision(show, "renewed", "2022-11-01", season_number=2)
    assert judged(outlook).verdict == Verdict.RIGHT


def test_of_several_the_last_before_the_decision_counts(show):
    for day, step in (("2022-09-20", 6), ("2022-10-20", 3), ("2022-11-20", 1)):
        make_outlook(show, step, dated_on=day)
    make_decision(show, "cancelled", "2022-11-08")
    # The third was made after the decision: it asks whether the show comes back.
    assert verdicts(show) == [Verdict.REPLACED, Verdict.RIGHT, Verdict.OPEN]


def test_the_first_decision_counts_and_what_follows_it_changes_no_score(show):
    outlook = make_outlook(show, 7)
    make_decision(show, "renewed", "2022-11-01", season_number=2)
    make_decision(show, "cancelled", "2022-11-20")
    assert judged(outlook).verdict == Verdict.RIGHT


def test_a_show_may_be_forecast_to_come_back_after_it_was_cancelled(show):
    make_decision(show, "cancelled", "2022-10-01")
    outlook = make_outlook(show, 5, dated_on="2022-10-10", season_number=2)
    assert judged(outlook).verdict == Verdict.OPEN
    make_decision(show, "revived", "2022-11-01", season_number=2)
    assert judged(outlook).verdict == Verdict.RIGHT


def test_a_later_season_is_another_question(show):
    second, third = make_outlook(show, 7, season_number=2), make_outlook(show, 2, season_number=3)
    make_decision(show, "renewed", "2022-11-01", season_number=2)
    assert (judged(second).verdict, judged(third).verdict) == (Verdict.RIGHT, Verdict.OPEN)


def test_decisions_to_come_answer_nothing_yet(show):
    outlook = make_outlook(show, 2)
    make_decision(show, "cancelled", "2022-12-05")
    assert judged(outlook).verdict == Verdict.OPEN
    assert judged(outlook, on=date(2022, 12, 5)).verdict == Verdict.RIGHT


def test_without_a_decision_for_24_months_it_is_called_undecided_until_one_comes(show):
    outlook = make_outlook(show, 2, dated_on="2022-10-01")
    assert judged(outlook, on=date(2024, 9, 30)).verdict == Verdict.OPEN
    assert judged(outlook, on=date(2024, 10, 1)).verdict == Verdict.UNDECIDED
    make_decision(show, "cancelled", "2025-01-01")
    assert judged(outlook, on=date(2025, 1, 1)).verdict == Verdict.RIGHT


class TestItStaysAsItWasRecorded:
    def test_the_season_that_is_asked_about_follows_from_the_record(self, show):
        assert make_outlook(show, 6).season_number == 2
        make_decision(show, "renewed", "2022-11-01", season_number=2)
        assert make_outlook(show, 6).season_number == 3
        assert make_outlook(make_show("New"), 6).question == "Will there be another season?"

    @pytest.mark.parametrize(
        ("name", "value"),
        [("step", 8), ("reason", "I knew."), ("dated_on", date(2022, 1, 1)), ("season_number", 5)],
    )
    def test_nothing_that_it_says_is_changed(self, show, name, value):
        outlook = Outlook.objects.get(pk=make_outlook(show, 2).pk)
        setattr(outlook, name, value)
        with pytest.raises(ValidationError):
            outlook.save()

    def test_it_is_not_deleted_nor_is_its_show(self, show):
        with pytest.raises(ValidationError):
            make_outlook(show, 2).delete()
        with pytest.raises(ProtectedError):
            show.delete()

    def test_a_withdrawn_one_is_not_scored_and_says_why(self, show, editor):
        first, wrong = make_outlook(show, 3), make_outlook(show, 8)
        wrong.withdraw(editor, "A slip of the mouse.")
        # What was said before stands again.
        assert verdicts(show) == [Verdict.OPEN, Verdict.WITHDRAWN]
        assert verdict_text(judged(wrong)) == "Withdrawn: 1 Dec 2022, “A slip of the mouse.”"
        make_decision(show, "cancelled", "2022-12-02")
        assert verdicts(show, on=date(2022, 12, 2)) == [Verdict.RIGHT, Verdict.WITHDRAWN]
        assert first.withdrawn_at is None
        with pytest.raises(ValidationError):
            wrong.withdraw(editor, "Another reason.")

    def test_one_that_is_withdrawn_once_the_news_is_out_counts(self, show, editor, today):
        outlook = make_outlook(show, 8)
        today.move_to(datetime(2022, 12, 5, 12, tzinfo=UTC))
        outlook.withdraw(editor, "Not meant.")
        make_decision(show, "cancelled", "2022-12-05")
        assert judged(outlook, on=date(2022, 12, 6)).verdict == Verdict.WRONG
