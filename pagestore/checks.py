"""Whether the database tells of its changes."""

from django.core.checks import Tags, Warning, register
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

HINT = "Run `manage.py migrate`, which makes them again."


@register(Tags.database)
def triggers_are_there(app_configs, databases=None, **kwargs):
    from . import triggers

    if "default" not in (databases or ()):
        return []
    # Before they are all migrated, tables lack theirs by nature.
    if not is_migrated():
        return []
    if lost := triggers.missing():
        text = (
            f"{len(lost)} triggers of the page store are missing ({min(lost)} for one): pages would be stale."
        )
        # No error, which would keep `migrate` from making them.
        return [Warning(text, hint=HINT, id="pagestore.W001")]
    return []


def is_migrated():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
