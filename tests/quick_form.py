"""What the writing screen's form would send, without rendering the screen: a sixth of the work.

For tests that need a filled form and do not read the page. `test_quick_form.py` holds it against the form as
it is served; `writing.typed` reads that one.
"""

from contextlib import contextmanager

from django.contrib import admin
from django.contrib.auth import get_user
from django.db import transaction
from django.forms import CheckboxInput, Select, SelectMultiple
from django.test import RequestFactory
from django.utils.crypto import get_random_string

from articles.merging import Record
from articles.models import Article
from articles.sheets import Forms

from .writing import change_url, publish_typed


def opened(desk, article, **changes):
    """What the form that somebody at this desk opens now would send after these changes."""
    request = RequestFactory().get(change_url(article))
    request.user, request.session = get_user(desk), desk.session
    model_admin = admin.site.get_model_admin(Article)
    stored = model_admin.get_object(request, str(article.pk))
    assert stored and model_admin.has_change_permission(request, stored), "No form is served here."
    filled = Forms.of_stored(model_admin, request, stored)
    formsets = filled.formsets.values()
    forms = [filled.form, *(form for formset in formsets for form in formset.initial_forms)]
    data = {
        "_form": get_random_string(12),
        "_from": "",
        "_turn": "0",
        "_base": str(Record.of(filled.stored())),
    }
    for form in [*forms, *(formset.management_form for formset in formsets)]:
        data |= {bound.html_name: value for bound in form if (value := sent(bound)) is not None}
        # A field whose default is worked out anew sends along what it was at first.
        hidden = [bound for bound in form if bound.field.show_hidden_initial]
        data |= {bound.html_initial_name: sent(bound, bound.field.hidden_widget()) for bound in hidden}
    return data | changes


def sent(bound, widget=None):
    """What a browser sends for a field as it stands; None for nothing."""
    widget = widget or getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if isinstance(widget, CheckboxInput):
        return "on" if widget.check_test(value) else None
    shown = widget.format_value(value)
    if isinstance(widget, SelectMultiple):
        return [str(key) for key in shown] or None
    if isinstance(widget, Select):
        return next(iter(map(str, shown)), "")
    return "" if shown is None else str(shown)


def publish_opened(desk, article, /, terms=(), **changes):
    """Publish with such a form, through the confirmation; the last response."""
    return publish_typed(desk, article, opened(desk, article, **changes), terms)


@contextmanager
def undone():
    """What happens to the database here is taken back at the end, so that one state serves several trials."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
