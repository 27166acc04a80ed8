"""Saving the form of an article that somebody else saved meanwhile: merged where it can be, else asked."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.utils.crypto import get_random_string

from ..conflicts import Saver, Wording
from ..copies import LONGEST_ID, data_of, drop_copy, people_who_have_open, turn_of
from ..merging import Record
from ..models import PrivateCopy
from ..sheets import Forms

MOST_SAVED = 20
# An autosave that was sent before its form was saved arrives no later than this.
LATEST = timedelta(minutes=1)


class Typing:
    """A form that was sent or taken up, beside what is stored: how it goes on."""

    def __init__(self, data, article):
        self.data, self.article = data, article
        self.form_id = data.get("_form") or new_form_id()
        # The form whose copy was taken up in this one.
        self.taken_from = data.get("_from", "")
        self.turn = data.get("_turn") or "0"
        self.base = data.get("_base", "")
        self.questions, self.taken, self.held, self.saver = [], [], [], None

    def merge(self, filled, user, *, is_partial=False):
        """Put what is stored and what was typed together in `data`, and keep what is to be asked."""
        merge = filled.merge(self.data, is_partial=is_partial)
        if merge.taken or merge.conflicts:
            wording = Wording(filled, merge)
            self.questions, self.taken = wording.questions(), wording.taken()
            self.saver = Saver(self.article, self.data.get("seen_at"), user)
        self.held = list(filled.held(merge))
        self.data = filled.written(self.data, merge)
        self.data["seen_at"] = self.article.saved_at.isoformat()
        self.base = self.data["_base"] = str(Record.of(merge.theirs))

    @property
    def refusal(self):
        return self.saver.asking() if self.questions else ""

    @property
    def told(self):
        """What was taken over, as a sentence."""
        return self.saver.telling(self.taken) if self.taken else ""


class MergedForm:
    """The part of the article's model admin that lets two people write at once."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            self.take_up(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            typing = self.typing_sent(request, object_id)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if typing and response.status_code == 302:
                self.after_saving(request, typing)
        return response

    def typing_sent(self, request, object_id):
        """What is being saved, merged; the article stays locked until the transaction ends."""
        article = self.get_object(request, unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            return None
        request.typing = None
        typing = Typing(request.POST, article)
        is_unknown = "_base" not in request.POST
        if not (is_unknown and request.POST.get("seen_at", "") in ("", article.saved_at.isoformat())):
            filled = Forms.of_stored(self, request, article)
            is_as_opened = Record.read(typing.base) == Record.of(filled.stored())
            if not is_as_opened or "_asked" in request.POST:
                typing.merge(filled, request.user)
                request.POST = typing.data
        request.typing = typing
        return typing

    def take_up(self, request, object_id):
        """Fill the form with what was typed and not saved, put together with what others saved since."""
        if "copy" not in request.GET:
            return
        article = self.get_object(request, unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            return
        copy = PrivateCopy.objects.filter(article=article, user=request.user).first()
        if copy:
            typing = Typing(data_of(copy), article)
            typing.merge(Forms.of_stored(self, request, article), request.user, is_partial=True)
            typing.copy, typing.taken_from = copy, typing.form_id
            typing.form_id, typing.turn = new_form_id(), "0"
            request.typing = typing

    def after_saving(self, request, typing):
        if typing.told:
            messages.info(request, typing.told)
        drop_copy(typing.article, request.user, typing.form_id, typing.taken_from)
        # The browser that kept a copy of its own forgets it when it sees these.
        saved = [typing.form_id, *filter(None, [typing.taken_from]), *request.session.get("saved_forms", [])]
        saved = [form_id[:LONGEST_ID] for form_id in saved[:MOST_SAVED]]
        turns = {typing.form_id: typing.turn[:LONGEST_ID]}
        turns = request.session.get("saved_turns", {}) | turns
        request.session["saved_forms"] = saved
        request.session["saved_turns"] = {form_id: turns[form_id] for form_id in saved if form_id in turns}

    def is_late(self, request, data):
        """Whether typing is what its form said before it was saved: the autosave was still under way then."""
        saved = request.session.get("saved_turns", {}).get((data.get("_form") or [""])[0])
        return saved is not None and turn_of(data) <= turn_of({"_turn": [saved]})

    def came_late(self, request, article, copy):
        """Whether a copy was stored while its form was being saved, so that nothing of it is unsaved."""
        return self.is_late(request, copy.data) and copy.typed_at < article.saved_at + LATEST

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form's class; bound to what is taken up, and refused while something is to be asked."""
        form_class = super().get_form(request, obj, change=change, **kwargs)
        typing = getattr(request, "typing", None)
        if typing is None:
            return form_class
        bound = {"refusal": typing.refusal}
        if hasattr(typing, "copy"):
            bound["data_taken_up"] = typing.data
        return type(form_class.__name__, (form_class,), bound)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        typing = getattr(request, "typing", None)
        if request.method != "POST" and typing:
            kwargs["data"] = typing.data.copy()
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not add:
            context["copy"] = self.copy_context(request, context, obj)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def copy_context(self, request, context, article):
        """What `_copy.html` shows and what the form carries of it."""
        typing = getattr(request, "typing", None)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        filled = None if typing else Forms(context["adminform"].form, formsets)
        ids = [typing.form_id, typing.taken_from] if typing else [new_form_id(), ""]
        stored = None if typing else filled.stored()
        return {
            "typing": typing,
            "taken_up": getattr(typing, "copy", None),
            "form_id": ids[0],
            "taken_from": ids[1],
            "turn": typing.turn if typing else "0",
            "base": typing.base if typing else str(Record.of(stored)),
            "offer": self.offer(request, article, ids, filled, stored),
            "others": people_who_have_open(article, but=request.user),
            "saved_forms": " ".join(request.session.get("saved_forms", [])),
            "is_bound": context["adminform"].form.is_bound,
        }

    def offer(self, request, article, ids, filled, stored):
        """The private copy to offer: not the one that this form is, nor one that says what is stored."""
        copy = PrivateCopy.objects.filter(article_id=article.pk, user=request.user).first()
        if copy is None or copy.data.get("_form", [""])[0] in filter(None, ids):
            return None
        if self.came_late(request, article, copy):
            return None
        if filled and filled.sent(data_of(copy), stored, is_partial=True).is_same_as(stored):
            return None
        return copy


def new_form_id():
    return get_random_string(12)
