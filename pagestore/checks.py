"""Whether the database tells of its changes."""

from django.core.checks import Error, Tags, register

HINT = "Run `manage.py migrate`, which makes them again."


@register(Tags.database)
def triggers_are_there(app_configs, databases=None, **kwargs):
    from . import triggers

    if "default" not in (databases or ()):
        return []
    if lost := triggers.missing():
        text = (
            f"{len(lost)} triggers of the page store are missing ({min(lost)} for one): pages would be stale."
        )
        return [Error(text, hint=HINT, id="pagestore.E001")]
    return []
