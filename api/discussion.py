"""What readers say, as data: approved comments, and never an address of theirs."""

from comments.models import Comment
from comments.websites import is_plain_website

from .addresses import moment, page_address
from .shapes import FLAG, LINK, MOMENT, NUMBER, TEXT, Field, Shape, maybe, one_of

COMMENT = Shape(
    "Comment",
    "A comment that a moderator, or the site's rules, let stand.",
    Field("id", NUMBER, "Stays the same for good.", lambda comment: comment.pk),
    Field(
        "parent",
        maybe(NUMBER),
        "The comment that it answers, also where that one is not shown.",
        lambda comment: comment.parent_id,
    ),
    Field("url", LINK, "Leads to it in its page.", page_address),
    Field("name", TEXT, "Who wrote it, as signed.", lambda comment: comment.shown_name),
    Field(
        "website",
        TEXT,
        'The writer\'s own; may be empty. Mark links to it rel="ugc nofollow".',
        lambda comment: comment.website if is_plain_website(comment.website) else "",
    ),
    Field("badge", one_of(["", *Comment.Badge.values]), "Who speaks for the site.", lambda row: row.badge),
    Field(
        "text",
        TEXT,
        "Plain text as typed: escape it. What stands between two pairs of bars (||…||) is a spoiler.",
        lambda comment: comment.body,
    ),
    Field("is_spoiler", FLAG, "Whether all of it is.", lambda comment: comment.is_spoiler),
    Field(
        "edited_by", one_of(["", *Comment.Editor.values]), "Who changed it since.", lambda row: row.edited_by
    ),
    Field("created_at", MOMENT, "When it was posted.", lambda comment: moment(comment.created_at)),
)
