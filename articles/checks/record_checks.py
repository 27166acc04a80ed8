"""The text against the record: sentences that a decision, a chart line, a date or a season contradicts.

English only, and nothing but rules: every finding can be traced to a pattern, a sentence and a row. What is
asked, guessed, quoted, reported or said of another show is no claim of the article's own.
"""

from django.utils.translation import gettext_lazy as _

from . import fate_check
from .calendar_claims import day_claims_in
from .fates import fates_in
from .finding import Finding, Level
from .prose import passages_of
from .season_claims import season_claims_in
from .sentences import Titles, sentences_of
from .subjects import Cast
from .viewership import viewership_claims_in

SAID = {
    "season": _("The record has other seasons."),
    "date": _("The record has another date."),
    "viewership": _("The chart says otherwise."),
}


def record_findings(edition, records):
    """What the records of the article's shows say against an edition's sentences, in reading order.

    `records` are by show id, as `Record.for_shows()` gives them for a day.
    """
    titles = Titles(records)
    cast = Cast(records, edition.article.show_id, titles)
    found = {}
    for passage in passages_of(edition):
        for sentence in sentences_in(passage, titles):
            for finding in findings_in(sentence, cast):
                found.setdefault(finding.fingerprint, finding)
    told_in = {pk: box_that_tells(edition, records, pk) for pk in records}
    return [each for each in found.values() if not is_overtaken(each, told_in.get(each.show_id))]


def box_that_tells(edition, records, show_id):
    """Where the “Update” box stands that readers are told last of a show's fate; None unless that is the
    decision in force. A box made from another show's decision does not count."""
    decision = records[show_id].decision_in_force
    others = {row.pk for pk, record in records.items() if pk != show_id for row in record.decisions}
    boxes = ((f"block-{number}", block) for number, block in enumerate(edition.blocks))
    newest = ((at, box) for at, box in boxes if box["type"] == "update" and box["decision"] not in others)
    at, box = next(newest, (None, None))
    return at if box and decision and box["decision"] == decision.pk else None


def is_overtaken(finding, told_at):
    """Whether the text that is found speaks of the time before an update that tells what has become of it."""
    return finding.check == "status" and told_at not in (None, finding.target)


def sentences_in(passage, titles):
    """The sentences of a passage, each with those before it that may say what "it" is."""
    before = []
    for paragraph in passage.paragraphs:
        sentences = sentences_of(paragraph, titles, passage, before)
        before = [] if paragraph.is_heading else sentences
        yield from sentences


def findings_in(sentence, cast):
    """What the record says against one sentence. A wrong fate is said once, without its wrong date."""
    fates = list(fates_in(sentence))
    claims = [
        ("status", fates, fate_check.contradiction, told),
        ("season", season_claims_in(sentence, fates), of_itself, says),
        ("date", day_claims_in(sentence, fates), of_itself, says),
        ("viewership", viewership_claims_in(sentence), of_itself, says),
    ]
    for check, made, contradiction, text_of in claims:
        for claim in made:
            records = cast.meant(sentence, claim.subject.sign)
            if against := contradictions(claim, records, contradiction):
                yield finding(check, str(text_of(claim, check)), sentence, *against)


def of_itself(claim, record):
    return claim.contradiction(record)


def told(fate, check):
    return fate_check.sentence_of(fate)


def says(claim, check):
    return SAID[check]


def contradictions(claim, records, contradiction):
    """(row, show) where every show that may be meant contradicts the claim; else None."""
    rows = [contradiction(claim, record) for record in records]
    return (rows[0], records[0].show) if rows and all(rows) else None


def finding(check, text, sentence, row, show):
    return Finding(
        check=check,
        level=Level.WARNING,
        text=text,
        quote=sentence.quote,
        row=row,
        place=sentence.passage.place,
        target=sentence.passage.target,
        show_id=show.pk,
    )
