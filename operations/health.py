"""Whether the site can serve: the database answers, has every migration, and tells of its changes."""

import logging
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pagestore.triggers import missing

logger = logging.getLogger(__name__)


def readiness():
    """A dict of what is checked and whether it is well; never raises and tells no names or addresses."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        tells = not missing()
    except Error as error:
        logger.error("The database does not answer: %s", type(error).__name__)
        return {"database": False, "migrations": False, "triggers": False}
    return {"database": True, "migrations": wanted_migrations() <= applied.keys(), "triggers": tells}


@cache
def wanted_migrations():
    """The last migration of every app, as (app, name)."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
