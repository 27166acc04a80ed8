"""What a card shows of a comment, gathered for a whole page in two queries."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from articles.models import Article

from ..acts import version_of
from ..judgement.reasons import sentence as in_words
from ..models import Comment, Report
from .counts import ALL, LATEST, REPORTED, with_history
from .filters import chosen_tab

Status = Comment.Status
PAGES = ("change", "reply", "edit", "reject", "ban", "destroy")


class Rights(NamedTuple):
    """What the person before the screen may do to comments."""

    moderate: bool = False
    ban: bool = False
    destroy: bool = False

    @classmethod
    def of(cls, user):
        return cls(
            moderate=user.has_perm("comments.moderate_comment"),
            ban=user.has_perm("comments.moderate_comment") and user.has_perm("comments.add_ban"),
            destroy=user.has_perm("comments.destroy_comment"),
        )


@dataclass
class Surroundings:
    """What a card shows beside the comment's own columns."""

    rights: Rights
    key: str
    filters: str
    tab: str
    history: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    score: str = ""
    is_done: bool = False
    is_alone: bool = False
    version: str = ""

    @property
    def pages(self):
        """The addresses of the comment's own pages, each of which leads back to the list."""
        query = f"?{self.filters}" if self.filters else ""
        return {page: reverse(f"admin:comments_comment_{page}", args=[self.key]) + query for page in PAGES}


def load(keys):
    """The comments with these keys, in their order, with all that their cards need."""
    rows = with_history(Comment.objects.filter(pk__in=keys)).select_related("article", "parent")
    rows = rows.defer(*(f"article__{name}" for name in _unread_of_articles()))
    found = {comment.pk: comment for comment in rows}
    for comment in found.values():
        comment.open_reports = []
    for report in Report.objects.unsettled().filter(comment__in=list(found)).order_by("pk"):
        found[report.comment_id].open_reports.append(report)
    return [found[key] for key in keys if key in found]


def _unread_of_articles():
    read = {"id", "slug", "headline"}
    return [f.name for f in Article._meta.concrete_fields if f.name not in read and not f.is_relation]


def dressed(comments, request, model_admin):
    """The comments, each with its `card`: rights, ways, history and reasons."""
    rights, tab = Rights.of(request.user), chosen_tab(request)
    filters = model_admin.get_preserved_filters(request)
    for comment in comments:
        comment.card = Surroundings(rights, str(comment.pk), filters, tab)
        comment.card.version = version_of(comment)
        comment.card.history = history(comment)
        comment.card.reasons = _reasons(comment)
        comment.card.score = score(comment)
        comment.card.is_done = is_done(comment, tab)
    return comments


def is_done(comment, tab):
    """Whether it no longer belongs in this tab."""
    if tab == REPORTED:
        return not comment.open_reports
    return tab not in {ALL, comment.status}


def history(comment):
    """What became of the reader's other comments, as pieces such as “3 approved”."""
    counts = {
        status: getattr(comment, f"had_{status}") for status in Status.values if status != Status.PENDING
    }
    if counts.get(comment.status):
        counts[comment.status] -= 1
    say = {
        Status.APPROVED: lambda n: ngettext("%s approved", "%s approved", n),
        Status.REJECTED: lambda n: ngettext("%s rejected", "%s rejected", n),
        Status.SPAM: lambda n: ngettext("%s spam", "%s spam", n),
    }
    full = f"{LATEST - 1}+"
    return [say[status](n) % (full if n >= LATEST - 1 else n) for status in say if (n := counts[status])]


def _reasons(comment):
    """The reasons in words; where the score has a line of its own it is not said twice."""
    has_score = comment.spam_score is not None
    return [sentence(reason) for reason in comment.reasons if not (has_score and _is_score(reason))]


def score(comment):
    """The spam filter's guess and what it goes by, as a sentence; empty where it has none."""
    if comment.spam_score is None:
        return ""
    said = gettext("Spam score %(score)d of 100") % {"score": round(comment.spam_score * 100)}
    words = [word for reason in comment.reasons if _is_score(reason) for word in reason.get("words", [])]
    if words:
        said += gettext(", because of: %(words)s") % {"words": ", ".join(map(str, words))}
    return said


def _is_score(reason):
    return isinstance(reason, dict) and reason.get("check") == "score"


def sentence(reason):
    """Why it is held, in words; a reason that nothing knows is shown by its name."""
    try:
        return in_words(reason)
    except (AttributeError, KeyError, TypeError, ValueError):
        return str(reason.get("check", reason) if isinstance(reason, dict) else reason)
