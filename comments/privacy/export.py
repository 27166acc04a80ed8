"""All that is kept about whoever wrote under an address: as data, as JSON and as a page of its own."""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from follows.models import Follow
from mailing.models import Mail

from ..judgement.reasons import sentence
from ..models import Ban, Comment, Subscription

TEXTS = {"body", "original_body", "name", "website"}


def export(folded_email):
    """What concerns this person, as plain data in words for people; moments are datetimes.

    Acts of moderation are told without their moderators' names. Reports are not: they say nothing of who
    made them, and those about a comment are other people's.
    """
    return {
        "site": Publication.current().name,
        "address": settings.SITE_URL,
        "email": folded_email,
        "made_at": timezone.now(),
        "comments": [_comment(comment) for comment in _comments(folded_email)],
        "subscriptions": [_subscription(row) for row in _subscriptions(folded_email)],
        "follows": [_follow(row) for row in _follows(folded_email)],
        "bans": [_ban(ban) for ban in Ban.objects.of(folded_email).order_by("created_at", "pk")],
        "unsent_mails": [
            {"subject": mail.subject, "text": mail.text, "written_at": mail.created_at}
            for mail in Mail.objects.to(folded_email).order_by("pk")
        ],
    }


def counts(folded_email):
    """How much there is of each kind: what a page may tell before anybody downloads it."""
    return {
        "comments": Comment.objects.filter(folded_email=folded_email).count(),
        "subscriptions": Subscription.objects.filter(folded_email=folded_email).count(),
        "follows": Follow.objects.filter(folded_email=folded_email).count(),
        "bans": Ban.objects.of(folded_email).count(),
        "mails": Mail.objects.to(folded_email).count(),
    }


def as_json(folded_email):
    """The export as JSON text, in a form that people can read as well."""
    return json.dumps(export(folded_email), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def as_html(folded_email):
    """The export as one HTML file that needs nothing else."""
    return render_to_string("comments/personal_export.html", {"data": export(folded_email)})


def _comments(folded_email):
    mine = Comment.objects.filter(folded_email=folded_email).order_by("pk")
    return mine.select_related("article", "parent").prefetch_related("events")


def _comment(comment):
    return {
        "number": comment.pk,
        "article": comment.article.headline,
        "address": _link(comment) if comment.status == Comment.Status.APPROVED else "",
        "in_reply_to": comment.parent_id,
        "in_reply_to_address": _parent_link(comment),
        "status": str(comment.get_status_display()),
        "submitted_at": comment.created_at,
        "name": comment.name,
        "email": comment.email,
        "email_confirmed": comment.is_confirmed,
        "website": comment.website,
        "network_address": comment.address,
        "text": comment.body,
        "text_as_first_posted": comment.original_body,
        "edited_by": str(comment.get_edited_by_display()),
        "hidden_as_spoiler": comment.is_spoiler,
        "noted_by_the_checks": [str(sentence(reason)) for reason in comment.reasons],
        "spam_score": comment.spam_score,
        "acts": [_act(event) for event in comment.events.all()],
    }


def _link(comment):
    return urljoin(settings.SITE_URL, comment.get_absolute_url())


def _parent_link(comment):
    parent = comment.parent
    if parent is None or parent.status != Comment.Status.APPROVED:
        return ""
    parent.article = comment.article
    return _link(parent)


def _act(event):
    earlier = {name: before for name, (before, _after) in event.changes.items() if name in TEXTS and before}
    return {
        "what": str(event.get_kind_display()),
        "at": event.created_at,
        "by": _("a moderator") if event.actor_name else _("the site itself, or its reader"),
        "from": str(event.get_from_status_display()),
        "to": str(event.get_to_status_display()),
        "why": event.why,
        **({"as_it_was_before": earlier} if earlier else {}),
    }


def _subscriptions(folded_email):
    mine = Subscription.objects.filter(folded_email=folded_email).order_by("pk")
    return mine.select_related("thread__article")


def _subscription(row):
    return {
        "article": row.thread.article.headline,
        "conversation": row.thread_id,
        "email": row.email,
        "asked_for_at": row.created_at,
        "confirmed_at": row.confirmed_at,
    }


def _follows(folded_email):
    return Follow.objects.filter(folded_email=folded_email).select_related("show__network").order_by("pk")


def _follow(row):
    return {
        "show": row.show.label,
        "address": urljoin(settings.SITE_URL, row.show.get_absolute_url()),
        "email": row.email,
        "asked_for_at": row.asked_at,
        "confirmed_at": row.confirmed_at,
    }


def _ban(ban):
    return {"what": ban.value, "until": ban.until, "why": ban.why, "since": ban.created_at}
