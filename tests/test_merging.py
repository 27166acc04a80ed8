"""The merge on plain data: whatever two people change, no change of either is gone unasked."""

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.merging import Merge, Record, Sheet, Value, woven

WORDS = st.sampled_from(["a", "b", "c", ""])
NAMES = ("headline", "kicker")


def value(text):
    return Value(text, (text,))


def sheet(fields, rows, order=None):
    rows = {key: {"body": value(body)} for key, body in rows.items()}
    return Sheet({name: value(text) for name, text in fields.items()}, rows, {"blocks": order or list(rows)})


@st.composite
def three_sheets(draw):
    """As opened, as typed by me, as saved by them: each of the two edits, removes, adds and moves rows."""
    fields = {name: draw(WORDS) for name in NAMES}
    rows = {f"section:{n}": draw(WORDS) for n in range(draw(st.integers(0, 4)))}
    sides = []
    for mark in ("+m", "t"):
        side_fields = {name: draw(st.one_of(st.just(text), WORDS)) for name, text in fields.items()}
        side_rows = {
            key: draw(st.one_of(st.just(body), WORDS))
            for key, body in rows.items()
            if draw(st.integers(0, 3))
        }
        side_rows |= {f"section:{mark}{n}": mark + str(n) for n in range(draw(st.integers(0, 2)))}
        order = draw(st.permutations(list(side_rows))) if draw(st.booleans()) else list(side_rows)
        sides.append(sheet(side_fields, side_rows, list(order)))
    mine, theirs = sides
    # A form still sends a row that is to be removed, with a tick.
    for key in rows.keys() - mine.rows.keys():
        mine.rows[key] = {"body": value(rows[key])}
        mine.removed.add(key)
    return Record.of(sheet(fields, rows)), mine, theirs


def text(row):
    return row["body"].plain if row else None


@settings(max_examples=300, deadline=None)
@given(three_sheets())
def test_no_change_of_either_is_gone_unasked(sheets):
    was, mine, theirs = sheets
    merge = Merge(was, mine, theirs)
    asked = {conflict.key for conflict in merge.conflicts}
    for name in NAMES:
        for side in (mine, theirs):
            if side.fields[name].mark != was.fields[name]:
                assert merge.fields[name] == side.fields[name] or name in asked
    saved = {key: row for key, row in merge.rows.items() if key not in merge.removed}
    for side, removed in ((mine, mine.removed), (theirs, set(was.rows) - set(theirs.rows))):
        for key, row in side.rows.items():
            before = was.rows.get(key, {}).get("body")
            if key not in removed and before != row["body"].mark:
                assert text(saved.get(key)) == text(row) or {key, f"{key}:body"} & asked
        for key in removed:
            assert key not in saved or key in asked


@settings(max_examples=300, deadline=None)
@given(three_sheets())
def test_what_nobody_changed_is_never_asked_about(sheets):
    was, mine, theirs = sheets
    for conflict in Merge(was, mine, theirs).conflicts:
        if conflict.key in NAMES:
            marks = {was.fields[conflict.key], conflict.mine.mark, conflict.theirs.mark}
            assert len(marks) == 3


@settings(max_examples=200, deadline=None)
@given(three_sheets(), st.randoms(use_true_random=False))
def test_answering_every_question_settles_it(sheets, choose):
    was, mine, theirs = sheets
    merge = Merge(was, mine, theirs)
    asked = [conflict.key for conflict in merge.conflicts]
    rows = merge.rows | merge.held
    order = [*merge.orders["blocks"], *merge.held, *merge.removed]
    again = Sheet(merge.fields, rows, {"blocks": order}, set(merge.removed))
    choices = {key: choose.choice(["mine", "theirs"]) for key in asked}
    settled = Merge(Record.of(theirs), again, theirs, asked=asked, choices=choices)
    assert not settled.conflicts and not settled.held


def test_every_row_stands_in_the_order_once():
    choose = random.Random(7)  # noqa: S311 (no secret)
    for _ in range(200):
        one = choose.sample(range(9), 5)
        other = choose.sample(range(9), 6)
        order = woven(one, other)
        assert sorted(order) == sorted({*one, *other}) and [k for k in order if k in one] == one


def test_a_record_is_read_as_it_was_written():
    record = Record.of(sheet({"headline": "Before"}, {"section:1": "Text"}))
    assert Record.read(str(record)) == record and len(json.loads(str(record))) == 3
