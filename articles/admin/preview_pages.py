"""Previews: of what is typed, side by side, and by a link for people without a login."""


class PreviewPages:
    """The part of the article's model admin that shows what is not published."""
