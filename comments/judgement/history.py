"""What the database knows of a comment's sender, in one query."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from ..models.ban import banned_by

MOMENT, HOUR = timedelta(seconds=15), timedelta(hours=1)
# An empty rejected comment is one that its own writer deleted. In SQL, because the ORM takes longer to put
# these eight questions than all other checks need together.
QUESTIONS = """
SELECT
  (SELECT id FROM comments_comment WHERE submission_key = %(submission_key)s),
  (SELECT COUNT(*) FROM comments_comment WHERE folded_email = %(email)s AND created_at > %(moment)s),
  (SELECT COUNT(*) FROM comments_comment WHERE folded_email = %(email)s AND created_at > %(hour)s),
  (SELECT COUNT(*) FROM comments_comment
    WHERE address_key IN (%(key)s, %(key_before)s) AND created_at > %(hour)s),
  (SELECT COUNT(*) FROM comments_comment WHERE folded_email = %(email)s AND status = 'approved'),
  (SELECT COUNT(*) FROM comments_comment
    WHERE folded_email = %(email)s AND status = 'rejected' AND body <> ''),
  (SELECT COUNT(*) FROM comments_comment WHERE folded_email = %(email)s AND status = 'spam'),
  (SELECT MIN(value) FROM comments_ban
    WHERE (until IS NULL OR until >= %(today)s) AND value IN ({names}))
"""


class History(NamedTuple):
    """Counts of earlier comments; of nobody's where the sender gave no e-mail address.

    `repeated` is the key of the comment that this one repeats, `ban` the address or domain that is banned.
    """

    repeated: int | None
    last_moment: int
    last_hour: int
    of_network: int
    approved: int
    rejected: int
    spam: int
    ban: str | None

    @classmethod
    def of(cls, submission):
        email = submission.comment.email.casefold()
        names = banned_by(email) if email else []
        key, key_before = submission.network.keys
        values = {
            "submission_key": submission.comment.submission_key,
            # Equal to NULL is nothing: who gives no address has no history.
            "email": email or None,
            "key": key,
            "key_before": key_before,
            "moment": connection.ops.adapt_datetimefield_value(submission.at - MOMENT),
            "hour": connection.ops.adapt_datetimefield_value(submission.at - HOUR),
            "today": connection.ops.adapt_datefield_value(timezone.localdate(submission.at)),
        }
        values |= {f"name{number}": name for number, name in enumerate(names)}
        listed = ", ".join(f"%(name{number})s" for number in range(len(names))) or "NULL"
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS.format(names=listed), values)
            return cls(*cursor.fetchone())
