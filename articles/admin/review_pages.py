"""Reviews and notes: submitting, approving, sending back."""


class ReviewPages:
    """The part of the article's model admin that deals with colleagues."""
