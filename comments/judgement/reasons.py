"""Stored reasons as the sentences that a moderator reads."""

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


def sentence(reason):
    """One entry of `Comment.reasons` in words; one of a check that is not known any more is named."""
    say = _SENTENCES.get(reason.get("check"))
    try:
        return say(reason)
    except (KeyError, TypeError):
        return gettext("Held by a check: %(check)s") % {"check": reason.get("check", "?")}


def _listed(words):
    """“free”, “click” and “channel”."""
    return get_text_list([gettext("“%s”") % word for word in words], gettext("and"))


def _trap(reason):
    return gettext("A field was filled in that readers do not see: a program wrote this.")


def _haste(reason):
    return (
        ngettext(
            "Sent %d second after its writer began.",
            "Sent %d seconds after its writer began.",
            reason["seconds"],
        )
        % (reason["seconds"])
    )


def _links(reason):
    return ngettext("%d link.", "%d links.", reason["count"]) % reason["count"]


def _words(reason):
    return gettext("Has words that you hold: %s.") % _listed(reason["words"])


def _disallowed(reason):
    return gettext("Has words that you disallow: %s.") % _listed(reason["words"])


def _score(reason):
    said = gettext("Looks like spam (%(score)s of 1)") % {"score": number_format(reason["score"], 2)}
    if not reason.get("words"):
        return said + "."
    return gettext("%(said)s because of: %(words)s.") % {"said": said, "words": ", ".join(reason["words"])}


def _ban(reason):
    return gettext("Banned: %s.") % reason["value"]


def _reputation(reason):
    said = gettext(
        "Of this address %(approved)d comments were approved, %(rejected)d rejected, and %(spam)d were spam"
    )
    said %= {name: reason[name] for name in ("approved", "rejected", "spam")}
    return said + (gettext(" (confirmed).") if reason["is_confirmed"] else gettext(" (not confirmed)."))


_LACKS = {
    "confirmed": _("the address is not confirmed in this browser"),
    "approved": _("no comment of this address was approved before"),
    "form": _("the form came without the mark that the page's script fetches"),
}


def _stranger(reason):
    lacks = get_text_list([str(_LACKS[name]) for name in reason["lacks"]], gettext("and"))
    return gettext("Held because %s.") % lacks


_SENTENCES = {
    "trap": _trap,
    "haste": _haste,
    "links": _links,
    "words": _words,
    "disallowed": _disallowed,
    "score": _score,
    "ban": _ban,
    "reputation": _reputation,
    "stranger": _stranger,
}
