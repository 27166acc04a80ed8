"""What readers say, what moderators decided about it, and the rules by which both are done."""

from .ban import Ban
from .comment import BODY_LIMIT, EMAIL_LIMIT, NAME_LIMIT, WEBSITE_LIMIT, Comment, CommentQuerySet
from .erasure import Erasure
from .moderation import Batch, ModerationEvent, person_name
from .policy import CommentPolicy
from .report import Report
from .spam_word import SpamWord
from .subscription import Subscription

__all__ = [
    "BODY_LIMIT",
    "EMAIL_LIMIT",
    "NAME_LIMIT",
    "WEBSITE_LIMIT",
    "Ban",
    "Batch",
    "Comment",
    "CommentPolicy",
    "CommentQuerySet",
    "Erasure",
    "ModerationEvent",
    "Report",
    "SpamWord",
    "Subscription",
    "person_name",
]
