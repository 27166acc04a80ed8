"""What the text's tools ask for: our own articles and shows to link to, an address to embed, a paste."""


class LinkPages:
    """The part of the article's model admin that helps with the text."""
