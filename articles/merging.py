"""Three-way merging of an article's form: as it was opened, as it was typed, as somebody saved it meanwhile.

Plain data, no database. What only one of the two changed is taken from that one; what both changed is a
conflict until one of them is chosen. A conflict that was shown once (`asked`) is settled by its choice, and
only while the saved side is still the one that was shown.
"""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Value:
    """A field: `plain` is what counts when two are compared, `sent` what a browser sends for it."""

    plain: str
    sent: tuple = field(default=(), compare=False)

    @property
    def mark(self):
        """A few letters that stand for the value in a record."""
        return b64encode(blake2b(self.plain.encode(), digest_size=6).digest()).decode()


@dataclass
class Sheet:
    """A form's values: the article's own by name, its rows by key ("prefix:pk", "prefix:+1" for new ones)."""

    fields: dict
    rows: dict
    # {"blocks": [key, …], "byline": [key, …]}: what stands above what.
    orders: dict
    removed: set = field(default_factory=set)

    def is_same_as(self, other, *, but=()):
        """Whether both say the same, apart from the fields named in `but`."""
        return self.contents(but) == other.contents(but)

    def contents(self, but):
        fields = {name: value for name, value in self.fields.items() if name not in but}
        rows = {key: row for key, row in self.rows.items() if key not in self.removed}
        orders = {name: [key for key in keys if key in rows] for name, keys in self.orders.items()}
        return fields, rows, {name: keys for name, keys in orders.items() if keys}


@dataclass
class Record:
    """What each field was when the form was opened, short enough to stand in the form itself."""

    fields: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    orders: dict = field(default_factory=dict)

    @classmethod
    def of(cls, sheet):
        rows = {key: marks_of(row) for key, row in sheet.rows.items()}
        return cls(marks_of(sheet.fields), rows, dict(sheet.orders))

    @classmethod
    def read(cls, text):
        """The record in `text`. Anything odd gives an empty one: all that differs is asked then."""
        try:
            fields, rows, orders = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            return cls()
        is_sound = (
            is_marks(fields)
            and isinstance(rows, dict)
            and all(map(is_marks, rows.values()))
            and isinstance(orders, dict)
            and all(
                isinstance(keys, list) and all(isinstance(k, str) for k in keys) for keys in orders.values()
            )
        )
        return cls(fields, rows, orders) if is_sound else cls()

    def __str__(self):
        return json.dumps([self.fields, self.rows, self.orders], separators=(",", ":"))


def marks_of(values):
    return {name: value.mark for name, value in values.items()}


def is_marks(data):
    return isinstance(data, dict) and all(isinstance(mark, str) for mark in data.values())


class Conflict(NamedTuple):
    """Changed by both: `key` names field, row or order; None on a side says that it removed the row."""

    key: str
    mine: object
    theirs: object


class Merge:
    """What is to be saved: `fields`, `rows`, `orders`, `removed`; what was `taken` over; what is to be asked.

    `taken` lists (what happened: "changed", "added", "removed"; key). `held` are rows that they removed and I
    changed: they wait outside the form until it is decided.
    """

    def __init__(self, was, mine, theirs, *, asked=(), choices=None):
        self.was, self.mine, self.theirs = recognised(was, mine, theirs)
        self.asked, self.choices = set(asked), choices or {}
        self.taken, self.conflicts = [], []
        self.rows, self.removed, self.held = {}, set(), {}
        self.fields = self.merged_values("", self.was.fields, self.mine.fields, self.theirs.fields)
        for key in dict.fromkeys([*self.theirs.rows, *self.mine.rows]):
            self.merge_row(key)
        names = dict.fromkeys([*self.theirs.orders, *self.mine.orders])
        self.orders = {name: self.merged_order(name) for name in names}

    def merged_values(self, prefix, was, mine, theirs):
        return {
            name: self.decided(f"{prefix}{name}", was.get(name), mine.get(name, value), value)
            for name, value in theirs.items()
        }

    def decided(self, key, was, mine, theirs):
        """The value that goes on; `was` is its mark when the form was opened."""
        if mine == theirs:
            return mine
        they_did = theirs.mark != was
        if (key in self.asked and not they_did) or (they_did and mine.mark != was):
            choice = None if they_did else self.choices.get(key)
            if choice == MINE:
                return mine
            if choice != THEIRS:
                self.conflicts.append(Conflict(key, mine, theirs))
                return mine
            they_did = True
        if they_did:
            self.taken.append(("changed", key))
        return theirs if they_did else mine

    def merge_row(self, key):
        was, mine, theirs = self.was.rows.get(key), self.mine.rows.get(key), self.theirs.rows.get(key)
        if theirs is None:
            self.merge_row_without_theirs(key, was, mine)
        elif key in self.mine.removed:
            self.merge_row_that_i_removed(key, was, theirs)
        elif mine is None:
            self.rows[key] = theirs
            if was is None:
                self.taken.append(("added", key))
        else:
            self.rows[key] = self.merged_values(f"{key}:", was or {}, mine, theirs)

    def merge_row_without_theirs(self, key, was, mine):
        """Mine alone has it: I added it, or they removed it."""
        if key in self.mine.removed:
            return
        if was is not None and marks_of(mine) == was:
            self.taken.append(("removed", key))
        elif was is None and (key not in self.asked or self.choices.get(key) == MINE):
            self.rows[key] = mine
        elif was is None and self.choices.get(key) == THEIRS:
            self.taken.append(("removed", key))
        else:
            self.held[key] = mine
            self.conflicts.append(Conflict(key, mine, None))

    def merge_row_that_i_removed(self, key, was, theirs):
        they_did = marks_of(theirs) != was
        choice = self.choices.get(key) if key in self.asked and not they_did else None
        self.rows[key] = theirs
        if choice == THEIRS:
            return
        self.removed.add(key)
        if they_did or (key in self.asked and choice != MINE):
            self.conflicts.append(Conflict(key, None, theirs))

    def merged_order(self, name):
        kept = self.rows.keys() - self.removed
        was, mine, theirs = (sheet.orders.get(name, []) for sheet in (self.was, self.mine, self.theirs))
        mine, theirs = [k for k in mine if k in kept], [k for k in theirs if k in kept]
        both = set(mine) & set(theirs)
        was = [k for k in was if k in both]
        my_way, their_way = [k for k in mine if k in both], [k for k in theirs if k in both]
        order = self.decided_order(f"order:{name}", was, my_way, their_way)
        return woven(theirs, mine) if order == THEIRS else woven(mine, theirs)

    def decided_order(self, key, was, mine, theirs):
        if mine == theirs:
            return MINE
        they_did = theirs != was
        if (key in self.asked and not they_did) or (they_did and mine != was):
            choice = None if they_did else self.choices.get(key)
            if choice is None or choice not in (MINE, THEIRS):
                self.conflicts.append(Conflict(key, mine, theirs))
                return MINE
            return choice
        if they_did:
            self.taken.append(("changed", key))
        return THEIRS if they_did else MINE


def woven(skeleton, other):
    """`skeleton` with what only `other` has, each after what stands before it there."""
    order = list(skeleton)
    for place, key in enumerate(other):
        if key not in order:
            before = next((k for k in reversed(other[:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    return order


def recognised(was, mine, theirs):
    """The three with one key for one row, where saving has given it another.

    Restoring a version makes every row anew, and a form whose answer was lost is sent again: rows of the
    same content are the same row then.
    """
    gone = [key for key in was.rows if key not in theirs.rows]
    new = {key: row for key, row in theirs.rows.items() if key not in was.rows and key not in mine.rows}
    names = {}
    for key in [*gone, *(key for key in mine.rows if ":+" in key)]:
        marks = was.rows[key] if key in was.rows else marks_of(mine.rows[key])
        twin = next((k for k in new if kind_of(k) == kind_of(key) and marks_of(new[k]) == marks), None)
        if twin:
            names[key] = twin
            del new[twin]
    if not names:
        return was, mine, theirs
    return renamed(was, names), renamed(mine, names), theirs


def kind_of(key):
    return key.partition(":")[0]


def renamed(sheet, names):
    orders = {name: [names.get(k, k) for k in keys] for name, keys in sheet.orders.items()}
    rows = {names.get(key, key): row for key, row in sheet.rows.items()}
    if isinstance(sheet, Record):
        return Record(sheet.fields, rows, orders)
    return Sheet(sheet.fields, rows, orders, {names.get(key, key) for key in sheet.removed})
