"""What became of the story since: a dated box, made from the record or written."""

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from shows.decision_words import dated_sentence_of, is_dated_to_the_day, sentence_of
from shows.links import validate_web_address
from shows.models import Decision

from .blocks import Block, block


@block
class Update(Block):
    """A dated “Update” box: what has been decided since the text was written, with its source."""

    dated_on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("what happened"), max_length=500, blank=True)
    source_name = models.CharField(_("source"), max_length=150, blank=True)
    source_url = models.URLField(
        _("source address"), max_length=500, blank=True, validators=[validate_web_address]
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Block.Meta):
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self):
        return Truncator(self.text).words(10)

    @classmethod
    def told_by(cls, decision, **fields):
        """An unsaved box made from the record: what was decided, when, and where that can be read.

        It bears the decision's own day; where that is not known, today's, and the text says what is known.
        """
        is_dated = is_dated_to_the_day(decision)
        return cls(
            decision=decision,
            dated_on=decision.announced_on if is_dated else timezone.localdate(),
            text=sentence_of(decision) if is_dated else dated_sentence_of(decision),
            source_name=decision.source_name,
            source_url=decision.source_url,
            **fields,
        )

    def frozen(self):
        text = " ".join(self.text.split())
        if not text:
            return None
        source = {"title": self.source_name.strip(), "url": self.source_url}
        return {
            "type": "update",
            "on": self.dated_on.isoformat(),
            "text": text,
            "source": source,
            "decision": self.decision_id,
        }
