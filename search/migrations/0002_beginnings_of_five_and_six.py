"""SQLite's index knows the beginnings of four, five and six letters by themselves, which costs a tenth.

FTS5 cannot change that in a table that is there, so it is made anew, empty: `manage.py rebuild_search` fills it.
The same command gives both databases the words above the text once more, with a mark.

PostgreSQL takes reading all entries with several workers for cheaper than its index, not knowing what it costs
to unpack their words; with one worker it takes the index, up to words that half of all entries have.
"""

from django.db import migrations

TABLE = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "title, names, lead, text, tags, prefix='{}', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)


WORKERS = "ALTER TABLE search_searchentry {} (parallel_workers{})"


def change(prefix, *workers):
    def operation(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute("DROP TABLE search_index")
            schema_editor.execute(TABLE.format(prefix))
        else:
            schema_editor.execute(WORKERS.format(*workers))

    return operation


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(change("4 5 6", "SET", " = 0"), change("4", "RESET", ""))]
