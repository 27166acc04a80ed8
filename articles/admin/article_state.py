"""The sentences of the box on the writing screen that says where the article stands."""

from django.utils import timezone
from django.utils.translation import gettext

from ..moments import moment


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


def state_of(article, composed=None):
    """What the box says: `kind` for its mark, its sentences, and whether readers see anything now.

    `composed` is the draft's edition, where it is known already. `to_come` are the versions that wait
    for their time, `is_ending` whether an unpublishing waits for its.
    """
    scheduled = article.scheduled_editions.defer("content")
    to_come = [(edition, to_come_line(article, edition)) for edition in scheduled]
    return {"to_come": to_come, **standing_of(article, composed)}


def to_come_line(article, edition):
    """When a version goes live, or that it does not because the article is off then."""
    words = {"number": edition.number, "at": moment(edition.published_at)}
    if article.is_public_at(edition.published_at):
        return gettext("Version %(number)d goes live %(at)s.") % words
    said = gettext(
        "Version %(number)d was to go live %(at)s, but the article is unpublished then. "
        "To bring it back at a time, publish it anew."
    )
    return said % words


def standing_of(article, composed=None):
    if article.is_published:
        has_changes = article.has_unpublished_changes(composed)
        notes = [
            gettext("You have unpublished changes.") if has_changes else gettext("Nothing has changed since.")
        ]
        is_ending = article.withdrawn_at is not None and article.returns_at is None
        if is_ending:
            notes.append(gettext("It will be unpublished %s.") % moment(article.withdrawn_at))
        return {
            "kind": "ahead" if has_changes else "live",
            "sentences": [published_line(article.live_edition), *notes],
            "is_live": True,
            "is_ending": is_ending,
            "has_changes": has_changes,
        }
    if article.withdrawn_at and article.withdrawn_at <= timezone.now():
        return {"kind": "unpublished", "sentences": [absent_line(article)]}
    if article.published_at:
        return {"kind": "scheduled", "sentences": [gettext("Readers do not see it yet.")]}
    return {"kind": "draft", "sentences": [gettext("Never published.")]}


def absent_line(article):
    """Since when an article is off, and what its address answers."""
    sentences = {
        article.Absence.FOR_NOW: gettext("Unpublished since %s. Readers do not find it."),
        article.Absence.FOR_GOOD: gettext("Unpublished since %s. Its address says that it is gone for good."),
        article.Absence.MOVED: gettext("Unpublished since %s. Readers are sent to another article."),
    }
    return sentences[article.absence] % moment(article.withdrawn_at)
