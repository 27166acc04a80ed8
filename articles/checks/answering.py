"""Reasons why a sentence stays as it is though the record says otherwise."""

from logbook.models import name_of

from ..models import CheckAnswer

LONGEST_REASON = CheckAnswer._meta.get_field("reason").max_length


def answer(article, finding, reason, user):
    """(the kept answer, whether it is new): who comes second finds the first reason kept."""
    return CheckAnswer.objects.get_or_create(
        article=article,
        fingerprint=finding.fingerprint,
        defaults={
            "check_name": finding.check,
            "finding": f"{finding.quote} | {finding.row}",
            "reason": reason,
            "answered_by": user,
            "answered_by_name": name_of(user),
        },
    )
