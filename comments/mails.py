"""What mails about comments say: plain text in the publication's name, with links that work from anywhere.

A mail has a key, and no key is ever sent twice. Nothing in a mail tells a reader's address.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Publication
from mailing.letters import one_line, sender_named, unsubscribe_headers, wrapped

from .text import without_spoilers
from .tokens import mail_token

QUOTED = 1000


class Writer:
    """Writes mails for one publication: as many as a task sends, it is asked for once."""

    def __init__(self):
        self.publication = Publication.current()
        self.sender = sender_named(self.publication.name)

    def mail(self, template, *, to, subject, headers=None, **said):
        """The arguments of `mailing.outbox.post`, but for the key."""
        said |= {"publication": self.publication, "site": settings.SITE_URL}
        said["your_data"] = settings.SITE_URL + reverse("comments:your_data")
        text = render_to_string(f"comments/mails/{template}.txt", said)
        headers = {"From": self.sender, **(headers or {})}
        return {"to": to, "subject": one_line(subject), "text": wrapped(text), "headers": headers}

    def replies(self, subscription, edition, comments, count):
        """To a reader who asked for it: what was answered in a conversation, of `count` replies the first."""
        subject = ngettext(
            "%(name)s replied below “%(headline)s”", "%(count)d replies below “%(headline)s”", count
        ) % {"name": comments[0].shown_name, "headline": edition.headline, "count": count}
        end = link("unsubscribe", mail_token("unsubscribe", subscription.pk))
        said = {"headline": edition.headline, "count": count, "unsubscribe": end}
        said |= {"comments": [Quoted(comment) for comment in comments], "more": count - len(comments)}
        return self.mail(
            "replies", to=subscription.email, subject=subject, headers=unsubscribe_headers(end), **said
        )

    def approval(self, comment, edition, subscription, *, appears_at_once):
        """To the writer of an approved comment: the one link that confirms their address."""
        said = {"headline": edition.headline, "comment": Quoted(comment), "subscription": subscription}
        said |= {"confirm": link("confirm", mail_token("confirm", comment.pk))}
        said |= {"appears_at_once": appears_at_once}
        headers = {}
        if subscription:
            said["unsubscribe"] = link("unsubscribe", mail_token("unsubscribe", subscription.pk))
            headers = unsubscribe_headers(said["unsubscribe"])
        subject = _("Your comment on “%(headline)s” was approved") % {"headline": edition.headline}
        return self.mail("approval", to=comment.email, subject=subject, headers=headers, **said)

    def for_owner(self, owner, edition, comments, count):
        """To the person whose article it is: what now stands below it, of `count` comments the first."""
        subject = ngettext(
            "%(name)s commented on “%(headline)s”", "%(count)d new comments on “%(headline)s”", count
        ) % {"name": comments[0].shown_name, "headline": edition.headline, "count": count}
        said = {"headline": edition.headline, "count": count, "more": count - len(comments)}
        said |= {"comments": [Quoted(comment) for comment in comments]}
        return self.mail("owner", to=owner.email, subject=subject, **said)

    def digest(self, moderator, comments, *, waiting, reported):
        """To a moderator: how much waits, and the latest of it with a link each to decide."""
        subject = ngettext("%(count)d comment waits", "%(count)d comments wait", waiting)
        if not waiting:
            subject = ngettext("%(count)d comment is reported", "%(count)d comments are reported", reported)
        said = {"waiting": waiting, "reported": reported, "queue": queue_address()}
        said |= {"comments": [Quoted(comment, moderator) for comment in comments]}
        subject %= {"count": waiting or reported}
        return self.mail("digest", to=moderator.email, subject=subject, **said)

    def held(self, moderator, comment):
        """To a moderator, where each is told of: one comment that waits."""
        subject = _("A comment on “%(headline)s” waits") % {"headline": comment.article.headline}
        said = {"comment": Quoted(comment, moderator), "queue": queue_address()}
        return self.mail("held", to=moderator.email, subject=subject, **said)


class Quoted:
    """A comment as a mail quotes it: spoilers hidden, every line marked, long ones cut with a sign."""

    def __init__(self, comment, moderator=None):
        self.name = comment.shown_name
        self.headline = comment.article.headline
        self.address = settings.SITE_URL + comment.get_absolute_url()
        text = _("[spoiler]") if comment.is_spoiler else without_spoilers(comment.body)
        self.text = quoted(_beginning(text))
        if moderator:
            self.decide = link("decide", mail_token("decide", f"{comment.pk}.{moderator.pk}"))


def link(name, token):
    return settings.SITE_URL + reverse(f"comments:{name}", args=[token])


def queue_address():
    return settings.SITE_URL + reverse("admin:comments_comment_changelist")


def _beginning(text):
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rsplit(None, 1)[0]} […]"


def quoted(text):
    """Every line marked as quoted, so that no reader's text can pass for the mail's own."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
