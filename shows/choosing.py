"""Choosers that bear forged choices."""

from django.contrib.admin.widgets import AutocompleteSelect

LONGEST_KEY = 18


class Chooser(AutocompleteSelect):
    """An autocomplete that draws a forged choice as none; Django's own fails on what is no number."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
