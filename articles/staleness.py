"""Live articles that say otherwise than the record: found when it changes, settled once they agree again.

Every function here may run twice, and beside itself: an alert is made once for an article and a decision
(a constraint), and settled or opened again by updates that look at what they found.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from logbook.models import name_of
from shows.record import Record

from .models import Article, CheckAnswer, Edition, StaleAlert

CHUNK = 50
Settlement = StaleAlert.Settlement


def judge_show(show_id, after=0):
    """Hold the next live articles about a show against its record.

    They go by id from `after` on, CHUNK at a time; returns the last one's id where there may be more.
    """
    editions = Edition.objects.live().about_show(show_id).filter(article__gt=after)
    editions = list(editions.select_related("article").order_by("article_id")[:CHUNK])
    judge(show_id, editions)
    return editions[-1].article_id if len(editions) == CHUNK else None


def judge_article(article_id):
    """Hold what readers see of an article against the record of every show that it is about."""
    edition = Edition.objects.live().filter(article=article_id).select_related("article").first()
    if edition is None:
        return
    shows = shows_by_article([edition.article])[article_id]
    for show_id in shows:
        judge(show_id, [edition])
    open_alerts().filter(article=article_id).exclude(decision__show__in=shows).delete()


def judge(show_id, editions):
    """Open and settle the alerts of these live editions about a show."""
    if not editions:
        return
    began_at = timezone.now()
    shows = shows_by_article([edition.article for edition in editions])
    records = Record.for_shows({show_id}.union(*shows.values()))
    if show_id not in records:
        return
    decision = records[show_id].decision_in_force
    answered = answers_to([edition.article_id for edition in editions])
    said = {
        edition.article_id: contradiction(
            edition,
            {pk: records[pk] for pk in {show_id, *shows[edition.article_id]} & records.keys()},
            show_id,
            answered[edition.article_id],
        )
        for edition in editions
        if decision
    }
    settle(show_id, decision, editions, said, began_at)
    if decision:
        open_or_reopen(decision, editions, said, began_at)


def contradiction(edition, records, show_id, answered=frozenset()):
    """The sentence of a live edition that its show's record speaks against; empty where all agrees."""
    from .checks.record_checks import record_findings

    wrong = first_about(show_id, record_findings(edition, records), answered)
    return wrong.quote if wrong else ""


def first_about(show_id, found, answered):
    """The first finding about the show's fate that nobody has answered with a reason."""
    return next(
        (
            finding
            for finding in found
            if finding.check == "status"
            and finding.show_id in (show_id, None)
            and finding.fingerprint not in answered
        ),
        None,
    )


def shows_by_article(articles):
    """The ids of the shows that each is about, the main one first."""
    shows = {article.pk: [article.show_id] if article.show_id else [] for article in articles}
    also = Article.also_about.through.objects.filter(article__in=shows).order_by("pk")
    for article_id, show_id in also.values_list("article", "show"):
        if show_id not in shows[article_id]:
            shows[article_id].append(show_id)
    return shows


def answers_to(article_ids):
    """The fingerprints of findings that were answered with a reason, by article."""
    answered = defaultdict(set)
    rows = CheckAnswer.objects.filter(article__in=article_ids)
    for article_id, fingerprint in rows.values_list("article", "fingerprint"):
        answered[article_id].add(fingerprint)
    return answered


def open_alerts():
    return StaleAlert.objects.filter(settlement="")


def settle(show_id, decision, editions, said, began_at):
    """Close the alerts about what these articles do not say any more, or the record does not."""
    alerts = open_alerts().filter(
        article__in=[edition.article_id for edition in editions],
        decision__show=show_id,
        found_at__lte=began_at,
    )
    published_at = {edition.article_id: edition.published_at for edition in editions}
    for alert in alerts:
        if decision and alert.decision_id == decision.pk and said[alert.article_id]:
            continue
        is_same_decision = decision and alert.decision_id == decision.pk
        is_rewritten = is_same_decision and published_at[alert.article_id] > alert.found_at
        close(alert, Settlement.REWRITTEN if is_rewritten else Settlement.OVERTAKEN)


def close(alert, settlement, *, by=None, reason=""):
    """Settle an alert that is open; False where somebody else has settled it."""
    return bool(
        open_alerts()
        .filter(pk=alert.pk)
        .update(
            settlement=settlement,
            settled_at=timezone.now(),
            settled_by=by,
            settled_by_name=name_of(by),
            reason=reason,
        )
    )


def open_or_reopen(decision, editions, said, began_at):
    """An open alert for every article that contradicts the decision, unless somebody has answered that."""
    wrong = [edition for edition in editions if said[edition.article_id]]
    before = {
        alert.article_id: alert
        for alert in StaleAlert.objects.filter(
            decision=decision, article__in=[edition.article_id for edition in wrong]
        )
    }
    StaleAlert.objects.bulk_create(
        [
            StaleAlert(article=edition.article, decision=decision, sentence=said[edition.article_id])
            for edition in wrong
            if edition.article_id not in before
        ],
        ignore_conflicts=True,
    )
    for edition in wrong:
        alert, sentence = before.get(edition.article_id), said[edition.article_id]
        if alert and (alert.sentence != sentence or is_again(alert, edition)):
            settled_before = Q(settled_at=None) | Q(settled_at__lte=began_at)
            StaleAlert.objects.filter(settled_before, pk=alert.pk).update(
                sentence=sentence,
                settlement="",
                reason="",
                settled_at=None,
                settled_by=None,
                settled_by_name="",
                **({"found_at": began_at} if alert.settlement else {}),
            )


def is_again(alert, edition):
    """Whether a settled alert about the same sentence is open again: its article or the record came back."""
    if alert.settlement in (Settlement.REWRITTEN, Settlement.OVERTAKEN):
        return True
    return alert.settlement == Settlement.UPDATED and edition.published_at > alert.settled_at


def forget_answers(decision):
    """Let what was answered about a decision be asked again, because it says something else now."""
    StaleAlert.objects.filter(decision=decision).exclude(settlement="").delete()
