"""Whether the site can serve: the database answers and has every migration."""

import logging
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

logger = logging.getLogger(__name__)


def readiness():
    """A dict of what is checked and whether it is well; never raises and tells no names or addresses."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error as error:
        logger.error("The database does not answer: %s", type(error).__name__)
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": wanted_migrations() <= applied.keys()}


@cache
def wanted_migrations():
    """The last migration of every app, as (app, name)."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
