"""Where the comments of a thread stand: each reply below what it answers, in the order of reading."""

from collections import defaultdict

from queries.prepared import Prepared

from .models import Comment


def missing_parents(replies, shown):
    """The comments that `replies` answer and that are not `shown`, by number; one query or none."""
    wanted = {reply.parent_id for reply in replies} - shown
    if not wanted:
        return {}
    return {row.pk: row for row in ANSWERED(numbers=sorted(wanted))}


@Prepared
def ANSWERED(numbers):
    rows = Comment.objects.filter(pk__in=numbers).order_by()
    return rows.values_list("pk", "parent_id", "status", "name", named=True)


def in_reading_order(root, replies, parents, levels):
    """One thread as [(row, level, the row it says that it answers or None, whether that one is here)].

    `root` is the thread's first comment, `replies` those to show, oldest first, `parents` what
    `missing_parents` found. The row None is a gap where a comment was removed. A reply to a comment on
    another page, or deeper than the last level, says whom it answers.
    """
    below = _by_what_they_answer(root, replies, parents)
    is_removed = root.status != Comment.Status.APPROVED
    ordered, waiting = [], [(root, 0, None)]
    while waiting:
        row, level, above = waiting.pop()
        is_gap = row.status != Comment.Status.APPROVED
        is_here = above is not None and above.pk in below
        is_told = above is not None and (level >= levels or not is_here)
        told = above if is_told and above.status == Comment.Status.APPROVED else None
        ordered.append((None if is_gap else row, min(level, levels - 1), told, is_here))
        for reply in reversed(below.get(row.pk, ())):
            waiting.append((reply, level + 1, parents.get(reply.parent_id, row)))
    return ordered if replies or not is_removed else []


def _by_what_they_answer(root, replies, parents):
    """The replies, and the gaps between them, by the number of what each stands below."""
    below, known = defaultdict(list), {root.pk, *(reply.pk for reply in replies)}
    for reply in replies:
        place = reply.parent_id
        if place not in known:
            above = parents.get(place)
            if above is None or above.status == Comment.Status.APPROVED:
                place = root.pk
            else:
                known.add(place)
                below[above.parent_id if above.parent_id in known else root.pk].append(above)
        below[place].append(reply)
    return below
