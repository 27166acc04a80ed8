"""What colleagues say about an article, as the box on its form and the page "Review and notes" show it."""

from django.utils import timezone
from django.utils.translation import gettext

from .models import Review
from .moments import moment_in_list
from .reviews import changed_since_approval, newest_of

Outcome = Review.Outcome


class Talk:
    """The newest review, the notes, and what this person may do about them; two queries, rarely three."""

    def __init__(self, article, user, *, may_change, may_publish, typed=None, errors=None):
        self.article = article
        self.user = user
        self.typed = typed or {}
        self.errors = errors or {}
        self.review = newest_of(article)
        if self.review:
            self.review.article = article
        self.notes = list(article.notes.all())
        self.is_waiting = self.review is not None and self.review.outcome == Outcome.WAITING
        self.may_submit = may_change and not may_publish and not self.is_waiting
        self.may_withdraw = may_change and self.is_waiting and not may_publish
        self.may_decide = may_change and may_publish and self.is_waiting
        self.may_note = may_change and user.has_perm("articles.add_note")
        self.may_settle = may_change and user.has_perm("articles.change_note")

    @property
    def seen(self):
        """Which text somebody has before them who approves it."""
        return self.article.saved_at.isoformat()

    @property
    def open_notes(self):
        return [note for note in self.notes if not note.settled_at]

    @property
    def settled_notes(self):
        return [note for note in self.notes if note.settled_at]

    @property
    def line(self):
        """Where the review stands, in a sentence; "" where nothing is to be said."""
        review = self.review
        if review is None or review.outcome == Outcome.WITHDRAWN:
            return ""
        if self.is_waiting:
            words = {"who": review.submitted_by_name, "at": shown_time(review.submitted_at)}
            return gettext("Waiting for review since %(at)s, submitted by %(who)s.") % words
        return decided_line(review)

    @property
    def is_changed_since(self):
        return bool(self.line) and changed_since_approval(self.review)

    @property
    def words(self):
        """What was written with the step that the review is at."""
        if not self.line:
            return ""
        return self.review.message if self.is_waiting else self.review.note


def decided_line(review):
    """Who decided what and when: "Approved by Ada, 10:42."."""
    sentences = {
        Outcome.APPROVED: gettext("Approved by %(who)s, %(at)s."),
        Outcome.SENT_BACK: gettext("Sent back by %(who)s, %(at)s."),
        Outcome.WITHDRAWN: gettext("Withdrawn by %(who)s, %(at)s."),
    }
    words = {"who": review.decided_by_name or gettext("the newsroom"), "at": shown_time(review.decided_at)}
    return sentences[review.outcome] % words


def shown_time(at):
    """ "10:42" today, "3 May 2026, 10:42" before."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else moment_in_list(at)
