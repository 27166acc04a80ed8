from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Comments of before get the column that they are compared by; events, the number of their comment."""
    comments = apps.get_model("comments", "Comment").objects.using(schema_editor.connection.alias)
    waiting = comments.filter(folded_email="").exclude(email="").order_by("pk").only("pk", "email")
    while batch := list(waiting[:1000]):
        for comment in batch:
            comment.folded_email = comment.email.casefold()
        comments.bulk_update(batch, ["folded_email"])
    events = apps.get_model("comments", "ModerationEvent").objects.using(schema_editor.connection.alias)
    events.filter(number=None).update(number=F("comment_id"))


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_the_whole_of_comments")]

    operations = [
        # Backwards there is nothing to do: the columns go.
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
