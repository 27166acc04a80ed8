"""Titles as they are compared: without what spellings differ in."""

import re
import unicodedata


def folded(title):
    """A title without case, accents and punctuation: "L'Été & Moi!" -> "lete and moi"."""
    split = unicodedata.normalize("NFKD", title.replace("&", " and "))
    letters = "".join(each for each in split if not unicodedata.combining(each)).casefold()
    return " ".join(re.findall(r"\w+", re.sub("['\u2019]", "", letters)))
