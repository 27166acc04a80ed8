"""Rows that belong to a row, brought along in one of its columns instead of by a query of their own.

    SEASONS = Rows(Season)
    shows = Show.objects.annotate(season_rows=SEASONS.column(Season.objects.filter(show=OuterRef("pk"))))
    SEASONS.read(shows[0].season_rows)  # [<Season>, …]

The column is text, and the same text for the same rows: whatever is made of them can be remembered under it.
"""

import json
from datetime import date
from decimal import Decimal

from django.db.models import DateField, DateTimeField, DecimalField, JSONField, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.functional import cached_property


def values_of(row):
    """The values of an instance that a query has just brought, its columns of rows among them."""
    return [value for name, value in vars(row).items() if name[0] != "_"]


class RowsAsText(Subquery):
    """The rows of a `values_list` as JSON, `[[1, "a"], …]`, in its order."""

    output_field = TextField()

    def as_sql(self, compiler, connection, **kwargs):
        inner = self.query.get_compiler(connection=connection, elide_empty=False)
        sql, params = inner.as_sql(with_col_aliases=True)
        names = (connection.ops.quote_name(alias) for _column, _sql, alias in inner.select)
        array = self.ARRAYS[connection.vendor].format(", ".join(names))
        return f"(SELECT {array} FROM ({sql}) AS listed)", params  # noqa: S608 names alone

    # Ordered as the rows come, which both keep to.
    ARRAYS = {
        "sqlite": "json_group_array(json_array({}))",
        "postgresql": "coalesce(json_agg(json_build_array({})), '[]')::text",
    }


class Rows:
    """How the rows of a model, and of some that they refer to, are put into a column and read from it.

    Of what they refer to all fields come (`network=...`), or those that are named. Moments never come: a text
    has no zone.
    """

    def __init__(self, model, **related):
        self.model, self.related = model, related

    @cached_property
    def parts(self):
        """[(name of what is referred to, or None; its fields)] in the order of the columns."""
        parts = [(None, _fields(self.model))]
        for name, wanted in self.related.items():
            fields = _fields(self.model._meta.get_field(name).related_model)
            parts.append((name, [f for f in fields if wanted is ... or f.primary_key or f.name in wanted]))
        return parts

    def column(self, queryset):
        """An expression for these rows of the model, in their order."""
        columns = [
            _column(f"{related}__{field.attname}" if related else field.attname, field)
            for related, fields in self.parts
            for field in fields
        ]
        return RowsAsText(queryset.values_list(*columns))

    def read(self, text):
        """The rows as instances, those that they refer to with them."""
        return [self._instance(row) for row in json.loads(text, parse_float=Decimal)]

    def _instance(self, row):
        instance, start = None, 0
        for related, fields in self.parts:
            values = row[start : start + len(fields)]
            start += len(fields)
            if related is None:
                instance = _made(self.model, fields, values)
            else:
                known = values[0] is not None
                made = _made(fields[0].model, fields, values) if known else None
                setattr(instance, related, made)
        return instance


def _fields(model):
    return [field for field in model._meta.concrete_fields if not isinstance(field, DateTimeField)]


def _column(name, field):
    # One database has JSON as text in its rows, the other as JSON.
    return Cast(name, TextField()) if isinstance(field, JSONField) else name


def _made(model, fields, values):
    values = [_value(field, value) for field, value in zip(fields, values, strict=True)]
    return model.from_db(None, [field.attname for field in fields], values)


def _value(field, value):
    if value is None:
        return None
    if isinstance(field, DateField):
        return date.fromisoformat(value)
    if isinstance(field, JSONField):
        return json.loads(value)
    if isinstance(field, DecimalField):
        return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
    return field.to_python(value)
