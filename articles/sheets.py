"""An article's form as sheets that can be merged: from what is stored, from what was sent, and back."""

import json

from django import forms
from django_prose_editor.widgets import ProseEditorWidget

from shows.choosing import is_key

from .merging import Merge, Record, Sheet, Value
from .richtext import clean_html, plain_text

# What places a row, by the name of the order that it belongs to; the numbers themselves mean nothing.
PLACES = {"ordering": "blocks", "position": "byline"}
PLUMBING = ("seen_at", "takes_over")
MOST_ROWS = 1000


class Forms:
    """The unbound form and formsets of an article as it is stored: what can be filled in."""

    def __init__(self, form, formsets):
        self.form, self.formsets = form, {formset.prefix: formset for formset in formsets}
        self.row_fields = {
            prefix: fields_of_row(formset.empty_form, formset) for prefix, formset in self.formsets.items()
        }
        self.fields = {name: field for name, field in form.fields.items() if name not in PLUMBING}

    @classmethod
    def of_stored(cls, model_admin, request, article):
        form = model_admin.get_form(request, article, change=True)(instance=article)
        formsets = [
            formset_class(
                instance=article,
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset_class, inline in model_admin.get_formsets_with_inlines(request, article)
        ]
        return cls(form, formsets)

    def place_field(self, prefix):
        return next(name for name in PLACES if name in self.formsets[prefix].empty_form.fields)

    def stored(self):
        """The sheet of what is stored."""
        fields = {name: stored_value(self.form[name], field) for name, field in self.fields.items()}
        rows, places = {}, []
        for prefix, formset in self.formsets.items():
            place_field = self.place_field(prefix)
            for number, form in enumerate(formset.initial_forms):
                key = f"{prefix}:{form.instance.pk}"
                names = self.row_fields[prefix].items()
                rows[key] = {name: stored_value(form[name], field) for name, field in names}
                places.append((place_field, getattr(form.instance, place_field), prefix, number, key))
        return Sheet(fields, rows, orders_of(places))

    def sent(self, data, stored, *, is_partial=False):
        """The sheet of a form that was sent; what it does not bring is as `stored`.

        Of a whole form, a list of choices that it does not bring is empty; of a partial one, also as stored.
        """
        fields = {
            name: stored.fields[name]
            if is_partial and name not in data
            else sent_value(data, name, field, stored.fields[name])
            for name, field in self.fields.items()
        }
        sheet, places = Sheet(fields, {}, {}), []
        for prefix in self.formsets:
            place_field = self.place_field(prefix)
            for number, key in self.keys_sent(prefix, data):
                row = f"{prefix}-{number}-"
                before = stored.rows.get(key, {})
                sheet.rows[key] = {
                    name: sent_value(data, row + name, field, before.get(name))
                    for name, field in self.row_fields[prefix].items()
                }
                if data.get(f"{row}DELETE"):
                    sheet.removed.add(key)
                places.append((place_field, number_of(data.get(row + place_field)), prefix, number, key))
        sheet.orders = orders_of(places)
        self.add_held(sheet, data)
        return sheet

    def keys_sent(self, prefix, data):
        """(number, key) of the rows that were sent, without new ones that were removed again."""
        total = min(number_of(data.get(f"{prefix}-TOTAL_FORMS"), 0), MOST_ROWS)
        initial = number_of(data.get(f"{prefix}-INITIAL_FORMS"), 0)
        seen = set()
        for number in range(total):
            pk = data.get(f"{prefix}-{number}-id", "").strip()
            key = f"{prefix}:{int(pk)}" if number < initial and is_key(pk) else f"{prefix}:+{number}"
            is_there = any(f"{prefix}-{number}-{name}" in data for name in self.row_fields[prefix])
            was_undone = ":+" in key and data.get(f"{prefix}-{number}-DELETE")
            if is_there and not was_undone and key not in seen:
                seen.add(key)
                yield number, key

    def add_held(self, sheet, data):
        """Rows that wait for a decision come beside the form, each as JSON in a field of its own."""
        for text in data.getlist("_held"):
            try:
                key, after, values = json.loads(text)
                prefix = key.partition(":")[0]
                fields = self.row_fields[prefix]
                row = {name: value_of(fields[name], tuple(map(str, values.get(name, ())))) for name in fields}
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue
            if key in sheet.rows:
                continue
            sheet.rows[key] = row
            order = sheet.orders.setdefault(PLACES[self.place_field(prefix)], [])
            order.insert(order.index(after) + 1 if after in order else 0, key)

    def merge(self, data, *, is_partial=False):
        """What is stored merged with a form that was sent, whose `_base` tells how it was opened."""
        stored = self.stored()
        return Merge(
            Record.read(data.get("_base", "")),
            self.sent(data, stored, is_partial=is_partial),
            stored,
            asked=data.getlist("_asked"),
            choices={
                name.removeprefix("_choice-"): data[name] for name in data if name.startswith("_choice-")
            },
        )

    def written(self, data, merge):
        """`data` with the merged values, as a browser would send it from a form of the stored article."""
        written = data.copy()
        for name in data:
            if name.startswith(("_held", "_asked", "_choice-", *(f"{prefix}-" for prefix in self.formsets))):
                del written[name]
        for name, value in merge.fields.items():
            written.setlist(name, value.sent)
        places = {key: place for order in merge.orders.values() for place, key in enumerate(order, start=1)}
        for prefix, formset in self.formsets.items():
            stored = [f"{prefix}:{form.instance.pk}" for form in formset.initial_forms]
            new = [key for key in merge.rows if key.startswith(f"{prefix}:") and key not in stored]
            for number, key in enumerate([*stored, *new]):
                row = f"{prefix}-{number}-"
                for name, value in merge.rows[key].items():
                    written.setlist(row + name, value.sent)
                step = 10 if self.place_field(prefix) == "ordering" else 1
                written[row + self.place_field(prefix)] = step * places.get(key, number + 1)
                if key in stored:
                    written[f"{row}id"] = key.partition(":")[2]
                if key in merge.removed:
                    written[f"{row}DELETE"] = "on"
            counts = {"TOTAL": len(stored) + len(new), "INITIAL": len(stored), "MIN_NUM": 0, "MAX_NUM": 1000}
            for name, count in counts.items():
                written[f"{prefix}-{name}_FORMS"] = str(count)
        return written

    def held(self, merge):
        """The values of the `_held` fields of a merge that asks."""
        for key, row in merge.held.items():
            order = next(order for order in merge.mine.orders.values() if key in order)
            place = order.index(key)
            values = {name: value.sent for name, value in row.items()}
            yield json.dumps([key, order[place - 1] if place else "", values])


def fields_of_row(form, formset):
    skipped = {formset._pk_field.name, formset.fk.name, "DELETE", *PLACES}
    return {name: field for name, field in form.fields.items() if name not in skipped}


def orders_of(places):
    """{order's name: keys} from (place field, place, …, key), each order by its numbers."""
    orders = {}
    for field, _place, *_rest, key in sorted(places, key=lambda row: row[1:4]):
        orders.setdefault(PLACES[field], []).append(key)
    return orders


def number_of(text, fallback=10**6):
    text = (text or "").strip()
    return int(text) if is_key(text) else fallback


def stored_value(bound, field):
    widget = getattr(field.widget, "widget", field.widget)
    shown = widget.format_value(bound.value())
    shown = shown if isinstance(shown, (list, tuple)) else [shown]
    return value_of(field, tuple(str(text) for text in shown if text is not None))


def sent_value(data, name, field, before):
    """A field that was not sent stays as it was, but a list of choices that is empty sends nothing."""
    if name not in data and before is not None and not is_list(field):
        return before
    return value_of(field, tuple(data.getlist(name)))


def value_of(field, sent):
    texts = [plain_of(field, text) for text in sent]
    texts = [text for text in texts if text]
    return Value(
        "\x1f".join(sorted(texts) if is_list(field) else texts), sent or (() if is_list(field) else ("",))
    )


def plain_of(field, text):
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(field.widget, ProseEditorWidget):
        html = clean_html(text)
        return html if plain_text(html) else ""
    return text


def is_list(field):
    return isinstance(field, forms.ModelMultipleChoiceField)
