"""What is typed into an article's form, composed without saving any of it."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst

from .models import Article, ArticleAuthor, Edition
from .models.blocks import in_order, source_lines

# Not the text: what only the browser and the form tell each other.
PLUMBING = ("csrfmiddlewaretoken", "seen_at", "takes_over", "_")
# A menu of several choices sends nothing when none is chosen; the address is sent with every filing.
SENT_WITH_FILING = "slug"


class Typed:
    """A bound form with its formsets, for reading: `edition` is what publishing it would give.

    Fields that are no good yet keep what is stored, and `problems` has a sentence for each of them. Fields
    that were not sent at all, such as the filing that a private copy leaves out, keep what is stored too.
    """

    def __init__(self, model_admin, request, article, data):
        """`article` is a fresh instance, which the form writes on; `data` is a QueryDict as sent."""
        form_class = model_admin.get_form(request, article, change=True)
        self.article = article
        self.form = form_class(data, instance=article)
        leave_unsent(self.form, data)
        self.formsets = list(self.bound_formsets(model_admin, request, article, data))
        self.form.is_valid()
        take_choices(self.form)
        for formset in self.formsets:
            formset.is_valid()
        for form in self.forms:
            keep_stored(form)

    def bound_formsets(self, model_admin, request, article, data):
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, article):
            prefix = formset_class.get_default_prefix()
            if f"{prefix}-TOTAL_FORMS" in data:
                rows = inline.get_queryset(request)
                yield formset_class(data, instance=article, prefix=prefix, queryset=rows)

    def row_forms(self, formset):
        """The formset's forms, without those that are to be deleted and those that were left empty."""
        for form in formset.forms:
            if formset.can_delete and formset._should_delete_form(form):
                continue
            if form.instance._state.adding and not form.has_changed():
                continue
            yield form

    @cached_property
    def forms(self):
        """The article's own form, and one for each row of its byline and content."""
        return [self.form, *(form for formset in self.formsets for form in self.row_forms(formset))]

    def rows_of(self, *, byline):
        """The rows of the byline's formset, or of all the others; None where none of these was sent."""
        formsets = [formset for formset in self.formsets if (formset.model is ArticleAuthor) == byline]
        rows = [form.instance for formset in formsets for form in self.row_forms(formset)]
        return rows if formsets else None

    @property
    def byline(self):
        """The names in their order; None where the byline was not sent."""
        rows = self.rows_of(byline=True)
        return rows and sorted((row for row in rows if row.author_id), key=lambda row: row.position)

    @property
    def blocks(self):
        """The blocks in the form's order; None where none was sent."""
        rows = self.rows_of(byline=False)
        return rows and in_order(rows)

    @cached_property
    def edition(self):
        return Edition.compose(self.article, byline=self.byline, blocks=self.blocks)

    @property
    def problems(self):
        """[(label, sentence)] of what is typed and cannot be taken as it is."""
        of_fields = [
            (label_of(form, name), sentence)
            for form in self.forms
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
        of_sets = [
            (capfirst(str(formset.model._meta.verbose_name_plural)), sentence)
            for formset in self.formsets
            for sentence in formset.non_form_errors()
        ]
        return of_fields + of_sets


def leave_unsent(form, data):
    """Take from the form the fields that were not sent, or it would empty them."""
    for name in list(form.fields):
        is_sent = name in data or (name in many_of(form) and SENT_WITH_FILING in data)
        if not is_sent:
            del form.fields[name]


def many_of(form):
    return {field.name for field in form._meta.model._meta.many_to_many}


def take_choices(form):
    """Chosen shows and tags as the article's own, for reading; they would be stored only on saving."""
    chosen = {name: form.cleaned_data[name] for name in many_of(form) if name in form.cleaned_data}
    known = form.instance.__dict__.setdefault("_prefetched_objects_cache", {})
    known.update(chosen)


def keep_stored(form):
    """Put back what is stored where what was typed is no good; of sources only the bad lines go."""
    columns = {field.name: field for field in form.instance._meta.concrete_fields}
    for name in form.errors:
        if name == "sources":
            form.instance.sources = good_lines(form.instance.sources)
        elif name in columns:
            setattr(form.instance, columns[name].attname, form.initial.get(name, columns[name].get_default()))


def good_lines(sources):
    """The lines of sources without those that name no web address although they try to."""
    return "\n".join(line for line in sources.splitlines() if is_source(line))


def is_source(line):
    try:
        source_lines(line)
    except ValidationError:
        return False
    return True


def label_of(form, name):
    """The field's label, after the kind of block that it is in."""
    kind = "" if form.prefix is None else capfirst(str(form.instance._meta.verbose_name))
    label = str(form.fields[name].label) if name in form.fields else ""
    return " · ".join(filter(None, [kind, label]))


def as_query_dict(data):
    """A private copy's `{"name": ["value", …]}` as the form would send it."""
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return query


def as_plain_data(query, *, keep=()):
    """What a private copy keeps of a form that was sent: what is in `keep`, and all but plumbing and filing.

    Filing takes effect for readers at once, so nothing but a press of Save ever sets it. No text has a NUL,
    and PostgreSQL takes none.
    """
    names = [name.replace("\0", "") for name in query]
    return {
        name: [value.replace("\0", "") for value in query.getlist(sent)]
        for sent, name in zip(query, names, strict=True)
        if name in keep or not (name.startswith(PLUMBING) or name in Article.FILING)
    }
