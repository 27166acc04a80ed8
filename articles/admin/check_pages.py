"""The checks before publishing: the panel on the form, and the answers to what it finds."""


class CheckPages:
    """The part of the article's model admin that checks what is typed."""
