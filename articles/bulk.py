"""What can be done to many articles at once: what stands in the way of each, and how it is done to one."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry
from shows.choosing import Chooser

from .checks.report import Report
from .models import Article
from .talk import shown_time


class Deed:
    """One kind of change. `values` are what its form asked for; `may_publish` is the person's right."""

    fields = {}
    most_at_once = 200

    def __init__(self, user, *, may_publish, values=None):
        self.user = user
        self.may_publish = may_publish
        self.values = values or {}

    def form(self, data=None):
        """What is asked before it is done; None where nothing is."""
        if not self.fields:
            return None
        form = forms.Form(data)
        for name, label in self.fields.items():
            field = Article._meta.get_field(name)
            rows = field.remote_field.model.objects.all()
            widget = Chooser(field, admin.site)
            form.fields[name] = forms.ModelChoiceField(rows, label=label, widget=widget)
        return form

    def obstacles(self, article):
        """Sentences that say why it is not done to this article; empty where it can be."""
        return []

    def remarks(self, article):
        """What is worth knowing before it is done to this article."""
        return []

    def shown(self, article):
        """What the confirmation shows of the article, as a mark that comes back with the press."""
        return ""

    def not_shown(self, article, shown):
        """Why it is not done to what the confirmation has not shown; "" where it has."""
        return ""

    def do(self, article):
        """Do it; the lines for the log as (action, words), none where it is so already.

        The article's row is locked. May raise ValidationError.
        """
        raise NotImplementedError

    def done(self, count):
        """How many, in a sentence."""
        return ngettext("%d article filed.", "%d articles filed.", count) % count


class Publishing(Deed):
    title = _("Publish these articles?")
    about = _("Each draft becomes its next version, live at once.")
    verb = _("Publish")
    # Each text is held against the record, twice.
    most_at_once = 50

    def __init__(self, user, **options):
        super().__init__(user, **options)
        self.reports = {}

    def report(self, article):
        if article.pk not in self.reports:
            self.reports[article.pk] = Report.of_saved(article)
        return self.reports[article.pk]

    def obstacles(self, article):
        if article.is_published and not article.has_unpublished_changes():
            return [gettext("Readers see this text already.")]
        return [finding.text for finding, _place in self.report(article).errors]

    def remarks(self, article):
        to_come = [
            gettext("Version %(number)d is still to come, %(at)s, and will replace it.")
            % {"number": edition.number, "at": shown_time(edition.published_at)}
            for edition in article.scheduled_editions.defer("content")
        ]
        return to_come + self.warnings(article)

    def warnings(self, article):
        found = [finding.row or finding.text for finding, _place in self.report(article).warnings]
        if not found:
            return []
        words = {"count": len(found), "what": " ".join(found)}
        return [ngettext("%(count)d warning: %(what)s", "%(count)d warnings: %(what)s", len(found)) % words]

    def shown(self, article):
        return f"{article.saved_at.isoformat()} {self.report(article).fingerprints}"

    def not_shown(self, article, shown):
        saved_at, _space, fingerprints = shown.partition(" ")
        if saved_at != article.saved_at.isoformat():
            return gettext("It was saved at %s, after you were asked.") % shown_time(article.saved_at)
        if not set(self.report(article).fingerprints.split(",")) <= {"", *fingerprints.split(",")}:
            return gettext("The checks have found something since you were asked.")
        return ""

    def do(self, article):
        said = gettext("Published: version %d is live.") % article.publish(by=self.user).number
        anyway = [gettext("Published anyway: %s") % warning for warning in self.warnings(article)]
        lines = [(Entry.Action.ANSWERED, warning) for warning in anyway]
        return [(Entry.Action.PUBLISHED, said), *lines]

    def done(self, count):
        return ngettext("%d article published.", "%d articles published.", count) % count


class Unpublishing(Deed):
    title = _("Unpublish these articles?")
    about = _(
        "For now: readers do not find them any more. Texts, versions and comments stay, and publishing an "
        "article again brings it back."
    )
    verb = _("Unpublish")

    def obstacles(self, article):
        return [] if article.is_published else [gettext("It is not public.")]

    def do(self, article):
        said = gettext("Unpublished: readers do not find it any more.")
        return [(Entry.Action.UNPUBLISHED, said)] if article.unpublish() else []

    def done(self, count):
        return ngettext("%d article unpublished.", "%d articles unpublished.", count) % count


class Filing(Deed):
    """Filing takes effect at once, also for readers: on what was published it is for who may publish."""

    def obstacles(self, article):
        if article.published_at and not self.may_publish:
            return [gettext("It was published: only who may publish files it.")]
        return []

    def do(self, article):
        (chosen,) = self.values.values()
        said = self.file(article, chosen)
        return [(Entry.Action.FILED, said)] if said else []


class AddingTag(Filing):
    title = _("Add a tag to these articles?")
    about = _("Takes effect at once, also for readers. Their other tags stay.")
    verb = _("Add the tag")
    fields = {"tags": _("Tag")}

    def file(self, article, tag):
        if article.tags.filter(pk=tag.pk).exists():
            return ""
        article.tags.add(tag)
        return gettext("Tag “%s” added.") % tag


class RemovingTag(Filing):
    title = _("Remove a tag from these articles?")
    about = _("Takes effect at once, also for readers. The tag itself and their other tags stay.")
    verb = _("Remove the tag")
    fields = {"tags": _("Tag")}

    def file(self, article, tag):
        if not article.tags.filter(pk=tag.pk).exists():
            return ""
        article.tags.remove(tag)
        return gettext("Tag “%s” removed.") % tag


class ChangingCategory(Filing):
    title = _("Move these articles into another category?")
    about = _("Takes effect at once, also for readers. Each article is in one category only.")
    verb = _("Move them")
    fields = {"category": _("Category")}

    def file(self, article, category):
        before = article.category
        if before == category:
            return ""
        Article.objects.filter(pk=article.pk).update(category=category)
        words = {"old": before or gettext("none"), "new": category}
        return gettext("Category “%(new)s”, not “%(old)s”.") % words


class Outcome:
    """What came of it: how many it was done to, how many were so already, and what was not done and why."""

    MOST_SAID = 5

    def __init__(self):
        self.count = self.unchanged = 0
        self.refused = []

    def refuse(self, article, sentences):
        self.refused.append(f"“{article.headline}”: {' '.join(sentences)}")

    @cached_property
    def left_out(self):
        """The refused ones in words, the first few by name; "" where there are none."""
        if not self.refused:
            return ""
        count, more = len(self.refused), len(self.refused) - self.MOST_SAID
        said = ngettext("%d was left out.", "%d were left out.", count) % count
        names = self.refused[: self.MOST_SAID]
        if more > 0:
            names.append(ngettext("And %d more.", "And %d more.", more) % more)
        return " ".join([said, *names])


def do_to(deed, article, outcome, *, may_change, shown):
    """Do it to one locked article and count what came of it; the lines for the log."""
    if obstacles := not_now(deed, article, may_change=may_change, shown=shown):
        outcome.refuse(article, obstacles)
        return []
    try:
        lines = deed.do(article)
    except ValidationError as error:
        outcome.refuse(article, error.messages)
        return []
    outcome.count += bool(lines)
    outcome.unchanged += not lines
    return lines


def not_now(deed, article, *, may_change, shown):
    if not may_change:
        return [gettext("You may not change it.")]
    if obstacles := deed.obstacles(article):
        return obstacles
    return list(filter(None, [deed.not_shown(article, shown)]))
