"""What a check says, in the editor's words and with what it rests on."""

import hashlib
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much a finding weighs: an error stops publishing, a warning is asked about, advice is not."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    ADVICE = "advice", _("Advice")


class Finding(NamedTuple):
    """One thing that a check found. `check` is its short name, such as "status" or "viewership"."""

    check: str
    level: str
    text: str
    # The article's own sentence, and the row of the record that speaks against it; empty where there is none.
    quote: str = ""
    row: str = ""
    # The heading of the section, or the name of the field.
    place: str = ""
    # Where the form can put the focus: a field's name, or "block-2" for the third block of the edition.
    target: str = ""
    # The show whose record speaks against the sentence.
    show_id: int | None = None

    @property
    def fingerprint(self):
        """The same for the same sentence and row: what an answer to a finding is kept under."""
        said = "\x1f".join([self.check, self.quote or self.text, self.row])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def can_be_answered(self):
        """Whether a reason settles it: it holds the text against the record."""
        return bool(self.row)
