"""Filling in the writing screen as a browser does: the form as it is served, with what was typed."""

import re
from html import unescape
from html.parser import HTMLParser


def change_url(article):
    return f"/admin/articles/article/{article.pk}/change/"


class _Fields(HTMLParser):
    """The names and values that a browser would send, without buttons."""

    def __init__(self):
        super().__init__()
        self.data, self.select, self.textarea = {}, None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, value = attributes.get("name"), attributes.get("value") or ""
        if tag == "select":
            self.select = name
            self.data.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in attributes:
            self.data[self.select].append(value)
        elif tag == "textarea":
            self.textarea, self.data[name] = name, ""
        elif tag == "input" and name in ("_asked", "_held"):
            self.data.setdefault(name, []).append(value)
        elif tag == "input" and name and self.is_sent(attributes):
            self.data[name] = value or ("on" if attributes.get("type") == "checkbox" else "")

    def is_sent(self, attributes):
        kind = attributes.get("type")
        return kind not in ("submit", "file") and (
            kind not in ("checkbox", "radio") or "checked" in attributes
        )

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea] += data

    def handle_endtag(self, tag):
        self.select = None if tag == "select" else self.select
        self.textarea = None if tag == "textarea" else self.textarea


def publish_url(article):
    return f"/admin/articles/article/{article.pk}/publish/"


def press_publish(desk, article, /, terms=(), **changes):
    """Publish from the writing screen, through its confirmation; the last response."""
    return publish_typed(desk, article, typed(desk, article, **changes), terms)


def publish_typed(desk, article, data, terms=()):
    """As `press_publish`, with a form that was filled in before."""
    response = desk.post(change_url(article), data | {"_publish": "1"})
    if response.status_code != 302 or response.url != publish_url(article):
        return response
    return confirm(desk, article, **{"when": "now", **dict(terms)})


def confirm(desk, article, **terms):
    """Press "Publish" on the confirmation, having seen every warning that it shows."""
    checks = (desk.get(publish_url(article)).context or {}).get("checks")
    return desk.post(publish_url(article), {"shown": checks.fingerprints if checks else "", **terms})


def page_of(desk, article, name, **query):
    """One of the pages about an article, such as "versions", with every run of white space as one space."""
    response = desk.get(f"/admin/articles/article/{article.pk}/{name}/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rewrite(article, **fields):
    """The draft with other fields, saved."""
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


def typed(desk, article, **changes):
    """What the form would send after these changes; names as in the form."""
    return fields_of(desk.get(change_url(article)).content.decode()) | changes


def fields_of(page, form="article_form"):
    """What the form on a page would send as it stands; of several fields of one name, a list."""
    fields = _Fields()
    fields.feed(page[page.index(f'id="{form}"') :])
    return {
        name: value
        for name, value in fields.data.items()
        if name and value != [] and "__prefix__" not in name
    }


def with_block(data, kind, /, **fields):
    """`data` with one more inline row (`section`, `picture`, …, or a formset's whole prefix)."""
    prefix = kind if f"{kind}-TOTAL_FORMS" in data else f"articles_{kind}_set"
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = number + 1
    row = {"region": "main", **fields} if prefix.endswith("_set") else fields
    if kind == "section":
        row.setdefault("kind", "other")
    data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return data


def sentences(page, css_class):
    """The texts of the cells with this class."""
    cells = re.findall(rf'<t[dh] class="[^"]*{css_class}[^"]*">(.*?)</t[dh]>', page, re.S)
    return [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]
