"""Who may do what: the three groups of the newsroom, made where they are absent.

`docs/permissions.md` says the same in words, and `tests/test_permissions.py` holds both to it.
"""

# What the desk keeps about an article; who may do what with it follows from the article itself.
DESK = ("review", "checkanswer", "stalealert")
BLOCKS = ("section", "picture", "pullquote", "panel", "embed", "update")
RECORD = (
    *("show", "season", "credit", "decision", "rating", "chartentry"),
    *("network", "company", "person", "genre"),
)
FILING = ("author", "category", "tag", "series")
ALL = ("view", "add", "change", "delete")


def permissions(app, models, verbs):
    """`app.verb_model` for each of the models and verbs."""
    return {f"{app}.{verb}_{model}" for model in models for verb in verbs}


GROUPS = {
    "Writers": {
        *permissions("articles", ["article", "articleauthor", "note", *BLOCKS], ALL),
        *permissions("articles", DESK, ["view"]),
        *permissions("articles", ["image"], ["view", "add"]),
        *permissions("articles", FILING, ["view"]),
        *permissions("shows", [*RECORD, "outlook"], ["view"]),
        "shows.add_decision",
    },
    "Editors": {
        *permissions("articles", ["article", "articleauthor", "note", *BLOCKS], ALL),
        *permissions("articles", DESK, ["view"]),
        *permissions("articles", ["previewlink"], ["view", "add", "change"]),
        *permissions("logbook", ["entry"], ["view"]),
        *permissions("articles", ["image", *FILING, "page", "menuentry", "frontstory", "frontrow"], ALL),
        *permissions("articles", ["publication", "frontpage"], ["view", "add", "change"]),
        *permissions("shows", RECORD, ALL),
        *permissions("shows", ["outlook"], ["view", "add", "change"]),
        *permissions("shows", ["charttitle"], ["view", "change"]),
        *permissions("shows", ["chartimport"], ["view", "add"]),
        "articles.publish_article",
        "articles.edit_any_article",
    },
    "Moderators": {
        *permissions("articles", ["article", "articleauthor", *BLOCKS], ["view"]),
        *permissions("comments", ["comment"], ["view", "moderate"]),
        *permissions("comments", ["moderationevent"], ["view"]),
        *permissions("comments", ["commentpolicy"], ["view", "change"]),
        *permissions("comments", ["ban"], ALL),
    },
}


def make_groups(apps, using="default", **kwargs):
    """Make the absent groups once every permission named here exists; what is there stays as it is.

    A receiver of `post_migrate`, which is sent for one app after the other: the permissions of the later apps
    do not exist yet when it is sent for the earlier ones, nor any inside a first migration.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    there = group_model.objects.using(using).filter(name__in=GROUPS).values_list("name", flat=True)
    absent = GROUPS.keys() - set(there)
    if not absent:
        return
    known = _by_codename(permission_model.objects.using(using), set().union(*GROUPS.values()))
    if known is None:
        return
    for name in sorted(absent):
        group = group_model.objects.using(using).create(name=name)
        group.permissions.set([known[codename] for codename in GROUPS[name]])


def _by_codename(queryset, wanted):
    """Permissions by `app.codename`, or None while one of the wanted is missing."""
    labels = {codename.split(".")[0] for codename in wanted}
    found = queryset.filter(content_type__app_label__in=labels).select_related("content_type")
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in found}
    return known if wanted <= known.keys() else None
