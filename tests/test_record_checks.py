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
