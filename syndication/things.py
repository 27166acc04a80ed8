"""Things of schema.org as data (JSON-LD)."""

import json

from django.utils.html import format_html
from django.utils.safestring import mark_safe

# As Django's json_script: none of them can end the script or begin another.
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def script(*things):
    """These things as one data block of a page. Nothing runs it, so the policy of scripts lets it stand."""
    data = json.dumps({"@context": "https://schema.org", "@graph": things}, separators=(",", ":"))
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(data.translate(ESCAPES)),  # noqa: S308
    )


def known(**properties):
    """The properties that have a value."""
    return {name.lstrip("_"): value for name, value in properties.items() if value not in ("", None, [], ())}


def thing(kind, **properties):
    return {"@type": kind, **known(**properties)}
