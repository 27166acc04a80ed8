"""What is typed and not saved: kept for its writer, offered again, and put beside what others saved."""


class CopyPages:
    """The part of the article's model admin that keeps typing."""
