"""What is done to many articles at once from their list."""


class BulkPages:
    """The part of the article's model admin that acts on many at once."""
