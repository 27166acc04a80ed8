"""Taking down a passage on a legal claim."""


class TakedownPages:
    """The part of the article's model admin that takes down."""
