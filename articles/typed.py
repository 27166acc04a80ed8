"""What is typed into an article's form, composed without saving any of it."""

from django.http import QueryDict

from .models import ArticleAuthor, Edition
from .models.blocks import in_order

# Not the text: what only the browser and the form tell each other.
PLUMBING = ("csrfmiddlewaretoken", "seen_at", "takes_over", "_")


class Typed:
    """A bound form with its formsets, for reading: `edition` is what publishing it would give.

    Fields that are no good yet keep what is stored, and `problems` has a sentence for each of them.
    """

    def __init__(self, model_admin, request, article, data):
        """`article` is a fresh instance, which the form writes on; `data` is a QueryDict as sent."""
        form_class = model_admin.get_form(request, article, change=True)
        self.article = article
        self.form = form_class(data, instance=article)
        self.formsets = list(self.bound_formsets(model_admin, request, article, data))
        self.form.is_valid()
        for formset in self.formsets:
            formset.is_valid()

    def bound_formsets(self, model_admin, request, article, data):
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, article):
            prefix = formset_class.get_default_prefix()
            if f"{prefix}-TOTAL_FORMS" in data:
                rows = inline.get_queryset(request)
                yield formset_class(data, instance=article, prefix=prefix, queryset=rows)

    def rows(self, formset):
        """The formset's instances as typed, in the form's order, without those that are to be deleted."""
        for form in formset.forms:
            if formset.can_delete and formset._should_delete_form(form):
                continue
            if form.instance._state.adding and not form.has_changed():
                continue
            yield form.instance

    def rows_of(self, *, byline):
        """The rows of the byline's formset, or of all the others."""
        formsets = [formset for formset in self.formsets if (formset.model is ArticleAuthor) == byline]
        return [row for formset in formsets for row in self.rows(formset)]

    @property
    def byline(self):
        rows = [row for row in self.rows_of(byline=True) if row.author_id]
        return sorted(rows, key=lambda row: row.position)

    @property
    def blocks(self):
        return in_order(self.rows_of(byline=False))

    @property
    def edition(self):
        return Edition.compose(self.article, byline=self.byline, blocks=self.blocks)

    @property
    def problems(self):
        """[(label, sentence)] of what is typed and cannot be taken as it is."""
        forms = [self.form, *(form for formset in self.formsets for form in formset.forms)]
        return [
            (str(form.fields[name].label) if name in form.fields else "", sentence)
            for form in forms
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]


def as_query_dict(data):
    """A private copy's `{"name": ["value", …]}` as the form would send it."""
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return query


def as_plain_data(query):
    """What a private copy keeps of a form that was sent: all fields but the plumbing."""
    return {name: values for name, values in query.lists() if not name.startswith(PLUMBING)}
