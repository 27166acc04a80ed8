"""All that the checks say of a draft, in groups, and what has been answered."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shows.record import Record

from ..models import CheckAnswer, Edition
from .advising import advice_findings
from .asking import broken_links, omission_findings
from .blocking import error_findings
from .finding import Level
from .prose import FIELD_LABELS


@dataclass
class Report:
    """Findings about a draft, with the reasons that were given for keeping the text as it is."""

    findings: list
    answers: dict = field(default_factory=dict)
    # {target: id of the element}: where on the form an edition's block stands.
    places: dict = field(default_factory=dict)
    # Whether the text was held against the record and its links were followed, which takes queries.
    is_whole: bool = True

    @classmethod
    def at_once(cls, edition, blocks, prefixes):
        """What can be said of a composed edition without a query: for opening the form."""
        findings = [*error_findings(edition), *omission_findings(edition, blocks), *advice_findings(edition)]
        return cls(in_weight(findings), places=places_of(blocks, prefixes), is_whole=False)

    @classmethod
    def of(cls, edition, blocks, show_ids, prefixes=None):
        """The whole report of an edition that was composed from `blocks`; `prefixes` are those of the form's
        rows, by the id() of each."""
        # Imported here: what claims look like takes as long to compile as Django to start.
        from .record_checks import record_findings

        findings = [
            *error_findings(edition),
            *omission_findings(edition, blocks),
            *broken_links(edition),
            *record_findings(edition, Record.for_shows(show_ids)),
            *advice_findings(edition),
        ]
        answers = {row.fingerprint: row for row in CheckAnswer.objects.filter(article=edition.article.pk)}
        return cls(in_weight(findings), answers, places_of(blocks, prefixes or {}))

    @classmethod
    def of_saved(cls, article):
        """The whole report of an article's saved draft."""
        blocks = article.blocks()
        show_ids = [article.show_id, *article.also_about.values_list("pk", flat=True)]
        return cls.of(Edition.compose(article, blocks=blocks), blocks, list(filter(None, show_ids)))

    def unanswered(self, level):
        return [
            (finding, self.places.get(finding.target, finding.target))
            for finding in self.findings
            if finding.level == level and not self.is_answered(finding)
        ]

    def is_answered(self, finding):
        return finding.can_be_answered and finding.fingerprint in self.answers

    @property
    def errors(self):
        return self.unanswered(Level.ERROR)

    @property
    def warnings(self):
        return self.unanswered(Level.WARNING)

    @property
    def advice(self):
        return self.unanswered(Level.ADVICE)

    @cached_property
    def answered(self):
        """(finding, answer) of those that a reason has settled."""
        return [(each, self.answers[each.fingerprint]) for each in self.findings if self.is_answered(each)]

    def answerable(self, fingerprint):
        """The finding of this fingerprint, if a reason may settle it; else None."""
        return next((f for f in self.findings if f.can_be_answered and f.fingerprint == fingerprint), None)

    @property
    def fingerprints(self):
        """Those of all warnings, in one text: what a page has shown, so that no newer one is passed over."""
        return ",".join(sorted(finding.fingerprint for finding, _place in self.warnings))

    @property
    def groups(self):
        """(level, its name, findings) of the levels that have any, the gravest first."""
        names = {"error": _("Must be mended"), "warning": _("Will be asked"), "advice": _("Advice")}
        found = {"error": self.errors, "warning": self.warnings, "advice": self.advice}
        return [(level, names[level], found[level]) for level in names if found[level]]

    @property
    def counts(self):
        """ "1 error, 2 warnings, 3 pieces of advice"; "All clear" where there is nothing."""
        errors, warnings, advice = len(self.errors), len(self.warnings), len(self.advice)
        said = [
            errors and ngettext("%d error", "%d errors", errors) % errors,
            warnings and ngettext("%d warning", "%d warnings", warnings) % warnings,
            advice and ngettext("%d piece of advice", "%d pieces of advice", advice) % advice,
        ]
        return ", ".join(filter(None, said)) or _("All clear")


def in_weight(findings):
    return sorted(findings, key=lambda finding: Level.values.index(finding.level))


def places_of(blocks, prefixes):
    """The element on the form of each block that an edition keeps, and of the empty ones."""
    places = {name: f"id_{name}" for name in FIELD_LABELS} | {"authors": "article_authors-group"}
    places |= {f"row-{id(block)}": prefixes.get(id(block), "") for block in blocks}
    kept = [block for block in blocks if block.frozen()]
    places |= {f"block-{number}": prefixes.get(id(block), "") for number, block in enumerate(kept)}
    places["block-first"] = prefixes.get(id(blocks[0]), "") if blocks else ""
    return places
