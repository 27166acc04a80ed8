"""Reading an article against the record."""

import pytest

from articles.checks.finding import Level
from articles.checks.record_checks import record_findings
from tests.factories_records import composed, make_record

IMPERFECTS = make_record(
    1,
    "The Imperfects",
    seasons=[(1, "2022-09-08", "2022-09-08")],
    decisions=[("cancelled", "2022-11-08", None)],
    on="2023-05-01",
)


def findings(html, record=IMPERFECTS, **edition):
    edition = composed(html, **{"show_id": record.show.pk, **edition})
    return record_findings(edition, {record.show.pk: record})


def test_a_finding_quotes_the_sentence_and_the_row_and_says_where():
    text = "<p>A quiet start. <em>The Imperfects</em> has been renewed for a second season.</p>"
    (found,) = findings(text, heading="The decision")
    assert found.quote == "The Imperfects has been renewed for a second season."
    assert found.row == "The Imperfects · Cancelled: Netflix, 8 Nov 2022"
    assert (found.check, found.level, found.place) == ("status", Level.WARNING, "The decision")
    assert (found.target, found.show_id) == ("block-0", 1)


def test_headline_and_standfirst_are_read_too():
    found = findings(
        "", headline="The Imperfects renewed for season 2", standfirst="It will be back for a second season."
    )
    assert [each.target for each in found] == ["headline", "standfirst"]


def test_a_show_without_a_record_is_left_alone():
    edition = composed("<p>The series was renewed for a second season.</p>", show_id=None)
    assert record_findings(edition, {}) == []


@pytest.mark.parametrize("tag", ["blockquote", "table"])
def test_quotations_and_tables_are_not_read(tag):
    assert findings(f"<{tag}><p>It has been renewed for a second season.</p></{tag}>") == []


RENEWED = "<p>It has been renewed for a second season.</p>"
DATED = "Netflix cancelled The Imperfects on 8 November 2022."


def with_update(text, *, decision, html=RENEWED):
    edition = composed(html, show_id=IMPERFECTS.show.pk)
    box = {"type": "update", "on": "2022-11-08", "text": text, "source": {}, "decision": decision}
    edition.content["blocks"].insert(0, box)
    return record_findings(edition, {IMPERFECTS.show.pk: IMPERFECTS})


def test_under_an_update_that_tells_the_decision_the_text_may_speak_of_the_time_before():
    assert with_update(DATED, decision=IMPERFECTS.decision_in_force.pk) == []
    (found,) = with_update("Nothing new.", decision=None)
    assert (found.check, found.target) == ("status", "block-1")
    wrong_day = "<p>The first season premiered on 1 January 2020.</p>"
    assert with_update(DATED, decision=IMPERFECTS.decision_in_force.pk, html=wrong_day)


def test_what_an_update_says_is_held_against_the_record_too():
    (found,) = with_update(
        "The Imperfects has been renewed for a second season.",
        decision=IMPERFECTS.decision_in_force.pk,
        html="<p>It is over.</p>",
    )
    assert (found.place, found.target) == ("Update", "block-0")
