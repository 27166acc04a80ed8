"""The sentences of the box on the writing screen that says where the article stands."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext


def moment(at):
    """A moment in the newsroom's zone, which it names: "3 May 2026, 10:12 (Europe/London)"."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j M Y, H:i')} ({timezone.get_current_timezone()})"


def published_line(edition):
    """Which version is live, since when and by whom."""
    if not edition:
        return ""
    if edition.published_by_name:
        sentence = gettext("Version %(number)d is live, published %(at)s by %(who)s.")
    else:
        sentence = gettext("Version %(number)d is live, published %(at)s.")
    words = {"number": edition.number, "at": moment(edition.published_at), "who": edition.published_by_name}
    return sentence % words


def state_of(article):
    """What the box says: `kind` for its mark, its sentences, and whether readers see anything now."""
    if article.is_published:
        has_changes = article.has_unpublished_changes()
        notes = (
            [gettext("You have unpublished changes.")]
            if has_changes
            else [gettext("Nothing has changed since.")]
        )
        return {
            "kind": "ahead" if has_changes else "live",
            "sentences": [published_line(article.live_edition), *notes],
            "is_live": True,
            "has_changes": has_changes,
        }
    if article.withdrawn_at:
        sentence = gettext("Unpublished since %s. Readers do not find it.") % moment(article.withdrawn_at)
        return {"kind": "unpublished", "sentences": [sentence]}
    if article.published_at:
        sentence = gettext("Goes live %s.") % moment(article.published_at)
        return {"kind": "scheduled", "sentences": [sentence]}
    return {"kind": "draft", "sentences": [gettext("Never published.")]}
