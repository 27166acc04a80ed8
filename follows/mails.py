"""What mails to followers say: plain text in the publication's name, each with the link that ends them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Publication
from mailing.letters import one_line, sender_named, unsubscribe_headers, wrapped
from shows.decision_words import dated_sentence_of, headline_of
from shows.links import is_web_address

from .tokens import mail_token


class Writer:
    """Writes mails for one publication: as many as a task sends, it is asked for once."""

    def __init__(self):
        self.publication = Publication.current()
        self.sender = sender_named(self.publication.name)

    def confirmation(self, follow, show):
        """To the address that somebody typed: whether it was its reader."""
        confirm = link("confirm", mail_token("confirm", follow.pk))
        subject = _("Follow %(show)s?") % {"show": show.title}
        return self._mail("confirmation", follow, show, subject, confirm=confirm)

    def decision(self, follow, decision):
        """To a follower: what was decided, who says so, and where all of the record can be read."""
        show, address = decision.show, decision.source_url
        said = {"sentence": dated_sentence_of(decision), "source": decision.source_name}
        said["source_address"] = address if is_web_address(address) else ""
        return self._mail("decision", follow, show, headline_of(decision), **said)

    def _mail(self, template, follow, show, subject, **said):
        """The arguments of `mailing.outbox.post`, but for the key."""
        end = link("unsubscribe", mail_token("unsubscribe", follow.pk))
        said |= {"publication": self.publication, "site": settings.SITE_URL, "unsubscribe": end}
        said |= {"show": show.label, "address": settings.SITE_URL + show.get_absolute_url()}
        said["your_data"] = settings.SITE_URL + reverse("comments:your_data")
        return {
            "to": follow.email,
            "subject": one_line(subject),
            "text": wrapped(render_to_string(f"follows/mails/{template}.txt", said)),
            "headers": {"From": self.sender, **unsubscribe_headers(end)},
        }


def link(name, token):
    return settings.SITE_URL + reverse(f"follows:{name}", args=[token])
