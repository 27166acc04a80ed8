"""A resource of the API: one table of its fields, from which both its data and its description are made."""

from typing import Any, NamedTuple

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
SCORE = {"type": "number"}
FLAG = {"type": "boolean"}
MOMENT = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}
LINK = {"type": "string", "format": "uri"}


def maybe(schema):
    """The schema of what may be null."""
    if isinstance(schema, Shape):
        return {"oneOf": [schema.reference, {"type": "null"}]}
    return schema | {"type": [schema["type"], "null"]}


def one_of(values):
    """One of these words; `values` are those of a TextChoices, say."""
    return {"type": "string", "enum": [str(value) for value in values]}


class Many(NamedTuple):
    """A list of a shape, or of what a schema says."""

    item: Any


class Maybe(NamedTuple):
    """A shape, or null."""

    item: Any


class Field(NamedTuple):
    """One property: what it is, as a schema or a shape, and how it is read from a row."""

    name: str
    kind: Any
    says: str
    read: Any

    def value(self, row):
        value = self.read(row)
        if isinstance(self.kind, Shape):
            return self.kind.of(value)
        if isinstance(self.kind, Maybe):
            return None if value is None else self.kind.item.of(value)
        if isinstance(self.kind, Many) and isinstance(self.kind.item, Shape):
            return [self.kind.item.of(each) for each in value]
        return list(value) if isinstance(self.kind, Many) else value

    @property
    def schema(self):
        if isinstance(self.kind, Shape):
            return self.kind.reference
        if isinstance(self.kind, Maybe):
            return maybe(self.kind.item) | {"description": self.says}
        if isinstance(self.kind, Many):
            item = self.kind.item
            items = item.reference if isinstance(item, Shape) else item
            return {"type": "array", "items": items, "description": self.says}
        return self.kind | {"description": self.says}


class Shape:
    """A kind of object, as `#/components/schemas/NAME` of the description."""

    def __init__(self, name, says, *fields):
        self.name, self.says, self.fields = name, says, fields

    def of(self, row):
        """The row as plain data, its fields in the order of the table."""
        return {field.name: field.value(row) for field in self.fields}

    @property
    def reference(self):
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self):
        return {
            "type": "object",
            "description": self.says,
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields],
        }
