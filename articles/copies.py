"""Private copies of what is typed and not saved, and who has an article's form open."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import OpenForm, PrivateCopy
from .typed import as_plain_data, as_query_dict

# What a form that is taken up again must know of how it was opened.
KEPT = ("_base", "_form", "_turn", "_held", "_asked", "seen_at")
LONGEST_ID = 40
# Copies that nobody came back for; forms that no browser has spoken of.
COPIES_LIVE = timedelta(days=90)
FORMS_LIVE = timedelta(days=1)
# A form counts as open for so long after its browser last said so, which is written down this often.
IS_OPEN = timedelta(seconds=60)
WRITTEN_EVERY = timedelta(seconds=10)


class Undecided(Exception):
    """Another copy waits for its writer to take it up or throw it away; `copy` is that one."""

    def __init__(self, copy):
        super().__init__()
        self.copy = copy


def data_of(copy):
    """The copy as the form would send it."""
    return as_query_dict(copy.data)


def keep_copy(article, user, query, *, typed_at=None):
    """Store what was typed; the copy. Raises Undecided rather than writing over another form's copy.

    An older state of the same form that arrives late, by its `_turn`, changes nothing.
    """
    data = as_plain_data(query, keep=KEPT)
    kept = article, user, data, query.getlist("_from"), typed_at or timezone.now()
    try:
        return _keep_copy(*kept)
    except IntegrityError:
        # A first copy from another window came between look and insert.
        return _keep_copy(*kept)


@transaction.atomic
def _keep_copy(article, user, data, taken_from, typed_at):
    copy = PrivateCopy.objects.select_for_update().filter(article=article, user=user).first()
    if copy is None:
        return PrivateCopy.objects.create(article=article, user=user, data=data, typed_at=typed_at)
    is_same_form = copy.data.get("_form") == data.get("_form")
    if not is_same_form and copy.data.get("_form") != taken_from:
        raise Undecided(copy)
    if not is_same_form or turn_of(copy.data) <= turn_of(data):
        copy.data, copy.typed_at = data, typed_at
        copy.save()
    return copy


def turn_of(data):
    turn = (data.get("_turn") or ["0"])[0]
    return int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < 10 else 0


def drop_copy(article, user, *form_ids):
    """Forget the copy of these forms, which is saved or says what is stored; another form's copy stays."""
    for copy in PrivateCopy.objects.filter(article=article, user=user):
        if (copy.data.get("_form") or [""])[0] in filter(None, form_ids):
            copy.delete()


def purge_copies():
    """Drop what nobody came back for; the number of copies."""
    now = timezone.now()
    OpenForm.objects.filter(seen_at__lt=now - FORMS_LIVE).delete()
    count, _models = PrivateCopy.objects.filter(typed_at__lt=now - COPIES_LIVE).delete()
    return count


def has_open(article, user):
    """Note that this person has the form open; writes at most every ten seconds."""
    now = timezone.now()
    mine = OpenForm.objects.filter(article=article, user=user)
    if mine.filter(seen_at__gt=now - WRITTEN_EVERY).exists():
        return
    if not mine.update(seen_at=now):
        OpenForm.objects.filter(seen_at__lt=now - FORMS_LIVE).delete()
        OpenForm.objects.bulk_create(
            [OpenForm(article=article, user=user, seen_at=now)], ignore_conflicts=True
        )


def has_left(article, user):
    OpenForm.objects.filter(article=article, user=user).delete()


def people_who_have_open(article, *, but):
    """The other OpenForms of an article that a browser spoke of in the last minute."""
    since = timezone.now() - IS_OPEN
    forms = OpenForm.objects.filter(article_id=article.pk, seen_at__gt=since).exclude(user=but)
    return list(forms.select_related("user").order_by("user__first_name", "user__username"))
