"""Lines that were typed before lists and titles had rows of their own get them, and editors their rights.

Taking a group's rights away again would also take what an administrator gave, so going back changes nothing.
"""

from django.db import migrations

TV = ("tv_english", "tv_non_english", "tv")
LIST = ("chart", "territory", "category", "week_ending")
TITLE = ("chart", "show_title", "season_title")
RIGHTS = {"charttitle": ["view", "change"], "chartimport": ["view", "add"]}


def make(apps, schema_editor):
    entries = apps.get_model("shows", "ChartEntry").objects
    lists = apps.get_model("shows", "WeeklyList")
    lists.objects.bulk_create(
        lists(**row) for row in entries.order_by().values(*LIST).distinct().iterator()
    )
    titles = apps.get_model("shows", "ChartTitle")
    of_tv = entries.filter(category__in=TV).order_by("week_ending", "rank")
    # The season that its latest matched line has, where any has one.
    seasons = {}
    for *name, season in of_tv.values_list(*TITLE, "season").iterator():
        seasons[tuple(name)] = season or seasons.get(tuple(name))
    titles.objects.bulk_create(
        titles(**dict(zip(TITLE, name, strict=True)), season_id=season) for name, season in seasons.items()
    )


def give(apps, schema_editor):
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        for model, verbs in RIGHTS.items():
            # Neither exists before the end of all migrations; made here, they are found there.
            kind, _ = kind_model.objects.get_or_create(app_label="shows", model=model)
            name = apps.get_model("shows", model)._meta.verbose_name
            for verb in verbs:
                permission, _ = permission_model.objects.get_or_create(
                    content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {name}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("shows", "0003_chart_imports"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
