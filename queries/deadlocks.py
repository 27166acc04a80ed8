"""Two changes that wait for each other's rows: PostgreSQL undoes one of them, and that one is made again."""

import logging
from functools import wraps

from django.db import OperationalError, connection

logger = logging.getLogger(__name__)

# PostgreSQL's own number for it.
DEADLOCK = "40P01"


def again_after_a_deadlock(deed):
    """`deed`, a function with a transaction of its own, which is begun once more if it ended in a deadlock.

    Stands above `transaction.atomic`. Within another transaction that one has ended as well, and only who
    began it can begin again: there it changes nothing.
    """

    @wraps(deed)
    def tried(*args, **kwargs):
        is_outermost = not connection.in_atomic_block
        try:
            return deed(*args, **kwargs)
        except OperationalError as error:
            if not (is_outermost and _is_deadlock(error)):
                raise
        logger.warning("%s met another change in a deadlock and is made once more.", deed.__qualname__)
        return deed(*args, **kwargs)

    return tried


def _is_deadlock(error):
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK
