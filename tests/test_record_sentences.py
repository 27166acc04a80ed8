"""The set of sentences: no true one is flagged, and of the false ones at least four in five are caught."""

import pytest

from articles.checks.record_checks import record_findings
from tests.factories_records import composed
from tests.record_sentences import COBRA_KAI, FALSE, IMPERFECTS, TRUE


def found_in(record, sentence):
    """What is found in an article that is about this show first; Cobra Kai is always on record."""
    records = {each.show.pk: each for each in (record, COBRA_KAI, IMPERFECTS)}
    return record_findings(composed(f"<p>{sentence}</p>", show_id=record.show.pk), records)


@pytest.mark.parametrize(("record", "sentence"), TRUE, ids=lambda value: str(value)[:60])
def test_a_true_sentence_is_left_alone(record, sentence):
    assert [(each.quote, each.row) for each in found_in(record, sentence)] == []


def test_at_least_four_in_five_false_sentences_are_caught(capsys):
    missed = [sentence for record, sentence in FALSE if not found_in(record, sentence)]
    caught = len(FALSE) - len(missed)
    with capsys.disabled():
        print(f"\n{caught} of {len(FALSE)} false sentences caught, {len(TRUE)} true ones. Missed: {missed}")
    assert caught >= 0.8 * len(FALSE)
