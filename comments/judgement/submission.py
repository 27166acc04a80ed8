"""A comment on its way in, and all that came with it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from visitors.networks import Network

from ..models import Comment, CommentPolicy


@dataclass
class Submission:
    """An unsaved comment and what is known of how it was sent; `age` is None without a good form token."""

    comment: Comment
    policy: CommentPolicy
    network: Network
    trap: str = ""
    age: timedelta | None = None
    wants_mails: bool = False
    at: datetime = field(default_factory=timezone.now)

    @property
    def texts(self):
        """Everything that the owner's words are looked for in."""
        comment = self.comment
        return [comment.body, comment.name, comment.website, comment.email, self.network.address or ""]
