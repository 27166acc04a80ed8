"""What stops publishing until it is mended."""

from django.utils.translation import gettext as _

from .finding import Finding, Level
from .prose import FIELD_LABELS


def error_findings(edition):
    """An edition without a headline, text, author or category, or with a picture that is not described."""
    checks = [
        ("headline", edition.headline.strip(), _("Give it a headline."), "headline"),
        ("text", edition.has_text, _("Write at least one section with text."), "block-first"),
        ("author", edition.byline, _("Say who wrote it: choose an author."), "authors"),
        ("category", edition.article.category_id, _("Choose a category."), "category"),
    ]
    found = [error(name, text, target) for name, passed, text, target in checks if not passed]
    return found + undescribed_pictures(edition)


def refused_fields(forms):
    """An error for every field whose text cannot be taken as it is typed; checks read what is stored."""
    for form in forms:
        for name, sentences in form.errors.items():
            if name not in form.fields:
                continue
            place, target = str(form.fields[name].label or ""), form[name].auto_id
            is_headline = form.prefix is None and name == "headline" and form.has_error(name, "required")
            for sentence in [_("Give it a headline.")] if is_headline else sentences:
                yield Finding("field", Level.ERROR, str(sentence), place=place, target=target)


def undescribed_pictures(edition):
    """An error for every picture that a reader who cannot see it would miss, where it stands first."""
    silent = {
        row.image_id: str(row.image)
        for row in edition.edition_images_by_id.values()
        if not row.alt_text and not row.image.is_decorative
    }
    places = dict(places_of_pictures(edition))
    said = _("Give the picture “%s” alternative text, or mark it decorative.")
    return [error("picture", said % name, places.get(pk, "")) for pk, name in silent.items()]


def places_of_pictures(edition):
    """(picture, target) for each place where an edition shows one, the first place last."""
    for number, block in reversed(list(enumerate(edition.blocks))):
        if picture := block.get("image") or block.get("poster"):
            yield picture, f"block-{number}"
    yield edition.social_image_id, "social_image"
    yield edition.lead_image_id, "lead_image"


def error(check, text, target):
    place = str(FIELD_LABELS.get(target, ""))
    return Finding(check=check, level=Level.ERROR, text=text, place=place, target=target)
