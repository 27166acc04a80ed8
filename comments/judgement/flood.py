"""How much one reader, and one network, may post. Staff write in the queue, where nothing is counted."""

from datetime import timedelta

from django.utils.translation import gettext, ngettext

from ..models import Comment
from .history import HOUR, MOMENT

MOST_IN_A_MOMENT, MOST_IN_AN_HOUR = 1, 10


class TooMany(Exception):
    """Too many posts; `seconds` says when one more is possible."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def sentence(self):
        if self.seconds <= MOMENT.total_seconds():
            return ngettext(
                "You have just posted a comment. Please wait %d second, then post this one.",
                "You have just posted a comment. Please wait %d seconds, then post this one.",
                self.seconds,
            ) % (self.seconds)
        minutes = -(-self.seconds // 60)
        wait = ngettext("%d minute", "%d minutes", minutes) % minutes
        return gettext("Many comments came from you within an hour. You can post this one in %(wait)s.") % {
            "wait": wait
        }


def refuse_too_many(submission, history):
    """Raises TooMany where a limit is reached."""
    by_reader = {"folded_email": submission.comment.email.casefold()}
    by_network = {"address_key__in": submission.network.keys}
    limits = (
        (history.of_network, submission.policy.posts_an_hour, HOUR, by_network),
        (history.last_hour, MOST_IN_AN_HOUR, HOUR, by_reader),
        (history.last_moment, MOST_IN_A_MOMENT, MOMENT, by_reader),
    )
    for count, most, span, whose in limits:
        if count >= most:
            raise TooMany(_seconds_until_free(whose, most, span, submission.at))


def _seconds_until_free(whose, most, span, now):
    """Until the oldest of the last `most` comments is older than `span`, rounded up."""
    moments = Comment.objects.filter(**whose).order_by("-created_at").values_list("created_at", flat=True)
    oldest = moments[most - 1 : most].first() or now
    return max(1, -(-(oldest + span - now) // timedelta(seconds=1)))
