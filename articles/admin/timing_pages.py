"""Moments that are not the text's: another time for what is to come, another date of first publication."""


class TimingPages:
    """The part of the article's model admin that moves moments."""
