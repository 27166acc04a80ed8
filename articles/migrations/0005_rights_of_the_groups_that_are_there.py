"""Groups are made where they are absent, with every right; those that were made before get the new ones here.

Taking a group's rights away again would also take what an administrator gave, so going back changes nothing.
"""

from django.db import migrations

CONTENT = [
    ("articles", model, verb)
    for model in ("embed", "update", "note")
    for verb in ("view", "add", "change", "delete")
]
REVIEWS = [("articles", model, "view") for model in ("review", "checkanswer", "stalealert")]
GIVEN = {
    "Writers": CONTENT + REVIEWS,
    "Editors": [
        *CONTENT,
        *REVIEWS,
        ("articles", "previewlink", "view"),
        ("articles", "previewlink", "add"),
        ("articles", "previewlink", "change"),
        ("logbook", "entry", "view"),
    ],
    "Moderators": [("articles", "embed", "view"), ("articles", "update", "view")],
}


def give(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    for group in group_model.objects.filter(name__in=GIVEN):
        for app, model, verb in GIVEN[group.name]:
            # Neither exists before the end of all migrations; made here, they are found there.
            kind, _ = kind_model.objects.get_or_create(app_label=app, model=model)
            name = apps.get_model(app, model)._meta.verbose_name
            permission, _ = permission_model.objects.get_or_create(
                content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {name}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_before_publishing"),
        ("logbook", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
