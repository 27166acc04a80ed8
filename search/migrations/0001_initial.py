from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "title, names, lead, text, tags, prefix='4', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
POSTGRESQL = (
    "ALTER TABLE search_searchentry ADD COLUMN document tsvector",
    "CREATE INDEX search_entry_document ON search_searchentry USING gin (document)",
)


def make_index(apps, schema_editor):
    for sql in [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(sql)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("article", "Article"), ("show", "Show"), ("person", "Person")], max_length=7
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("article_id", models.BigIntegerField(db_index=True, null=True)),
                ("title", models.CharField(help_text="The folded title.", max_length=400)),
                ("tags", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once")
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
