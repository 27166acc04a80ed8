"""Random edits of two people, saved one after the other; `benchmarks/competing_saves.py` does it at once."""

import pytest

from benchmarks.competing_saves import Lost, Trial
from tests.quick_form import opened
from tests.writing import change_url, fields_of

pytestmark = pytest.mark.django_db


class DeskEditor:
    """Somebody at the form, without a server."""

    def __init__(self, desk, article):
        self.desk, self.article, self.url = desk, article, change_url(article)

    def open(self):
        return opened(self.desk, self.article)

    def post(self, data):
        response = self.desk.post(self.url, data)
        page = response.content.decode()
        return response.status_code, page, fields_of(page) if response.status_code == 200 else {}


class OneAfterTheOther(Trial):
    def both(self, deeds):
        return [deed() for deed in deeds]


def test_of_five_pairs_of_competing_saves_no_edit_is_lost_unsaid(at_desk):
    trial = OneAfterTheOther(lambda user, article: DeskEditor(at_desk(user), article), seed=5)
    for _number in range(5):
        trial.pair()
    assert trial.counts["conflicts shown"] >= 2 and trial.counts["in the article"] >= 8


def test_the_trial_tells_where_an_edit_is_lost(at_desk, monkeypatch):
    trial = OneAfterTheOther(lambda user, article: DeskEditor(at_desk(user), article), seed=5)
    # As if nobody looked at what was saved meanwhile.
    monkeypatch.setattr("articles.admin.merged_form.Typing.merge", lambda *args, **kwargs: None)
    with pytest.raises(Lost):
        for _number in range(12):
            trial.pair()
