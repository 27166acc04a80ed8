"""A column of a dataset: one table of them makes the files, the page about them and their description."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.export import safe

# Types as Frictionless Data's table schema names them.
TEXT, NUMBER, SHARE, FLAG, DAY, LINK = "string", "integer", "number", "boolean", "date", "uri"


class Column(NamedTuple):
    """`says` is its meaning for people; `read` takes it from a row, None where it is not known."""

    name: str
    kind: str
    says: str
    read: Callable

    @property
    def schema(self):
        """The column as a field of a table schema."""
        kind = {"type": "string", "format": "uri"} if self.kind == LINK else {"type": self.kind}
        return {"name": self.name, **kind, "description": str(self.says)}

    def value(self, row):
        """What JSON holds."""
        value = self.read(row)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return float(value)
        return None if value == "" else value

    def cell(self, row):
        """What CSV holds, safe to open in a spreadsheet."""
        value = self.value(row)
        return str(value).lower() if isinstance(value, bool) else safe(value)
