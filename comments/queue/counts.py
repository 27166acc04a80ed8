"""How many comments each tab has: read off an index, and never more of it than anybody wants to know."""

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils import formats
from django.utils.translation import gettext

from ..models import Comment, Report

ALL, REPORTED = "all", "reported"
CAP = 10_000
# Of a reader's comments, the latest so many make the history on a card.
LATEST = 100


class CountOf(Subquery):
    """How many rows a subquery has; slice it, or it may count without end."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class CountOfStatus(Subquery):
    """How many rows of a subquery of statuses have this one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted WHERE counted.status = '%(status)s')"
    output_field = IntegerField()


def reported():
    """The keys of the comments that wait for an answer to complaints about them."""
    return Report.objects.unsettled().order_by("comment").values("comment").distinct()


def tab_counts():
    """{tab: number} in one query; CAP + 1 stands for more than CAP."""
    counted = {
        status: CountOf(Comment.objects.filter(status=status).order_by().values("pk")[: CAP + 1])
        for status in Comment.Status.values
    }
    counted[REPORTED] = CountOf(reported()[: CAP + 1])
    names = [f"in_{tab}" for tab in counted]
    found = Comment.objects.order_by().annotate(**dict(zip(names, counted.values(), strict=True)))
    row = found.values_list(*names)[:1].first() or [0] * len(names)
    counts = dict(zip(counted, row, strict=True))
    return counts | {ALL: min(CAP + 1, sum(counts[status] for status in Comment.Status.values))}


def shown(count):
    """A count as people read it; “10,000+” where there are more."""
    number = formats.number_format(min(count, CAP), force_grouping=True)
    return gettext("%(number)s+") % {"number": number} if count > CAP else number


def with_history(comments):
    """Comments that know what became of their reader's latest: `had_approved`, `had_rejected`, `had_spam`."""
    theirs = Comment.objects.filter(folded_email=OuterRef("folded_email")).exclude(folded_email="")
    # What its own writer deleted is rejected and empty, and speaks against nobody.
    theirs = theirs.exclude(status=Comment.Status.REJECTED, body="")
    latest = theirs.order_by("-created_at").values("status")[:LATEST]
    decided = [status for status in Comment.Status.values if status != Comment.Status.PENDING]
    return comments.annotate(
        **{f"had_{status}": CountOfStatus(latest, status=str(status)) for status in decided}
    )
